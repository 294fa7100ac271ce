"""Risk at the desk: what was stopped and why, what stands on whom, and the rules with a dry run before they become law."""

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
from walletdesk.doors.agent_console.showing import agent, payees
from walletdesk.doors.agent_console.showing import risk as shown
from walletdesk.foundation.errors import NotFound, Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.agent_actions.public import note_view, propose_payee_mark, propose_rules, warn_of_payee
from walletdesk.trust.approvals.public import open_proposal_for
from walletdesk.trust.risk.public import (
    WARNING_MARKS,
    DecisionView,
    decision,
    dry_run,
    flags,
    marks_in_force,
    outcomes_since,
    restrictions_of,
    rule_version,
    rule_versions,
    rules_in_force,
    stopped_lately,
    write_rules,
)
from walletdesk.trust.staff.public import may

PROPOSED = Words("交给第二人了，批准前照旧判断", "Handed over; until approval the old version decides")
MARK_PROPOSED = Words("交给第二人了，批准前什么都不变", "Handed over; until approval nothing changes")
WRITTEN = Words("新的一版写好了，先看看它会改变什么", "The new version is written; see first what it would change")
WARNED = Words("付款人现在会看到提醒；要更久，请提议标记", "Payers are warned from now on; for longer, propose a mark")
ALONE, BY_TWO = "in_review", ("reported", "fake")


def _page(request: DeskRequest, template: str, status: int = 200, **fields: Any) -> HttpResponse:
    frame = {"area": "risk", "agent": agent.line(request.employee), "may_edit": may(request.employee, "edit_rules")}
    return render(request, f"desk/{template}.html", frame | fields, status=status)


@require_GET
@employee_only("see_risk_flags")
def overview(request: DeskRequest) -> HttpResponse:
    """Today's outcomes, what was stopped lately, what stands on whom, and rings."""
    return _page(
        request,
        "risk",
        sums=shown.sums(outcomes_since(24)),
        rows=shown.rows(stopped_lately(40)),
        marks=shown.mark_rows(marks_in_force(60)),
        flags=flags(12),
        reported=payees.reported(request.employee),
        version=rules_in_force().version,
    )


@require_GET
@employee_only("see_risk_flags")
def one_decision(request: DeskRequest, decision_id: uuid.UUID) -> HttpResponse:
    return _decision_page(request, _found(decision_id))


def _found(decision_id: uuid.UUID) -> DecisionView:
    found = decision(decision_id)
    if found is None:
        raise Http404
    return found


def _decision_page(request: DeskRequest, found: DecisionView, refusal: Said | None = None) -> HttpResponse:
    note_view(request.employee.id, "see_risk_decision", found.customer_id, f"decision:{found.id}")
    marks = [one for one in restrictions_of(found.payee_id) if one.kind in WARNING_MARKS]
    return _page(
        request,
        "risk_decision",
        refusal.status if refusal else 200,
        one=shown.rows([found])[0],
        found=found,
        inputs=shown.inputs(found),
        payee_marks=marks,
        proposal=open_proposal_for("payee_mark", str(found.payee_id)),
        others=shown.rows([one for one in stopped_lately(20, found.customer_id) if one.id != found.id]),
        refusal=refusal,
    )


@require_POST
@employee_only("edit_rules")
def mark_payee(request: DeskRequest, decision_id: uuid.UUID) -> HttpResponse:
    """Alone: payers are warned for a day. Under report, or known to be false: the first of two."""
    found, kind, reason = _found(decision_id), request.POST.get("kind", ""), request.POST.get("reason", "")
    if kind not in (ALONE, *BY_TWO):
        raise Http404
    try:
        if kind == ALONE:
            warn_of_payee(request.employee.id, found.payee_id, reason)
        else:
            propose_payee_mark(request.employee.id, found.payee_id, kind, reason)
    except Refusal as refused:
        return _decision_page(request, found, said(refused, "mark"))
    messages.success(request, str(WARNED if kind == ALONE else MARK_PROPOSED))
    return redirect("desk-risk-decision", decision_id)


@require_GET
@employee_only("see_risk_flags")
def rules(request: DeskRequest) -> HttpResponse:
    """Every version, and the one in force as a form that writes a new one."""
    return _rules_page(request)


def _rules_page(request: DeskRequest, refusal: Said | None = None) -> HttpResponse:
    return _page(
        request,
        "risk_rules",
        refusal.status if refusal else 200,
        versions=[shown.version_row(one) for one in rule_versions()],
        form=shown.form(rules_in_force(), request.POST.dict() if refusal else None),
        version=rules_in_force().version,
        refusal=refusal,
        note=request.POST.get("note", ""),
    )


@require_POST
@employee_only("edit_rules")
def write(request: DeskRequest) -> HttpResponse:
    try:
        made = write_rules(
            shown.read_form(request.POST), request.POST.get("note", ""), f"employee:{request.employee.id}"
        )
    except Refusal as refused:
        return _rules_page(request, said(refused, "rules"))
    messages.success(request, str(WRITTEN))
    return redirect("desk-risk-version", made.number)


@require_GET
@employee_only("see_risk_flags")
def version(request: DeskRequest, number: int) -> HttpResponse:
    """One version: how it differs, and what it would have said of the past."""
    return _version_page(request, number)


def _version_page(request: DeskRequest, number: int, refusal: Said | None = None) -> HttpResponse:
    found, current = rule_version(number), rules_in_force()
    return _page(
        request,
        "risk_version",
        refusal.status if refusal else 200,
        one=shown.version_row(found),
        dry=shown.dry(dry_run(found.rules, current), found.rules, current),
        current=current.version,
        proposal=open_proposal_for("risk_rules", str(number)),
        refusal=refusal,
    )


@require_POST
@employee_only("edit_rules")
def propose(request: DeskRequest, number: int) -> HttpResponse:
    try:
        propose_rules(request.employee.id, number)
    except NotFound:
        raise
    except Refusal as refused:
        return _version_page(request, number, said(refused, "rules"))
    messages.success(request, str(PROPOSED))
    return redirect("desk-risk-version", number)
