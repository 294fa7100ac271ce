"""What went out to a case's customer, and how far it came: for whoever is told "I never got it". No text stands here."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors.agent_console.acting import DeskRequest
from walletdesk.doors.agent_console.showing import agent
from walletdesk.doors.agent_console.showing.deliveries import rows
from walletdesk.foundation.identity.public import verified_addresses
from walletdesk.service.agent_actions.public import note_view
from walletdesk.service.cases.public import case_for_employee
from walletdesk.service.notifications.public import delivery_log
from walletdesk.trust.customers.public import customers


@require_GET
@employee_only("see_cases")
def deliveries(request: DeskRequest, reference: str) -> HttpResponse:
    case = case_for_employee(request.employee.id, reference)
    person = customers([case.customer_id]).get(case.customer_id) if case.customer_id else None
    sent = []
    if person is not None:
        note_view(request.employee.id, "see_messages", person.id, f"case:{case.id}", case.id)
        addresses = tuple(one.value for one in verified_addresses(person.user_id))
        sent = rows(delivery_log(person.id, addresses))
    context = {"area": "desk", "agent": agent.line(request.employee), "case": case, "person": person, "sent": sent}
    return render(request, "desk/deliveries.html", context)
