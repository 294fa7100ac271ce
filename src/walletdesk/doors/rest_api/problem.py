"""A refusal as software reads it: RFC 9457, ``application/problem+json``, with our stable code, and the words for people in
both languages.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from walletdesk.doors.rest_api.asked import Answer, encode
from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import CHINESE, ENGLISH, Words

PROBLEM = b"application/problem+json"
PARTS = ("what", "money", "next")


def problem(refusal: Refusal, language: str, request_id: UUID) -> Answer:
    """``type`` leads to the sentence about the code in our documentation; ``data`` holds the figures of the refusal."""
    words = {short: _sentences(refusal, long) for short, long in (("zh", CHINESE), ("en", ENGLISH))}
    said = words["zh" if language == CHINESE else "en"]
    shown: dict[str, Any] = {
        "type": f"/v1/docs#{refusal.code}",
        "title": said["what"],
        "status": refusal.status,
        "detail": "。".join(said.values()) if language == CHINESE else ". ".join(said.values()) + ".",
        "code": refusal.code,
        "money": said["money"],
        "next": said["next"],
        "words": words,
        "instance": f"urn:uuid:{request_id}",
        "data": _figures(refusal),
    }
    errors = refusal.fields.get("errors")
    if errors:
        shown["errors"] = errors
    warnings = refusal.fields.get("warnings")
    if warnings:
        shown["data"]["warnings"] = warnings
    headers = [(b"content-language", b"zh" if language == CHINESE else b"en")]
    retry_after = getattr(refusal, "retry_after", None)
    if retry_after is not None:
        headers.append((b"retry-after", b"%d" % max(1, int(retry_after))))
    if refusal.status == 401:
        headers.append((b"www-authenticate", b'Bearer realm="walletdesk"'))
    if refusal.status == 405:
        headers.append((b"allow", str(refusal.fields.get("allowed", "")).encode()))
    return Answer(refusal.status, encode(shown), PROBLEM, headers, code=refusal.code)


def _sentences(refusal: Refusal, language: str) -> dict[str, str]:
    fields = {
        name: value.in_language(language) if isinstance(value, Words) else value
        for name, value in refusal.fields.items()
    }
    return {part: getattr(type(refusal), part).in_language(language, **fields) for part in PARTS}


def _figures(refusal: Refusal) -> dict[str, Any]:
    """The refusal's fields that JSON can hold; what is known about the inside stays inside."""
    return {
        name: shown
        for name, value in refusal.fields.items()
        if name not in ("errors", "allowed") and (shown := _figure(value)) is not None
    }


def _figure(value: Any) -> Any:
    match value:
        case Amount():
            return {"minor": value.minor, "asset": value.asset.code}
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case Words():
            return None
        case bool() | int() | str() | UUID():
            return value
    return None
