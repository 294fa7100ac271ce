"""One bill: a payment with its twin, its refunds and its cases; a refund; a transfer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.reader_time import local, moment_words
from walletdesk.doors.customer_web.bill_parts import Bill, Pair
from walletdesk.doors.customer_web.failure import checks_for
from walletdesk.doors.customer_web.key import fresh_key
from walletdesk.doors.customer_web.rows import Status
from walletdesk.doors.customer_web.set_aside import held_bill, is_set_aside, later_bill
from walletdesk.doors.customer_web.views.wrong import choices
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.public import (
    ActivityRow,
    PaymentView,
    activity_row,
    duplicate_pairs,
    payment,
    payments,
    transfer_view,
)
from walletdesk.service.cases.public import open_cases_of_bill, open_cases_of_payments


@dataclass(frozen=True, slots=True)
class Twin:
    """One side of a suspected double charge."""

    id: UUID
    words: str
    hour: str
    seconds: str
    refunded: bool
    here: bool


@require_safe
@customer_only
def bill(request: CustomerRequest, bill_id: UUID) -> HttpResponse:
    """Whichever kind of line has this id, if it is the customer's own; anything else is not there."""
    row = activity_row(request.customer.id, bill_id)
    if row is None:
        raise Http404
    if row.kind == "top_up":
        return redirect(f"/wallet/top-up/{bill_id}/")
    page: dict[str, Any] = {"wrong": choices(row)}
    if row.kind == "payment" and row.state != "failed" and not is_set_aside(row):
        return render(request, "customer_web/bill.html", page | _payment_page(_own_payment(request, bill_id)))
    page["cases"] = open_cases_of_bill(bill_id)
    return render(request, "customer_web/bill.html", page | _other_page(row))


def _other_page(row: ActivityRow) -> dict[str, Any]:
    """Of a line that is no charged payment."""
    if is_set_aside(row):
        return _set_aside_page(row)
    shown = (
        _failed_bill(row)
        if row.kind == "payment"
        else _refund_bill(row)
        if row.kind == "refund"
        else _transfer_bill(row)
    )
    sent_to = row.counterparty_id if row.kind == "transfer_out" else None
    return {"bill": shown, "checks": checks_for(row.code), "report": _paid_or_got(row), "payee_id": sent_to}


def _paid_or_got(row: ActivityRow) -> bool:
    """Whether there is somebody on the other side of whom one could say that it looks like a scam."""
    return row.counterparty_id is not None and row.kind in ("payment", "transfer_out", "transfer_in")


def _set_aside_page(row: ActivityRow) -> dict[str, Any]:
    """Money held for a shop, or for a transfer that is to be made later and can still be cancelled."""
    if row.kind == "payment":
        return {"bill": held_bill(row)}
    planned = transfer_view(row.id)
    delayed = planned if planned is not None and planned.delay_reason and planned.state == "waiting" else None
    return {
        "bill": later_bill(row, planned),
        "cancel": row.state == "scheduled",
        "delayed": delayed,
        "report": _paid_or_got(row),
        "key": fresh_key(),
    }


def _own_payment(request: CustomerRequest, payment_id: UUID) -> PaymentView:
    found = payment(payment_id)
    if found is None or found.customer_id != request.customer.id:
        raise Http404
    return found


def _payment_page(found: PaymentView) -> dict[str, Any]:
    pairs = duplicate_pairs([found.id])
    cases = open_cases_of_payments([found.id]).get(found.id, [])
    twins = _twins(found, [pairs[0].first_payment_id, pairs[0].second_payment_id]) if pairs else []
    chip = _payment_chip(found, twice=bool(pairs))
    return {
        "bill": Bill(found.id, str(found.payee), -found.amount, chip, _payment_pairs(found)),
        "twins": twins,
        "report": True,
        "payee_id": found.merchant_id,
        "refunds": found.refunds,
        "cases": cases,
    }


