"""The record of everybody's acts, searched by who reads it: agent, act, customer, case, days. Looking a customer up here is a
look as well, and the customer reads it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors.agent_console.acting import DeskRequest
from walletdesk.doors.agent_console.showing import acts, agent, oversight, record
from walletdesk.foundation.audit.public import Wanted
from walletdesk.service.agent_actions.public import note_view


@require_GET
@employee_only("see_audit")
def acts_page(request: DeskRequest) -> HttpResponse:
    reader, before = request.employee, request.GET.get("before", "")
    given = {name: request.GET.get(name, "").strip()[:40] for name in record.FIELDS}
    context = {
        "area": "oversight",
        "agent": agent.line(reader),
        "tabs": oversight.tabs(reader),
        "tab": "acts",
        "given": given,
        "verbs": sorted(acts.VERBS.items(), key=lambda one: str(one[1])),
    }
    try:
        wanted = record.asked_for(given, reader)
    except record.Unfindable as nothing:
        context |= record.page(Wanted(before=1), reader, given) | {"bad": nothing.field, "why": nothing.words}
        return render(request, "desk/record.html", context, status=422)
    if wanted.customer_id is not None:
        note_view(reader.id, "see_acts", wanted.customer_id, f"customer:{wanted.customer_id}")
    at = Wanted(
        wanted.actor, wanted.verb, wanted.customer_id, wanted.case_id, wanted.since, wanted.until,
        int(before) if before.isdecimal() and len(before) < 16 else None,
    )  # fmt: skip
    return render(request, "desk/record.html", context | record.page(at, reader, given))
