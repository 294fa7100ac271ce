"""The safety check beside the case: what there is to see, what protects at once, and the line that the customer reads."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors.agent_console.acting import DeskRequest, act_on_sheet
from walletdesk.doors.agent_console.console import show_case
from walletdesk.doors.agent_console.said import Said, said
from walletdesk.doors.agent_console.showing import safety as drawn
from walletdesk.foundation.errors import NotFound, Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.agent_actions.public import (
    report_for_customer,
    safety_sheet,
    sign_out,
    write_safety_check,
)
from walletdesk.service.cases.public import CaseView, case_for_employee

WRITTEN = Words("记下了，客户在案件里读得到", "Written down; the customer reads it in the case")
SIGNED_OUT = Words("退出了登录，共 {n} 处", "Signed out; places where they were signed in: {n}")
REPORTED = Words("替客户举报了，在这个案件里答复", "Reported for the customer; it is answered in this case")


@require_GET
@employee_only("look_up_customer")
def sheet(request: DeskRequest, reference: str) -> HttpResponse:
    """Over the case, for the agent who has it."""
    return _sheet(request, case_for_employee(request.employee.id, reference))


def _sheet(request: DeskRequest, case: CaseView, refusal: Said | None = None) -> HttpResponse:
    try:
        found = safety_sheet(request.employee.id, case.id)
    except NotFound:
        raise
    except Refusal as refused:
        return show_case(request, case, refusal=said(refused, "case"))
    more = {
        "back": reverse("desk-case", args=[case.reference]),
        "safety": drawn.draw(found, request.employee),
        "sheet": True,
    }
    return show_case(request, case, refusal=refusal, template="desk/safety.html", more=more)


def _act(request: DeskRequest, reference: str, verb: Callable[[CaseView], str]) -> HttpResponse:
    return act_on_sheet(request, reference, verb, _sheet, "desk-safety")


@require_POST
@employee_only("look_up_customer")
def check(request: DeskRequest, reference: str) -> HttpResponse:
    def verb(case: CaseView) -> str:
        write_safety_check(request.employee.id, case.id, request.POST.get("words", ""))
        return str(WRITTEN)

    return _act(request, reference, verb)


@require_POST
@employee_only("lock_account")
def sign_out_of(request: DeskRequest, reference: str) -> HttpResponse:
    """One device, or without one every place."""

    def verb(case: CaseView) -> str:
        device = _id(request.POST["device"]) if request.POST.get("device") else None
        return SIGNED_OUT.say(n=sign_out(request.employee.id, case.id, device, request.POST.get("reason", "")))

    return _act(request, reference, verb)


@require_POST
@employee_only("look_up_customer")
def report(request: DeskRequest, reference: str) -> HttpResponse:
    def verb(case: CaseView) -> str:
        payee = _id(request.POST.get("payee", ""))
        report_for_customer(request.employee.id, case.id, payee, request.POST.get("kind", ""))
        return str(REPORTED)

    return _act(request, reference, verb)


def _id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)  # nobody's: the room refuses it in its own words
