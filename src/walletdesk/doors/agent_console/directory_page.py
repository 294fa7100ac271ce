"""The official directory at the desk: what stands, what waits for a second person, and one form for one change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors.agent_console.acting import DeskRequest
from walletdesk.doors.agent_console.said import Said, said
from walletdesk.doors.agent_console.showing import agent
from walletdesk.doors.agent_console.showing import directory as shown
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.agent_actions.public import directory_proposed, propose_directory
from walletdesk.trust.approvals.public import open_proposal_for
from walletdesk.trust.official_contacts.public import (
    CHANNELS,
    Directory,
    DropEntry,
    Entry,
    PutEntry,
    PutTopic,
    Topic,
    contacts,
    editions,
)

PROPOSED = Words("交给第二人了，批准前名录不变", "Handed over; until approval the directory is as it was")
NEW = "new"
WIDEST = {"key": 40, "channel": 10, "value": 200, "shown": 200, "topic": 40}
WIDEST |= {"name_zh": 100, "name_en": 100, "note_zh": 200, "note_en": 200}


@require_http_methods(["GET", "HEAD", "POST"])
@employee_only("publish_contacts")
def directory(request: DeskRequest) -> HttpResponse:
    """GET: what stands; ``?entry=`` or ``?topic=`` opens one of them to be changed. POST: the first of two."""
    if request.method != "POST":
        return _page(request)
    posted = request.POST
    version = posted.get("version", "")
    if not version.isdecimal() or len(version) > 9:
        raise Http404
    try:
        propose_directory(request.employee.id, _change(request), posted.get("reason", ""), int(version))
    except Refusal as refused:
        return _page(request, said(refused, "directory"))
    messages.success(request, str(PROPOSED))
    return redirect("desk-directory")


def _change(request: DeskRequest) -> PutEntry | DropEntry | PutTopic:
    posted = {name: request.POST.get(name, "").strip()[:widest] for name, widest in WIDEST.items()}
    does, code = request.POST.get("does", ""), request.POST.get("code", "")
    topic = _topic(contacts(), code)
    if does == "hours" and topic is not None:
        hours = {day: shown.read_hours(request.POST.get(f"day_{day}", "")) for day in range(len(shown.DAYS))}
        return PutTopic(Topic(topic.code, topic.name, hours))
    if does == "drop":
        return DropEntry(posted["key"])
    if does != "entry":
        raise Http404
    name, note = (Words(posted[f"{one}_zh"], posted[f"{one}_en"]) for one in ("name", "note"))
    plain = {one: posted[one] for one in ("key", "channel", "value", "shown", "topic")}
    return PutEntry(Entry(**plain, name=name, note=note))


def _topic(standing: Directory, code: str) -> Topic | None:
    return next((one for one in standing.topics if one.code == code), None)


def _page(request: DeskRequest, refusal: Said | None = None) -> HttpResponse:
    standing, waits = contacts(), open_proposal_for("directory", "directory")
    version = editions(1)[0].version
    fields = {
        "area": "directory",
        "agent": agent.line(request.employee),
        "standing": standing,
        "version": version,
        "history": shown.history(),
        "waits": waits,
        "differences": shown.differences(*directory_proposed(waits)) if waits else [],
        "moved": waits is not None and waits.payload["version"] != version,
        "channels": list(CHANNELS),
        "refusal": refusal,
        **_form(request, standing, typed=refusal is not None),
    }
    return render(request, "desk/directory.html", fields, status=refusal.status if refusal else 200)


def _form(request: DeskRequest, standing: Directory, *, typed: bool) -> dict[str, Any]:
    """The one that is open: an entry (a new one too), or the hours of a topic. What was refused stands as it was typed."""
    sent = request.POST if typed else request.GET
    topic = _topic(standing, sent.get("code" if typed else "topic", ""))
    if topic is not None and (not typed or sent.get("does") == "hours"):
        hours = [
            (day, words, sent.get(f"day_{day}", "") if typed else shown.hours_text(topic.hours.get(day, ())))
            for day, words in enumerate(shown.DAYS)
        ]
        return {"topic": topic, "hours": hours, "reason": sent.get("reason", "") if typed else ""}
    if typed:
        return {"entry": {name: sent.get(name, "") for name in WIDEST}, "reason": sent.get("reason", "")}
    asked = sent.get("entry", "")
    if asked == NEW:
        return {"entry": dict.fromkeys(WIDEST, ""), "fresh": True}
    found = next((one for one in standing.entries if one.key == asked), None)
    if found is None:
        return {}
    plain = {name: getattr(found, name) for name in ("key", "channel", "value", "shown", "topic")}
    names = {
        f"{one}_{short}": getattr(getattr(found, one), short) for one in ("name", "note") for short in ("zh", "en")
    }
    return {"entry": plain | names}
