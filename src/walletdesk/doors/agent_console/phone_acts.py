"""What an agent does with the soft-phone. Each act is a verb of the hotline; the answer is the bar as it stands now.

The page's script asks by htmx and gets the bar alone; without a script the browser comes back to the desk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Literal, get_args
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors.agent_console.acting import DeskRequest
from walletdesk.doors.agent_console.said import Said, said
from walletdesk.doors.agent_console.showing import phone
from walletdesk.doors.agent_console.showing.phone_words import FIELD_WORDS
from walletdesk.foundation.errors import Refusal
from walletdesk.service.hotline.public import (
    accept_offer,
    ask_call,
    decline_offer,
    set_presence,
    wrap_up,
)

Wish = Literal[
    "hold", "resume", "secret_on", "secret_off", "consult", "back_to_caller", "join", "hand_over", "transfer_topic",
    "hang_up",
]  # fmt: skip
WISHES: tuple[Wish, ...] = get_args(Wish)
PAGE_AT_MOST = 40


@require_GET
@employee_only("work_cases")
def bar(request: DeskRequest) -> HttpResponse:
    return render(request, "desk/phone_bar.html", phone.context(request))


@require_GET
@employee_only("work_cases")
def panel(request: DeskRequest) -> HttpResponse:
    return render(request, "desk/phone_panel.html", phone.context(request))


def _act(request: DeskRequest, verb: Callable[[], object]) -> HttpResponse:
    """Do it and show the bar; a refusal is said on the bar itself, also that a call is not there any more."""
    refusal = None
    try:
        verb()
    except Refusal as refused:
        refusal = _in_words(said(refused, "phone"))
    if not request.headers.get("HX-Request"):
        return redirect("desk")
    return render(request, "desk/phone_bar.html", phone.context(request) | {"refusal": refusal})


def _in_words(refusal: Said) -> Said:
    """A field's name is ours; the agent reads its label."""
    for name, words in FIELD_WORDS.items():
        refusal = replace(refusal, next=refusal.next.replace(name, str(words)))
    return refusal


@require_POST
@employee_only("work_cases")
def presence(request: DeskRequest) -> HttpResponse:
    """Available, paused for a reason, or off duty. ``page`` is the window whose soft-phone rings."""
    state, _, reason = request.POST.get("state", "").partition(":")
    page = request.POST.get("page", "")[:PAGE_AT_MOST]
    seat = f"agent:{request.employee.id}:{page}" if page else ""
    return _act(request, lambda: set_presence(request.employee.id, state, reason, seat))


@require_POST
@employee_only("work_cases")
def answer(request: DeskRequest) -> HttpResponse:
    return _act(request, lambda: accept_offer(request.employee.id, _id(request, "offer")))


@require_POST
@employee_only("work_cases")
def decline(request: DeskRequest) -> HttpResponse:
    return _act(request, lambda: decline_offer(request.employee.id, _id(request, "offer")))


@require_POST
@employee_only("work_cases")
def wish(request: DeskRequest) -> HttpResponse:
    """Hold, stop recording, consult, transfer, hang up."""
    wanted = next((known for known in WISHES if known == request.POST.get("wish", "")), None)
    if wanted is None:
        return HttpResponse(status=422)
    to = request.POST.get("to", "")[:64]
    return _act(request, lambda: ask_call(request.employee.id, _id(request, "call"), wanted, to=to))


@require_POST
@employee_only("work_cases")
def write_down(request: DeskRequest) -> HttpResponse:
    """How it ended, what was said, what comes next and by when: on the case, and in the customer's app."""
    said_words = {name: request.POST.get(name, "") for name in ("disposition", "said_done", "next_steps")}
    read_back = request.POST.get("read_back") == "yes"

    def verb() -> None:
        due_at = _moment(request.POST.get("due_at", ""))
        wrap_up(request.employee.id, _id(request, "call"), **said_words, due_at=due_at, read_back=read_back)

    return _act(request, verb)


def _moment(text: str) -> datetime | None:
    """A day and time as the browser's own field writes it, in the agent's time zone; anything else is none."""
    try:
        return timezone.make_aware(datetime.fromisoformat(text)) if text else None
    except ValueError:
        return None


def _id(request: DeskRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return UUID(int=0)  # nobody's: the room refuses it in its own words
