"""What a money POST answers, made from the answer that is kept under the key and from nothing else: a replay is the same,
byte for byte, whatever happened to the thing since.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from walletdesk.foundation.i18n.words import Words

Body = Mapping[str, Any]
AS_THEY_ARE = ("receipt_number", "order_reference", "instrument", "agreement_id")
MOMENTS = ("captured_at", "authorised_at", "expires_at", "made_at", "due_at", "ended_at")


def payment_made(body: Body, reader: str) -> dict[str, Any]:
    """Of ``payments.pay``, ``authorise``, ``capture`` and ``void``. The fee is the shop's to know."""
    shown: dict[str, Any] = {
        "id": body["payment_id"],
        "state": body.get("state", "captured"),
        "order_id": body["order_id"],
        "amount": _money(body, "amount_minor"),
    }
    if "merchant_id" in body:
        shown["merchant_id"] = body["merchant_id"]
    shown |= {name: body[name] for name in AS_THEY_ARE if name in body}
    if "held_minor" in body:
        shown["held"] = _money(body, "held_minor")
    if "fee_minor" in body and reader == "merchant":
        shown["fee"] = _money(body, "fee_minor")
    return shown | _moments(body)


def refund_made(body: Body) -> dict[str, Any]:
    return {
        "id": body["refund_id"],
        "number": body["number"],
        "payment_id": body["payment_id"],
        "amount": _money(body, "amount_minor"),
        **_moments(body),
    }


def transfer_made(body: Body) -> dict[str, Any]:
    """Of ``transfer``, ``schedule`` and ``cancel``: ``state`` is made, waiting or cancelled."""
    return {
        "id": body["transfer_id"],
        "number": body.get("number"),
        "state": body.get("state", "made"),
        "amount": _money(body, "amount_minor"),
        **_moments(body),
    }


def as_answered(body: Body, reader: str) -> dict[str, Any]:
    """A kept answer as its POST gave it: those of the money verbs are shaped, those of the door are kept as they went out."""
    if "refund_id" in body:
        return refund_made(body)
    if "transfer_id" in body:
        return transfer_made(body)
    return payment_made(body, reader) if _is_payment(body) else dict(body)


WHERE = {
    "captured": Words("付款人已付，钱在店家那里", "Paid: the shop has it"),
    "authorised": Words("钱已预留，还在付款人的钱包里", "Set aside, still in the payer’s wallet"),
    "voided": Words("预留已放开，钱可以用了", "No longer set aside: the payer’s own to use"),
    "expired": Words("预留已放开，钱可以用了", "No longer set aside: the payer’s own to use"),
    "refunded": Words("已退回付款人的钱包", "Back in the payer’s wallet"),
    "made": Words("已转到收款人的钱包", "In the payee’s wallet"),
    "waiting": Words("已预留，到时间转出", "Set aside in the sender’s wallet until it is due"),
    "cancelled": Words("没有转出，钱可以用了", "Not sent: the sender’s own to use"),
}
NOTHING_MOVES = Words("这个操作不动钱", "This moves no money")


def money_of(body: Body) -> Words:
    """Where the money was when this answer was given."""
    if "refund_id" in body:
        return WHERE["refunded"]
    if "transfer_id" in body:
        return WHERE[body.get("state", "made")]
    return WHERE[body.get("state", "captured")] if _is_payment(body) else NOTHING_MOVES


def _is_payment(body: Body) -> bool:
    return "payment_id" in body and "id" not in body


def _money(body: Body, name: str) -> dict[str, Any]:
    return {"minor": body[name], "asset": body["asset"]}


def _moments(body: Body) -> dict[str, Any]:
    return {name: _moment(body[name]) for name in MOMENTS if name in body}


def _moment(text: str | None) -> str | None:
    return text.replace("+00:00", "Z") if text else None
