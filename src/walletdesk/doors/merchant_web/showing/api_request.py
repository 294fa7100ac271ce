"""A logged request as the till shows it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from walletdesk.doors.merchant_web.send_again import Again
from walletdesk.doors.merchant_web.showing.status import Status
from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.api_keys.public import LoggedRequest

AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
ANY = Words("全部", "All")
CHOICES: dict[str, dict[str, Words]] = {
    "mode": {"": ANY, "live": Words("正式", "Live"), "test": Words("测试", "Test")},
    "method": {"": ANY, **{name: Words(name, name) for name in ("GET", "POST", "PATCH", "DELETE")}},
    "status": {
        "": ANY,
        "2": Words("办成 2xx", "Done 2xx"),
        "4": Words("拒绝 4xx", "Refused 4xx"),
        "5": Words("故障 5xx", "Failed 5xx"),
    },
}


@dataclass(frozen=True, slots=True)
class RequestRow:
    """``short`` is the path with its ids cut, for a list."""

    id: UUID
    method: str
    path: str
    short: str
    status: int
    word: Status
    code: str
    at: datetime
    milliseconds: int
    key_name: str
    replayed: bool


@dataclass(frozen=True, slots=True)
class RequestPage:
    row: RequestRow
    test: bool
    key_id: UUID
    query: str
    address: str
    idempotency_key: str
    sent: str
    answered: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Came:
    status: int
    word: Status
    replayed: bool
    request_id: str
    body: str


def row(one: LoggedRequest) -> RequestRow:
    return RequestRow(
        id=one.id,
        method=one.method,
        path=one.path,
        short=AN_ID.sub(lambda id_: f"…{id_[0][-6:]}", one.path),
        status=one.status,
        word=_word(one.status),
        code=one.code,
        at=one.at,
        milliseconds=one.milliseconds,
        key_name=one.key_name,
        replayed=one.replayed,
    )


def page(one: LoggedRequest) -> RequestPage:
    return RequestPage(
        row=row(one),
        test=one.mode == "test",
        key_id=one.key_id,
        query=one.query,
        address=one.address,
        idempotency_key=one.idempotency_key,
        sent=_spread(one.request_body),
        answered=_spread(one.answer_body),
        whole=one.whole,
    )


def came(again: Again) -> Came:
    return Came(again.status, _word(again.status), again.replayed, again.request_id, _spread(again.body))


def choices(sought: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    """For each select its options, with the one that is chosen."""
    return {
        name: [{"value": value, "words": words, "on": value == sought[name]} for value, words in offered.items()]
        for name, offered in CHOICES.items()
    }


def _word(status: int) -> Status:
    if status == 202:
        return Status(Words("未知 202", "Unknown 202"), "", "dash")
    if status < 300:
        return Status(Words(f"办成 {status}", f"Done {status}"), "go", "done")
    if status < 500:
        return Status(Words(f"拒绝 {status}", f"Refused {status}"), "wait", "tri")
    return Status(Words(f"故障 {status}", f"Failed {status}"), "bad", "x")


def _spread(text: str) -> str:
    """JSON over lines, to be read; anything else as it is."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except ValueError:
        return text
