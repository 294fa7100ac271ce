"""One order as its till sees it: waiting with a code, paid, run out, or taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from walletdesk.doors._shared.reader_time import moment_words
from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.public import OrderView, payment
from walletdesk.service.cases.public import open_cases_of_payments
from walletdesk.trust.customers.public import customers

TITLES = {
    "waiting": Words("等顾客付款 {amount}", "Waiting for {amount}"),
    "authorised": Words("已预留 {amount}", "{amount} held"),
    "paid": Words("已收款 {amount}", "Paid {amount}"),
    "expired": Words("码过期了 {amount}", "Code ran out, {amount}"),
    "cancelled": Words("已取消 {amount}", "Cancelled, {amount}"),
}
STATES = {
    "authorised": Words("预留中", "Held"),
    "expired": Words("已过期", "Run out"),
    "cancelled": Words("已取消", "Cancelled"),
}


@dataclass(frozen=True, slots=True)
class Twin:
    href: str


@dataclass(frozen=True, slots=True)
class OrderTicket:
    id: UUID
    state: str
    title: str
    amount: Amount
    reference: str
    note: str
    payload: str
    created_at: datetime
    expires_at: datetime
    until: str
    status: Words | None
    payer: Words | None = None
    paid_at: datetime | None = None
    fee: Amount | None = None
    refunded: Amount | None = None
    number: str = ""
    twin: Twin | None = None


def payer_words(number: str) -> Words:
    """A payer as a shop may know one: the end of the customer number."""
    return Words(f"尾号 {number[-4:]}", f"ending {number[-4:]}")


def ticket(order: OrderView) -> OrderTicket:
    return OrderTicket(
        id=order.id,
        state=order.state,
        title=TITLES[order.state].say(amount=order.amount),
        amount=order.amount,
        reference=order.order_reference or "—",
        note=order.note,
        payload=order.code,
        created_at=order.created_at,
        expires_at=order.expires_at,
        until=moment_words(order.expires_at, "clock"),
        status=STATES.get(order.state),
        **_paid(order),
    )


def _paid(order: OrderView) -> dict[str, Any]:
    """What a paid order adds: who, when, what it cost the shop, what went back, whether it looks paid twice."""
    found = payment(order.payment_id) if order.payment_id else None
    if found is None:
        return {}
    payer = customers([found.customer_id]).get(found.customer_id)
    cases = open_cases_of_payments([found.id]).get(found.id, [])
    twins = [case for case in cases if case.kind == "duplicate_charge"]
    return {
        "payer": payer_words(payer.number) if payer else None,
        "paid_at": found.captured_at,
        "fee": found.fee if found.fee.minor else None,
        "refunded": found.refunded if found.refunded.minor else None,
        "number": found.receipt_number,
        "twin": Twin(reverse("till-case", args=[twins[0].reference])) if twins else None,
    }
