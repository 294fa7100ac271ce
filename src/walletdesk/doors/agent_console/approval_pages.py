"""Approvals: what waits for a second person, one proposal in full, approve or send back. The ledger moves here, once."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors._shared.reader_time import local
from walletdesk.doors._shared.step_up import step_up
from walletdesk.doors.agent_console.acting import DeskRequest
from walletdesk.doors.agent_console.said import Said, said
from walletdesk.doors.agent_console.showing import agent, proposals, refund
from walletdesk.doors.agent_console.showing.proposal_kinds import KINDS, KindShown
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.errors import NotFound, Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.refunds.public import refund_of_approval
from walletdesk.service.agent_actions.public import note_view, preview_proposal
from walletdesk.trust.approvals.public import (
    ProposalNotFound,
    ProposalView,
    decided_proposals,
    kinds_of,
    open_proposals,
    proposal,
)
from walletdesk.trust.customers.public import customers
from walletdesk.trust.staff.public import EmployeeView, may

WITHDRAWN = Words("收回了，账本没有动", "Withdrawn; the ledger has not moved")
MOST_DECIDED = 12


def _lists(employee: EmployeeView) -> dict[str, Any]:
    """What waits, one's own by lot first, and what was decided today; of the kinds in which this employee has a part."""
    kinds = kinds_of(employee)
    today = local(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    decided = decided_proposals(max(today, now() - timedelta(days=1)), MOST_DECIDED, kinds)
    waiting = open_proposals(kinds=kinds, reader=employee.id)
    return {"proposals": proposals.rows(waiting, employee), "decided": proposals.rows(decided, employee)}


def _found(employee: EmployeeView, proposal_id: uuid.UUID) -> tuple[ProposalView, KindShown]:
    """The proposal, if this employee has a part in its kind; else it is not found."""
    made = proposal(proposal_id)
    if made is None or made.kind not in kinds_of(employee):
        raise ProposalNotFound()
    return made, KINDS[made.kind]


def _slip(employee: EmployeeView, proposal_id: uuid.UUID) -> dict[str, Any]:
    """The proposal with what the ledger would do; once approved, with what it did."""
    found, _ = _found(employee, proposal_id)
    if found.beneficiary_customer_id is not None:
        subject = f"{found.kind}:{proposal_id}"
        note_view(employee.id, "see_proposal", found.beneficiary_customer_id, subject, found.case_id)
    if found.kind != "refund":
        return {"proposal": proposals.plain(found, employee)}
    slip = preview_proposal(employee.id, proposal_id)
    person = customers([slip.case.customer_id])[slip.case.customer_id]
    made = refund_of_approval(proposal_id)
    if made is not None:
        drawn = refund.posted(made, slip.payment.payee, person.name)
    else:
        drawn = refund.draw(slip.ledger, slip.checks, person.name)
    return {"proposal": proposals.one(slip, employee, made), "preview": drawn}


def _page(request: DeskRequest, proposal_id: uuid.UUID | None, refusal: Said | None = None) -> HttpResponse:
    employee: EmployeeView = request.employee
    request.live_topics.append("approvals")
    context = {"area": "approvals", "agent": agent.line(employee), "current": proposal_id, "refusal": refusal}
    context |= _lists(employee)
    if proposal_id is not None:
        context |= _slip(employee, proposal_id)
    return render(request, "desk/approvals.html", context, status=refusal.status if refusal else 200)


@require_GET
@employee_only("see_approvals")
def first(request: DeskRequest) -> HttpResponse:
    """The first that this employee may decide; else the first that waits; else an empty desk."""
    employee = request.employee
    waiting = proposals.rows(open_proposals(kinds=kinds_of(employee), reader=employee.id), employee)
    chosen = next((row for row in waiting if not row.barred), waiting[0] if waiting else None)
    return _page(request, chosen.id if chosen else None)


@require_GET
@employee_only("see_approvals")
def one(request: DeskRequest, proposal_id: uuid.UUID) -> HttpResponse:
    return _page(request, proposal_id)


@require_GET
@employee_only("see_approvals")
def list_part(request: DeskRequest) -> HttpResponse:
    try:
        current = uuid.UUID(request.GET.get("at", ""))
    except ValueError:
        current = None
    return render(request, "desk/proposal_list.html", _lists(request.employee) | {"current": current})


@require_GET
@employee_only("see_approvals")
def state_part(request: DeskRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Nothing (204) while it is open; once it is decided, the whole of it again, without the buttons."""
    slip = _slip(request.employee, proposal_id)
    if slip["proposal"]["open"]:
        return HttpResponse(status=204)
    template = "desk/plain_proposal.html" if slip["proposal"].get("lines") else "desk/proposal.html"
    return render(request, template, slip)


@require_POST
@employee_only("see_approvals")
@step_up(minutes=15)
def approve(request: DeskRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Approve what stands under ``hash``. Who may is decided by the room of approvals, once more, now."""
    _, kind = _found(request.employee, proposal_id)
    try:
        kind.approve(request.employee.id, proposal_id, request.POST.get("hash", ""))
    except NotFound:
        raise
    except Refusal as refused:
        return _page(request, proposal_id, said(refused, "decide"))
    return redirect("desk-proposal", proposal_id)


@require_POST
@employee_only("see_approvals")
def reject(request: DeskRequest, proposal_id: uuid.UUID) -> HttpResponse:
    _, kind = _found(request.employee, proposal_id)
    try:
        kind.reject(request.employee.id, proposal_id, request.POST.get("reason", ""))
    except NotFound:
        raise
    except Refusal as refused:
        return _page(request, proposal_id, said(refused, "decide"))
    return redirect("desk-proposal", proposal_id)


@require_POST
@employee_only
def withdraw(request: DeskRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """The maker takes it back, and lands where their day begins; who may not see approvals still may this."""
    _, kind = _found(request.employee, proposal_id)
    kind.withdraw(request.employee.id, proposal_id)
    messages.success(request, str(WITHDRAWN))
    return redirect("desk" if may(request.employee, "see_cases") else "desk-approvals")
