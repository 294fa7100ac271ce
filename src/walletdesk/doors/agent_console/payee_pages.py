"""Risk at the desk, by person: what people reported of a payee, the ring in which somebody stands, and what can be done."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors.agent_console.acting import DeskRequest
from walletdesk.doors.agent_console.said import Said, said
from walletdesk.doors.agent_console.showing import agent
from walletdesk.doors.agent_console.showing import payees as shown
from walletdesk.foundation.errors import NotFound, Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.agent_actions.public import (
    find_payee_sound,
    note_view,
    open_payee_check,
    propose_payee_mark,
    unmark_payee,
    warn_of_payee,
)
from walletdesk.trust.approvals.public import open_proposal_for
from walletdesk.trust.risk.public import LASTING_MARKS, WARNING_MARKS, flag
from walletdesk.trust.staff.public import may

PROPOSED = Words("交给第二人了，批准前什么都不变", "Handed over; until approval nothing changes")
WARNED = Words("付款人现在会看到提醒；要更久，请提议标记", "Payers are warned from now on; for longer, propose a mark")
UNMARKED = Words("去掉了，对方会知道", "Taken off; they are told")
CLOSED = Words("{n} 份举报结束了", "{n} reports ended")
ALONE = "in_review"


def _page(request: DeskRequest, template: str, fields: dict[str, Any], refusal: Said | None = None) -> HttpResponse:
    frame = {
        "area": "risk",
        "agent": agent.line(request.employee),
        "may_edit": may(request.employee, "edit_rules"),
        "refusal": refusal,
    }
    return render(request, f"desk/{template}.html", frame | fields, status=refusal.status if refusal else 200)


def _found(request: DeskRequest, payee_id: uuid.UUID) -> shown.Who:
    found = shown.whos([payee_id], request.employee).get(payee_id)
    if found is None:
        raise Http404
    return found


@require_GET
@employee_only("see_risk_flags")
def payee(request: DeskRequest, payee_id: uuid.UUID) -> HttpResponse:
    return _payee_page(request, _found(request, payee_id))


def _payee_page(request: DeskRequest, who: shown.Who, refusal: Said | None = None) -> HttpResponse:
    if who.is_customer:
        note_view(request.employee.id, "see_payee", who.id, f"payee:{who.id}")
    more = {"proposal": open_proposal_for("payee_mark", str(who.id)), "reason": request.POST.get("reason", "")}
    return _page(request, "risk_payee", shown.payee(who, request.employee) | more, refusal)


@require_POST
@employee_only("edit_rules")
def mark(request: DeskRequest, payee_id: uuid.UUID) -> HttpResponse:
    """Alone: warn payers for a day, or say that nothing was found. Every other mark: the first of two."""
    who, kind, reason = _found(request, payee_id), request.POST.get("mark", ""), request.POST.get("reason", "")
    if kind not in (ALONE, *LASTING_MARKS, "sound"):
        raise Http404
    try:
        if kind == "sound":
            messages.success(request, CLOSED.say(n=find_payee_sound(request.employee.id, who.id, reason)))
        elif kind == ALONE:
            warn_of_payee(request.employee.id, who.id, reason)
            messages.success(request, str(WARNED))
        else:
            propose_payee_mark(request.employee.id, who.id, kind, reason)
            messages.success(request, str(PROPOSED))
    except NotFound:
        raise
    except Refusal as refused:
        return _payee_page(request, who, said(refused, "mark"))
    return redirect("desk-risk-payee", who.id)


@require_POST
@employee_only("edit_rules")
def end_mark(request: DeskRequest, subject_id: uuid.UUID, kind: str) -> HttpResponse:
    """A payee was looked into, and this mark is to stand no longer. Marks of a payer end by their own ways."""
    who = _found(request, subject_id)
    if kind not in WARNING_MARKS:
        raise Http404
    try:
        if not unmark_payee(request.employee.id, who.id, kind, request.POST.get("why", "")):
            raise Http404
    except NotFound:
        raise
    except Refusal as refused:
        return _payee_page(request, who, said(refused, "why"))
    messages.success(request, str(UNMARKED))
    return redirect("desk-risk-payee", who.id)


@require_POST
@employee_only("edit_rules")
def check(request: DeskRequest, payee_id: uuid.UUID) -> HttpResponse:
    """A case about this customer's transfers: there the account can be frozen, by the case's own acts."""
    who = _found(request, payee_id)
    if not who.is_customer:
        raise Http404
    return redirect("desk-case", open_payee_check(request.employee.id, who.id).reference)


@require_GET
@employee_only("see_risk_flags")
def ring(request: DeskRequest, flag_id: uuid.UUID) -> HttpResponse:
    found = flag(flag_id)
    if found is None:
        raise Http404
    for member in found.customer_ids:
        note_view(request.employee.id, "see_payee", member, f"ring:{flag_id}")
    return _page(request, "risk_ring", shown.ring(found, request.employee))