def _payment_chip(found: PaymentView, *, twice: bool) -> Status:
    if found.state == "refunded":
        return Status("go", "done", Words("已全部退回", "Refunded in full"))
    if found.state == "partly_refunded":
        return Status("go", "done", Words("退了一部分", "Refunded in part"))
    if twice:
        return Status("wait", "half", Words("同一笔扣了两次", "Charged twice for one purchase"))
    return Status("go", "done", Words("已付款", "Paid"))


def _payment_pairs(found: PaymentView) -> list[Pair]:
    pairs = [Pair(Words("时间", "Time"), moment_words(found.captured_at, "long"))]
    if found.order_reference:
        pairs.append(Pair(Words("商户订单", "Shop’s order"), found.order_reference, "code"))
    if found.note:
        pairs.append(Pair(Words("说明", "Note"), found.note))
    pairs.append(Pair(Words("付款方式", "Paid from"), str(Words("钱包余额", "Wallet balance"))))
    return [*pairs, Pair(Words("账单编号", "Receipt number"), found.receipt_number, "code")]


def _twins(here: PaymentView, ids: list[UUID]) -> list[Twin]:
    both = payments(ids)
    sides = sorted((both[one] for one in ids if one in both), key=lambda side: side.captured_at)
    twins = []
    for place, side in enumerate(sides):
        at = local(side.captured_at)
        words = str(Words("第一次", "The first"))
        if place:
            words = _later(_whole_seconds(side.captured_at) - _whole_seconds(sides[0].captured_at))
        twins.append(Twin(side.id, words, f"{at:%H:%M}", f"{at:%S}", bool(side.refunded.minor), side.id == here.id))
    return twins


def _whole_seconds(moment: datetime) -> int:
    """As the page shows them: the difference of two shown times is the difference that is said."""
    return int(moment.timestamp())


def _later(seconds: int) -> str:
    if seconds < 1:
        return str(Words("第二次，同一秒", "The second, the same second"))
    if seconds < 120:
        return Words("第二次，晚 {n} 秒", "The second, {n} s later").say(n=seconds)
    return Words("第二次，晚 {n} 分钟", "The second, {n} min later").say(n=seconds // 60)


def _failed_bill(row: ActivityRow) -> Bill:
    pairs = [
        Pair(Words("时间", "Time"), moment_words(row.at, "long")),
        Pair(Words("没有成功", "Not done"), str(row.reason or "")),
        Pair(Words("您的钱", "Your money"), str(Words("没有动", "Untouched"))),
        Pair(Words("给客服看的代码", "Code for the agent"), row.code, "code"),
    ]
    amount = -row.amount if row.amount.minor < 0 else row.amount
    return Bill(
        row.id, str(row.title), amount, Status("bad", "x", Words("没有成功，没扣钱", "Nothing taken")), pairs, False
    )


def _refund_bill(row: ActivityRow) -> Bill:
    of = payment(row.payment_id) if row.payment_id else None
    pairs = [Pair(Words("到账", "Arrived"), moment_words(row.at, "long"))]
    if of is not None:
        pairs.append(Pair(Words("原账单", "For the bill"), of.receipt_number, "code"))
    pairs.append(Pair(Words("退到", "Paid back to"), str(Words("钱包余额", "Wallet balance"))))
    if row.note:
        pairs.append(Pair(Words("原因", "Reason"), row.note))
    pairs.append(Pair(Words("退款编号", "Refund number"), row.number, "code"))
    done = Status("go", "done", Words("已到账", "Arrived"))
    return Bill(row.id, str(row.title), row.amount, done, pairs, original=of.id if of else None)


def _transfer_bill(row: ActivityRow) -> Bill:
    pairs = [Pair(Words("时间", "Time"), moment_words(row.at, "long"))]
    if row.note:
        pairs.append(Pair(Words("附言", "Note"), row.note))
    pairs.append(Pair(Words("单号", "Number"), row.number, "code"))
    title = (Words("转给 {name}", "To {name}") if row.amount.minor < 0 else Words("{name} 转给您", "From {name}")).say(
        name=row.title
    )
    return Bill(row.id, title, row.amount, Status("go", "done", Words("已到账", "Arrived")), pairs)
