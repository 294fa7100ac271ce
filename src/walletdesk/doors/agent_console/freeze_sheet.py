"""Stand still, and move again: what an agent does with a case's account. The first at once, the second by two persons."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors.agent_console.acting import DeskRequest
from walletdesk.doors.agent_console.said import Said, said
from walletdesk.doors.agent_console.showing import agent
from walletdesk.foundation.errors import NotFound, Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.agent_actions.public import ask_for_papers, freeze_account, note_view, propose_unfreeze
from walletdesk.service.cases.public import CaseView, case_for_employee
from walletdesk.service.freezes.public import freeze_state
from walletdesk.trust.approvals.public import open_proposal_for
from walletdesk.trust.customers.public import customers
from walletdesk.trust.verification.public import papers_accepted_since, papers_of_customer

MODES = (
    ("debit", Words("付不出去，收款照常", "Nothing goes out; money can come in")),
    ("credit", Words("收不进来，付款照常", "Nothing comes in; they can pay")),
    ("full", Words("不能收也不能付", "Nothing goes out or comes in")),
)
FROZEN = Words("冻结了，客户已收到通知", "Frozen; the customer is told")
ASKED = Words("已请客户交证件", "The customer was asked for documents")
HANDED = Words("交给第二人了，批准前照旧冻结", "Handed over; it stays frozen until approval")


@require_http_methods(["GET", "HEAD", "POST"])
@employee_only("freeze_wallet")
def sheet(request: DeskRequest, reference: str) -> HttpResponse:
    """GET: how the account stands, and the one next verb. POST: freeze at once."""
    case = case_for_employee(request.employee.id, reference)
    if request.method != "POST":
        return _page(request, case)
    try:
        freeze_account(request.employee.id, case.id, request.POST.get("mode", ""), request.POST.get("reason", ""))
    except NotFound:
        raise
    except Refusal as refused:
        return _page(request, case, said(refused, "freeze"))
    messages.success(request, str(FROZEN))
    return redirect("desk-freeze", reference)


@require_POST
@employee_only("freeze_wallet")
def propose(request: DeskRequest, reference: str) -> HttpResponse:
    """The first of two persons who let it move again."""
    case = case_for_employee(request.employee.id, reference)
    try:
        propose_unfreeze(request.employee.id, case.id, request.POST.get("reason", ""))
    except NotFound:
        raise
    except Refusal as refused:
        return _page(request, case, said(refused, "unfreeze"))
    messages.success(request, str(HANDED))
    return redirect("desk-freeze", reference)


@require_POST
@employee_only("freeze_wallet")
def ask_papers(request: DeskRequest, reference: str) -> HttpResponse:
    """The customer is asked, in the case and by a notice, for the documents without which nobody lifts it."""
    case = case_for_employee(request.employee.id, reference)
    try:
        ask_for_papers(request.employee.id, case.id)
    except NotFound:
        raise
    except Refusal as refused:
        return _page(request, case, said(refused, "papers"))
    messages.success(request, str(ASKED))
    return redirect("desk-freeze", reference)


def _page(request: DeskRequest, case: CaseView, refusal: Said | None = None) -> HttpResponse:
    note_view(request.employee.id, "see_case", case.customer_id, f"case:{case.id}", case.id)
    state = freeze_state(case.customer_id)
    last = papers_of_customer(case.customer_id, "unlock")
    words = dict(MODES)
    fields = {
        "area": "desk",
        "agent": agent.line(request.employee),
        "case": case,
        "person": customers([case.customer_id])[case.customer_id],
        "state": state,
        "mode_words": words.get(state.mode),
        "modes": MODES,
        "papers": papers_accepted_since(case.customer_id, "unlock", state.since or case.created_at),
        "waiting": last if last is not None and last.state == "waiting" else None,
        "proposal": open_proposal_for("unfreeze", str(case.customer_id)),
        "refusal": refusal,
    }
    return render(request, "desk/freeze.html", fields, status=refusal.status if refusal else 200)
