"""Proposing a refund in two steps. Step 1 shows what the ledger will do, step 2 hands over to a second person."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors.agent_console.acting import DeskRequest
from walletdesk.doors.agent_console.console import show_case
from walletdesk.doors.agent_console.said import Said, said
from walletdesk.doors.agent_console.showing import refund
from walletdesk.foundation.amount.public import Amount, read_amount
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.errors import NotFound, Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.profiles.public import value
from walletdesk.money.payments.public import payment as find_payment
from walletdesk.service.agent_actions.public import PaymentNotOnCase, RefundSheet, preview, propose_refund
from walletdesk.service.cases.public import CaseView, case_for_employee
from walletdesk.trust.customers.public import customers

MARK = "\u2063"  # stands for the reason while the message is cut in two
HANDED = Words("交给第二人了。批准前账本不动", "Handed over. Until approval the ledger does not move")
FIRST_REASON = {
    "duplicate_charge": Words("商户的收款机把同一笔发了两次", "The shop’s till sent the same charge twice"),
    "refund_request": Words("按您的申请退款", "Refunded as you asked"),
}


class BooksMoved(Refusal):
    """What was checked in step 1 is not what the ledger would do now."""

    code = "books_moved"
    status = 409
    what = Words("您核对之后，账变了", "The books have moved since you checked")
    money = Words("账本没有动", "The ledger has not moved")
    next = Words("请再核对一次，再交出去", "Check once more, then hand it over")


@require_http_methods(["GET", "HEAD", "POST"])
@employee_only("propose_refund")
def propose(request: DeskRequest, reference: str, payment_id: uuid.UUID) -> HttpResponse:
    """GET: step 1. POST step 1: step 2, nothing is done yet. POST step 2: the proposal is made."""
    case = case_for_employee(request.employee.id, reference)
    if payment_id not in case.payment_ids:
        raise PaymentNotOnCase()
    fields = _fields(request, case)
    if request.method != "POST" or request.POST.get("again"):
        return _step(request, case, payment_id, fields, 1)
    step = 2 if request.POST.get("step") == "2" else 1
    try:
        drawn = preview(request.employee.id, case.id, payment_id, _minor(payment_id, fields), fields["reason"])
        if not fields["reason"]:
            return _step(request, case, payment_id, fields, 1)
        if step == 1:
            return _step(request, case, payment_id, fields, 2)
        if refund.draw(drawn.ledger, drawn.checks, "").seen != request.POST.get("seen"):
            raise BooksMoved()
        propose_refund(request.employee.id, case.id, payment_id, drawn.amount.minor, fields["reason"])
    except NotFound:
        raise
    except Refusal as refused:
        return _step(request, case, payment_id, fields, 1, said(refused, "sheet"))
    messages.success(request, str(HANDED))
    return redirect("desk-case", case.reference)


def _fields(request: DeskRequest, case: CaseView) -> dict[str, str]:
    first = FIRST_REASON.get(case.kind)
    customer = customers([case.customer_id])[case.customer_id]
    reason = request.POST.get("reason", first.in_language(customer.language) if first else "")
    return {"amount": request.POST.get("amount", "").strip(), "reason": " ".join(reason.split())}


def _minor(payment_id: uuid.UUID, fields: dict[str, str]) -> int | None:
    """The amount that was typed, in minor units of the payment's asset; None for all that is left."""
    found = find_payment(payment_id)
    if found is None or not fields["amount"]:
        return None
    return read_amount(fields["amount"], found.amount.asset).minor


def _step(
    request: DeskRequest,
    case: CaseView,
    payment_id: uuid.UUID,
    fields: dict[str, str],
    step: int,
    refusal: Said | None = None,
) -> HttpResponse:
    """The sheet over the console. A sum that cannot be read is drawn as all that is left, with the refusal above."""
    try:
        drawn = preview(request.employee.id, case.id, payment_id, _minor(payment_id, fields), MARK)
    except NotFound:
        raise
    except Refusal as refused:
        if refusal is None and step == 1 and not fields["amount"]:
            return show_case(request, case, refusal=said(refused, "case"))
        refusal = refusal or said(refused, "sheet")
        whole = _whatever_is_left(request, case, payment_id)
        if whole is None:
            return show_case(request, case, refusal=said(refused, "case"))
        drawn = whole
    return show_case(
        request, case, refusal=refusal, template="desk/refund_sheet.html", more=_sheet(case, drawn, fields, step)
    )


def _whatever_is_left(request: DeskRequest, case: CaseView, payment_id: uuid.UUID) -> RefundSheet | None:
    try:
        return preview(request.employee.id, case.id, payment_id, None, MARK)
    except Refusal:
        return None


def _sheet(case: CaseView, drawn: RefundSheet, fields: dict[str, str], step: int) -> dict[str, Any]:
    person = customers([case.customer_id])[case.customer_id]
    before, _, after = drawn.message.in_language(person.language).partition(MARK)
    amount: Amount = drawn.amount
    return {
        "sheet": True,
        "step": step,
        "back": reverse("desk-case", args=[case.reference]),
        "here": reverse("desk-refund", args=[case.reference, drawn.payment.id]),
        "preview": refund.draw(drawn.ledger, drawn.checks, person.name, blocked=not drawn.can_propose),
        "payment": {
            "number": drawn.payment.receipt_number,
            "duplicate": drawn.payment.duplicate_of is not None,
            "left": drawn.payment.left,
        },
        "fields": fields | {"amount": fields["amount"] or amount.plain},
        "message": {"before": before, "after": after},
        "deciders": drawn.deciders,
        "expires_at": now() + timedelta(seconds=value("proposal.lifetime_seconds")),
    }
