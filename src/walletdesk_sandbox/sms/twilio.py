"""The dialect of Twilio's Messages resource, as far as somebody who sends a text and asks for it needs it."""

from __future__ import annotations

import base64
import binascii
import hmac

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from walletdesk_sandbox.sms.box import Item
from walletdesk_sandbox.sms.faults import Faults

DOWN = {"code": 20503, "message": "Service unavailable", "status": 503}
BUSY = {"code": 20429, "message": "Too many requests", "status": 429}
WHO = {"code": 20003, "message": "Authenticate", "status": 401}
NO_NUMBER = {"code": 21211, "message": "Invalid 'To' Phone Number", "status": 400}
NO_BODY = {"code": 21602, "message": "Message body is required.", "status": 400}
NO_SENDER = {"code": 21603, "message": "A 'From' or 'MessagingServiceSid' is required.", "status": 400}
NOT_THERE = {"code": 20404, "message": "The requested resource was not found", "status": 404}
STATUS = {"queued": "queued", "delivered": "delivered", "lost": "undelivered"}


def said(problem: dict[str, object]) -> Response:
    return JSONResponse(problem, int(str(problem["status"])))


def knows(request: Request, account: str, token: str) -> bool:
    """HTTP Basic with the account of the address and its token."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    try:
        name, _, secret = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return False
    right = hmac.compare_digest(name.encode(), account.encode()) and hmac.compare_digest(
        secret.encode(), token.encode()
    )
    return scheme.lower() == "basic" and right and request.path_params["account"] == account


def refused_by(faults: Faults) -> Response | None:
    if faults.down:
        return said(DOWN)
    if faults.busy:
        return said(BUSY)
    return said(NO_NUMBER) if faults.decline else None


def shown(item: Item, account: str) -> dict[str, object]:
    return {
        "sid": f"SM{item.id}",
        "account_sid": account,
        "to": item.receiver,
        "from": item.sender,
        "body": item.words,
        "status": STATUS[item.state],
        "error_code": None if item.state != "lost" else 30005,
        "date_created": item.came_at,
    }
