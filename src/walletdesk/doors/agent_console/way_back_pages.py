"""The way back of a locked-out customer, beside the case: what is proven, papers, questions, and the reset.

No secret passes through here: the code goes to the customer's own verified address, the password is theirs alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors.agent_console.acting import DeskRequest, act_on_sheet
from walletdesk.doors.agent_console.console import show_case
from walletdesk.doors.agent_console.said import Said, said
from walletdesk.doors.agent_console.showing import way_back as drawn
from walletdesk.foundation.errors import NotFound, Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.agent_actions.public import (
    draw_up_questions,
    lock_out,
    score_questions,
    start_reset,
    way_back,
)
from walletdesk.service.cases.public import CaseView, case_for_employee

SENT = Words("重设代码发到了 {address}，只有客户看得到", "The reset code went to {address}; only the customer sees it")
SCORED = Words("三题答对 {right} 题。只是参考，不算凭证", "{right} of three were right. It supports; it proves nothing")
LOCKED = Words("登录锁上了，别处都已退出", "Signing in is locked, and every session has ended")


@require_GET
@employee_only("start_reset")
def sheet(request: DeskRequest, reference: str) -> HttpResponse:
    """Over the case, for the agent who has it; its parts alone when the case or its customer moved."""
    case = case_for_employee(request.employee.id, reference)
    return _parts(request, case) if request.headers.get("HX-Request") else _sheet(request, case)


def _sheet(request: DeskRequest, case: CaseView, refusal: Said | None = None) -> HttpResponse:
    more = _drawn(request, case)
    if isinstance(more, Said):
        return show_case(request, case, refusal=more)
    request.live_topics.append(f"customer:{case.customer_id}")  # a lock is the account's, not the case's
    return show_case(request, case, refusal=refusal, template="desk/way_back.html", more={**more, "sheet": True})


def _parts(request: DeskRequest, case: CaseView) -> HttpResponse:
    """Where the way has ended meanwhile, its foot says so: the sheet is not taken from under the agent's eyes."""
    more = _drawn(request, case)
    if isinstance(more, Said):
        more = {"refusal": more, "back": reverse("desk-case", args=[case.reference])}
    return render(request, "desk/way_back_parts.html", {**more, "case": case})


def _drawn(request: DeskRequest, case: CaseView) -> dict[str, Any] | Said:
    try:
        found = way_back(request.employee.id, case.id)
    except NotFound:
        raise
    except Refusal as refused:
        return said(refused, "case")
    return {"back": reverse("desk-case", args=[case.reference]), "way": drawn.draw(found, request.employee)}


def _act(request: DeskRequest, reference: str, verb: Callable[[CaseView], str]) -> HttpResponse:
    return act_on_sheet(request, reference, verb, _sheet, "desk-way-back")


@require_POST
@employee_only("start_reset")
def reset(request: DeskRequest, reference: str) -> HttpResponse:
    def verb(case: CaseView) -> str:
        address = start_reset(request.employee.id, case.id, request.POST.get("channel", "email"))
        return SENT.say(address=address)

    return _act(request, reference, verb)


@require_POST
@employee_only("start_reset")
def questions(request: DeskRequest, reference: str) -> HttpResponse:
    """Without answers: draw up the sheet. With them: the score."""

    def verb(case: CaseView) -> str:
        if "q0" not in request.POST:
            draw_up_questions(request.employee.id, case.id)
            return ""
        answers = [_place(request.POST.get(f"q{number}", "")) for number in range(3)]
        return SCORED.say(right=score_questions(request.employee.id, case.id, answers))

    return _act(request, reference, verb)


def _place(text: str) -> int:
    return int(text) if text in ("0", "1", "2", "3") else -1


@require_POST
@employee_only("lock_account")
def lock(request: DeskRequest, reference: str) -> HttpResponse:
    def verb(case: CaseView) -> str:
        lock_out(request.employee.id, case.id, request.POST.get("reason", ""), request.POST.get("kind") or "staff")
        return str(LOCKED)

    return _act(request, reference, verb)
