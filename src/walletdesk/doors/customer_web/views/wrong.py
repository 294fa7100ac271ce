""" "Something wrong?" on any line of the bills: one tap opens the case, which knows the line and the device already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.public import ActivityRow, activity_row, likely_twin
from walletdesk.service.cases.public import CaseView, device_block, open_about_bill, open_case

_OPENED = Words("案件 {reference} 已立好，这笔账单附上了", "Case {reference} is open, with this bill attached")


@dataclass(frozen=True, slots=True)
class WrongChoice:
    """``key`` is what the form sends; ``kind`` the case that it opens, ``words`` its title."""

    key: str
    kind: str
    icon: str
    words: Words


_ASK = WrongChoice("question", "question", "help", Words("问客服", "Ask a person"))
_PAID = (
    WrongChoice("not_mine", "not_mine", "flag", Words("不是我付的", "I did not pay this")),
    WrongChoice("duplicate_charge", "duplicate_charge", "copy", Words("扣了两次", "I was charged twice")),
    WrongChoice("refund_request", "refund_request", "refund", Words("申请退款", "Ask for a refund")),
    WrongChoice("record_wrong", "record_wrong", "receipt", Words("金额或记录不对", "Sum or record is wrong")),
    _ASK,
)
_NOT_PAID = (
    WrongChoice("missing", "payment_problem", "warn", Words("没付成，钱却少了", "It failed, but money is missing")),
    WrongChoice("not_mine", "not_mine", "flag", Words("不是我操作的", "That was not me")),
    _ASK,
)
_HELD = (
    WrongChoice("still_held", "payment_problem", "pause", Words("该放回的钱没放回", "It should be free by now")),
    WrongChoice("not_mine", "not_mine", "flag", Words("不是我同意的", "I did not agree to this")),
    _ASK,
)
_SENT = (
    WrongChoice("not_mine", "not_mine", "flag", Words("不是我转的", "I did not send this")),
    WrongChoice("wrong_person", "payment_problem", "people", Words("转错人了", "It went to the wrong person")),
    WrongChoice("not_arrived", "payment_problem", "clock", Words("对方说没收到", "They say it did not arrive")),
    _ASK,
)
_RECEIVED = (
    WrongChoice("stranger", "payment_problem", "people", Words("不认识的人转来的", "I do not know the sender")),
    _ASK,
)
_TOPPED_UP = (
    WrongChoice("missing", "payment_problem", "warn", Words("银行扣了，钱包没到", "My bank paid, nothing came")),
    WrongChoice("not_mine", "not_mine", "flag", Words("不是我充的", "I did not ask for this")),
    _ASK,
)
_REFUNDED = (
    WrongChoice("record_wrong", "record_wrong", "receipt", Words("退的金额不对", "The sum is not right")),
    WrongChoice("not_arrived", "payment_problem", "clock", Words("退款没到", "It has not arrived")),
    _ASK,
)
_CHOICES = {"transfer_out": _SENT, "transfer_in": _RECEIVED, "top_up": _TOPPED_UP, "refund": _REFUNDED}
_CHARGED = ("captured", "partly_refunded", "refunded")


def choices(row: ActivityRow) -> Sequence[WrongChoice]:
    """What can be wrong with this line."""
    if row.kind == "transfer_out" and row.state != "done":
        return tuple(one for one in _SENT if one.kind != "payment_problem")
    if row.kind != "payment":
        return _CHOICES[row.kind]
    return _PAID if row.state in _CHARGED else _NOT_PAID if row.state == "failed" else _HELD


@require_POST
@customer_only
def something_wrong(request: CustomerRequest, bill_id: UUID) -> HttpResponse:
    """One tap opens the case: the line and the device go along by themselves. A second tap answers the first case."""
    row = activity_row(request.customer.id, bill_id)
    if row is None:
        raise Http404
    choice = next((one for one in choices(row) if one.key == request.POST.get("kind", "")), None)
    if choice is None:
        raise Http404
    with transaction.atomic():
        case = _open(row, choice, request.customer.id, device_block(request.headers.get("User-Agent", "")))
    messages.success(request, _OPENED.say(reference=case.reference))
    return redirect(f"/wallet/cases/{case.reference}/")


def _open(row: ActivityRow, choice: WrongChoice, customer_id: UUID, device: dict[str, str]) -> CaseView:
    if row.kind != "payment" or row.state not in _CHARGED:
        return open_about_bill(choice.kind, customer_id, row.id, choice.words, device)
    twin = likely_twin(row.id) if choice.kind == "duplicate_charge" else None
    return open_case(choice.kind, customer_id, [row.id, twin] if twin else [row.id], device=device)
