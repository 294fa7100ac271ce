"""A file of a case: a link that lives five minutes in this session, always as an attachment."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors.agent_console.acting import DeskRequest, as_actor
from walletdesk.service.agent_actions.public import note_view
from walletdesk.service.cases.public import case_for_employee
from walletdesk.service.conversations.public import attachment_for, attachment_link


@require_GET
@employee_only("see_cases")
def send(request: DeskRequest, reference: str, attachment_id: uuid.UUID) -> HttpResponse:
    """Without a token: make one and come back with it. With one: the bytes, with the headers that go with them."""
    case = case_for_employee(request.employee.id, reference)
    reader, session = as_actor(request.employee), request.session.session_key or ""
    token = request.GET.get("t")
    if not token:
        return redirect(f"{request.path}?{urlencode({'t': attachment_link(reader, attachment_id, session)})}")
    opened = attachment_for(reader, attachment_id, token, session)
    note_view(request.employee.id, "see_file", case.customer_id, f"file:{attachment_id}", case.id)
    return HttpResponse(opened.content, headers=opened.headers)
