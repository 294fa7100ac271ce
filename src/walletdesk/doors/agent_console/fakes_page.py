"""The list of known fakes at the desk: what stands on it, what waits for a second person, and the form to propose one more."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors.agent_console.acting import DeskRequest
from walletdesk.doors.agent_console.said import Said, said
from walletdesk.doors.agent_console.showing import agent
from walletdesk.doors.agent_console.showing.proposal_kinds import FAKE_CHANNELS
from walletdesk.foundation.errors import NotFound, Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.agent_actions.public import propose_fake, propose_fake_end
from walletdesk.trust.approvals.public import open_proposals
from walletdesk.trust.official_contacts.public import known_fakes

PROPOSED = Words("交给第二人了，批准前名单不变", "Handed over; until approval the list is as it was")
TYPED = ("value", "note_zh", "note_en")


@require_http_methods(["GET", "HEAD", "POST"])
@employee_only("publish_contacts")
def fakes(request: DeskRequest) -> HttpResponse:
    """GET: the list. POST: the first of two for one more."""
    if request.method != "POST":
        return _page(request)
    value, note_zh, note_en = (request.POST.get(name, "") for name in TYPED)
    try:
        propose_fake(request.employee.id, value, note_zh, note_en)
    except Refusal as refused:
        return _page(request, said(refused, "fake"))
    messages.success(request, str(PROPOSED))
    return redirect("desk-fakes")


@require_POST
@employee_only("publish_contacts")
def end(request: DeskRequest, fake_id: uuid.UUID) -> HttpResponse:
    """The first of two to take one off."""
    try:
        propose_fake_end(request.employee.id, fake_id)
        messages.success(request, str(PROPOSED))
    except NotFound:
        raise
    except Refusal as refused:
        return _page(request, said(refused, "fake"))
    return redirect("desk-fakes")


def _page(request: DeskRequest, refusal: Said | None = None) -> HttpResponse:
    waiting = open_proposals(kinds={"known_fake"})
    fields = {
        "area": "fakes",
        "agent": agent.line(request.employee),
        "rows": [(one, FAKE_CHANNELS[one.channel]) for one in known_fakes()],
        "waiting": [(one.payload, FAKE_CHANNELS[one.payload["channel"]], one.made_at) for one in waiting],
        "typed": {name: request.POST.get(name, "") if refusal else "" for name in TYPED},
        "refusal": refusal,
    }
    return render(request, "desk/fakes.html", fields, status=refusal.status if refusal else 200)
