"""A case as the shop that it concerns reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from walletdesk.doors._shared.reader_time import moment_words
from walletdesk.doors.merchant_web.showing import status
from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.public import payments
from walletdesk.service.cases.public import CaseView
from walletdesk.service.conversations.public import MessageView

ICONS = {"duplicate_charge": "copy", "refund_request": "refund", "not_mine": "shield", "record_wrong": "receipt"}


@dataclass(frozen=True, slots=True)
class CaseRow:
    reference: str
    title: dict[str, str]
    icon: str
    mono: str
    opened_at: datetime
    status: status.Status
    due: Words | None


@dataclass(frozen=True, slots=True)
class PaymentRow:
    number: str
    at: datetime
    status: status.Status
    amount: Amount


@dataclass(frozen=True, slots=True)
class PromiseLine:
    open: bool
    kept: bool
    due: datetime
    words: Words


@dataclass(frozen=True, slots=True)
class CasePage:
    id: UUID
    reference: str
    title: dict[str, str]
    status: status.Status
    open: bool
    opened_at: datetime
    promise: PromiseLine | None
    payments: list[PaymentRow]


def row(case: CaseView) -> CaseRow:
    promise = case.promise
    running = promise is not None and case.is_open and not promise.clock.is_fulfilled
    hour = moment_words(promise.due_at) if promise and running else ""
    return CaseRow(
        reference=case.reference,
        title=case.title,
        icon=ICONS.get(case.kind, "chat"),
        mono="wait" if case.is_open else "",
        opened_at=case.created_at,
        status=status.OF_CASE[case.state],
        due=Words(f"{hour} 前答复顾客", f"answer by {hour}") if running else None,
    )


def page(case: CaseView) -> CasePage:
    found = payments(case.payment_ids)
    rows = [found[one] for one in case.payment_ids if one in found and found[one].merchant_id == case.merchant_id]
    return CasePage(
        id=case.id,
        reference=case.reference,
        title=case.title,
        status=status.OF_CASE[case.state],
        open=case.is_open,
        opened_at=case.created_at,
        promise=_promise(case),
        payments=[PaymentRow(pay.receipt_number, pay.captured_at, status.of_payment(pay), pay.amount) for pay in rows],
    )


def _promise(case: CaseView) -> PromiseLine | None:
    promise = case.promise
    if promise is None:
        return None
    hour = moment_words(promise.due_at)
    if promise.kept_at:
        return PromiseLine(
            False, True, promise.due_at, Words(f"{hour} 前答复，守约", f"Answered by {hour}, as promised")
        )
    if promise.standing == "broken":
        return PromiseLine(False, False, promise.due_at, Words(f"{hour} 前答复，没有守约", f"Not answered by {hour}"))
    words = Words(f"客服答应 {hour} 前答复顾客", f"The desk promised the customer an answer by {hour}")
    return PromiseLine(True, False, promise.due_at, words)


def message(case: CaseView, one: MessageView) -> dict[str, Any]:
    """One line of the shop's thread with the desk."""
    name = Words(one.author_name.get("zh-hans", ""), one.author_name.get("en", ""))
    number = one.author_number
    href = "till-file"
    return {
        "mine": one.author_kind == "merchant",
        "badge": Words(f"工号 {number}", f"Agent {number}") if number else None,
        "who": Words("本店", "This shop") if one.author_kind == "merchant" else name,
        "at": one.sent_at,
        "text": one.text,
        "clips": [
            {
                "href": reverse(href, args=[case.reference, clip.id]) if case.is_open else "",
                "name": clip.name,
                "size": filesizeformat(clip.bytes),
                "sha256": clip.sha256,
            }
            for clip in one.attachments
        ],
    }
