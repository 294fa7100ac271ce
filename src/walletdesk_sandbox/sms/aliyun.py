"""The dialect of Alibaba Cloud's Dysmsapi: the signature is reckoned here again, from the request as it came in."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from walletdesk_sandbox.sms.box import Item
from walletdesk_sandbox.sms.faults import Faults

OLDEST = timedelta(minutes=15)
SEND_STATUS = {"queued": 1, "lost": 2, "delivered": 3}


def said(code: str, status: int = 200, **more: object) -> Response:
    message = "OK" if code == "OK" else code
    return JSONResponse({"Code": code, "Message": message, "RequestId": secrets.token_hex(16), **more}, status)


def query_of(request: Request) -> dict[str, str]:
    return dict(parse_qsl(request.url.query, keep_blank_values=True))


def problem_with(request: Request, body: bytes, key_id: str, secret: str, nonces: set[str]) -> str:
    """The error code for a request that was not signed by the owner of the key, or came late, or twice."""
    given = request.headers.get("authorization", "")
    method, _, rest = given.partition(" ")
    fields = dict(part.split("=", 1) for part in rest.split(",") if "=" in part)
    if method != "ACS3-HMAC-SHA256" or fields.get("Credential") != key_id:
        return "InvalidAccessKeyId.NotFound"
    names = fields.get("SignedHeaders", "").split(";")
    needed = {"host", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"}
    if names != sorted(names) or not needed <= set(names):
        return "IncompleteSignature"
    digest = hashlib.sha256(body).hexdigest()
    parameters = sorted(query_of(request).items())
    lines = [
        request.method,
        request.url.path,
        "&".join(f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in parameters),
        *[f"{name}:{request.headers.get(name, '').strip()}" for name in names],
        "",
        ";".join(names),
        digest,
    ]
    text = "ACS3-HMAC-SHA256\n" + hashlib.sha256("\n".join(lines).encode()).hexdigest()
    right = hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    if request.headers.get("x-acs-content-sha256") != digest or not hmac.compare_digest(
        right, fields.get("Signature", "")
    ):
        return "SignatureDoesNotMatch"
    return _late_or_twice(request, nonces)


def _late_or_twice(request: Request, nonces: set[str]) -> str:
    try:
        at = datetime.strptime(request.headers["x-acs-date"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return "InvalidTimeStamp.Format"
    if abs(datetime.now(UTC) - at) > OLDEST:
        return "InvalidTimeStamp.Expired"
    nonce = request.headers["x-acs-signature-nonce"]
    if nonce in nonces:
        return "SignatureNonceUsed"
    nonces.add(nonce)
    return ""


def refused_by(faults: Faults) -> Response | None:
    if faults.down:
        return said("ServiceUnavailable", 503)
    if faults.busy:
        return said("isv.BUSINESS_LIMIT_CONTROL")
    return said("isv.MOBILE_NUMBER_ILLEGAL") if faults.decline else None


def words_of(query: dict[str, str]) -> str | None:
    """What a telephone would show: the sign before the template's variables; None when something is missing."""
    if not all(query.get(name) for name in ("PhoneNumbers", "SignName", "TemplateCode")):
        return None
    try:
        variables = json.loads(query.get("TemplateParam") or "{}")
    except ValueError:
        return None
    if not isinstance(variables, dict):
        return None
    return f"【{query['SignName']}】{query['TemplateCode']} " + " ".join(f"{k}={v}" for k, v in variables.items())


def e164(number: str) -> str:
    return f"+86{number}" if len(number) == 11 and number.startswith("1") else f"+{number}"


def details(item: Item | None) -> Response:
    found = (
        []
        if item is None
        else [{"SendStatus": SEND_STATUS[item.state], "PhoneNum": item.receiver, "OutId": item.reference}]
    )
    return said("OK", TotalCount=len(found), SmsSendDetailDTOs={"SmsSendDetailDTO": found})
