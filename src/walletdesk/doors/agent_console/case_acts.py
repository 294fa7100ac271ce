"""What an agent does to a case: take it, ask the customer, say something, ask whether it is solved, end it, hand it on."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors.agent_console.acting import DeskRequest, as_actor
from walletdesk.doors.agent_console.console import show_case
from walletdesk.doors.agent_console.said import said
from walletdesk.foundation.errors import NotFound, Refusal
from walletdesk.service.agent_actions.public import ask_verification, stop_delayed_transfer, unmask
from walletdesk.service.cases.public import (
    CaseView,
    ask_confirmation,
    assign,
    case_for_employee,
    close_case,
    reopen,
    take_case,
)
from walletdesk.service.conversations.public import say


def _act(request: DeskRequest, reference: str, about: str, verb: Callable[[CaseView], object]) -> HttpResponse:
    """Do it and show the case again; a refusal is said on the case itself."""
    case = case_for_employee(request.employee.id, reference)
    try:
        verb(case)
    except NotFound:
        raise
    except Refusal as refusal:
        return show_case(request, case_for_employee(request.employee.id, reference), refusal=said(refusal, about))
    return redirect("desk-case", case.reference)


@require_POST
@employee_only("work_cases")
def take(request: DeskRequest, reference: str) -> HttpResponse:
    return _act(request, reference, "case", lambda case: take_case(request.employee.id, case.id))


@require_POST
@employee_only("reassign")
def take_over(request: DeskRequest, reference: str) -> HttpResponse:
    """A supervisor, or a senior agent, takes a colleague's case."""
    me = request.employee.id
    return _act(request, reference, "case", lambda case: assign(me, case.id, me))


@require_POST
@employee_only("work_cases")
def hand_on(request: DeskRequest, reference: str) -> HttpResponse:
    def verb(case: CaseView) -> object:
        return assign(request.employee.id, case.id, _colleague(request.POST.get("to", "")))

    return _act(request, reference, "hand", verb)


def _colleague(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)  # nobody's: the room refuses it in its own words


@require_POST
@employee_only("ask_verification")
def ask_customer(request: DeskRequest, reference: str) -> HttpResponse:
    """The question appears on the customer's phone, with the agent's number and one code on both sides."""
    return _act(request, reference, "case", lambda case: ask_verification(request.employee.id, case.id))


@require_POST
@employee_only("work_cases")
def ask_solved(request: DeskRequest, reference: str) -> HttpResponse:
    return _act(request, reference, "case", lambda case: ask_confirmation(case.id, as_actor(request.employee)))


@require_POST
@employee_only("close_case")
def close(request: DeskRequest, reference: str) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _act(request, reference, "close", lambda case: close_case(request.employee.id, case.id, reason))


@require_POST
@employee_only("work_cases")
def reopen_case(request: DeskRequest, reference: str) -> HttpResponse:
    return _act(request, reference, "case", lambda case: reopen(case.id, employee_id=request.employee.id))


@require_POST
@employee_only("work_cases")
def say_words(request: DeskRequest, reference: str) -> HttpResponse:
    """Words to the customer, to the shop, or a note for staff; a refusal keeps what was written."""
    case = case_for_employee(request.employee.id, reference)
    way, text = request.POST.get("way", "app"), request.POST.get("text", "")
    files = [(one.name or "", one.file) for one in request.FILES.getlist("files") if one.file is not None]
    try:
        say(
            case.id,
            as_actor(request.employee),
            text,
            files,
            staff_only=way == "note",
            to="merchant" if way == "shop" else "customer",
            once=request.POST.get("once") or None,
        )
    except NotFound:
        raise
    except Refusal as refusal:
        return show_case(request, case, refusal=said(refusal, "say"), draft={"way": way, "text": text})
    return redirect("desk-case", case.reference)


@require_POST
@employee_only("freeze_wallet")
def stop_transfer(request: DeskRequest, reference: str, transfer_id: uuid.UUID) -> HttpResponse:
    """A transfer that risk delayed is not sent. One person is enough: the money stays where it is."""
    reason = request.POST.get("reason", "")
    return _act(
        request,
        reference,
        "case",
        lambda case: stop_delayed_transfer(request.employee.id, case.id, transfer_id, reason),
    )


@require_POST
@employee_only("unmask")
def unmask_field(request: DeskRequest, reference: str) -> HttpResponse:
    """One private field, for a reason that the customer will read. It is shown in this answer and not kept."""
    case = case_for_employee(request.employee.id, reference)
    field, reason = request.POST.get("field", ""), request.POST.get("reason", "")
    try:
        value = unmask(request.employee.id, case.id, field, reason)
    except NotFound:
        raise
    except Refusal as refusal:
        return show_case(request, case, refusal=said(refusal, "why"), asking=field)
    return show_case(request, case_for_employee(request.employee.id, reference), revealed={field: value})
