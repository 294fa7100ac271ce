"""The way to the desk, in two steps: a passkey or an authenticator of one's own, and an administrator's pass, once."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from walletdesk.doors._shared.guards import enrolling_employee, shown_factor
from walletdesk.doors.agent_console.acting import DeskRequest
from walletdesk.doors.agent_console.said import Said, said
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.identity.public import strong_factors_of
from walletdesk.trust.staff.public import NotEnrolled, use_pass

SECURITY, STEP_UP, AFTER = "/security/?next=/desk/enrol/", "/step-up/?next=/desk/enrol/", "/after-sign-in/"


@sensitive_post_parameters("pass")
@require_http_methods(["GET", "HEAD", "POST"])
@enrolling_employee
def enrol(request: DeskRequest) -> HttpResponse:
    """GET: which step is next. POST: the pass, after the factor was shown in this session."""
    employee, shown = request.employee, shown_factor(request)
    if employee.enrolled and shown:
        return redirect(AFTER)
    refusal: Said | None = None
    if request.method == "POST":
        try:
            if not shown:
                raise NotEnrolled(step="factor")
            use_pass(employee.id, request.POST.get("pass", ""))
            return redirect(AFTER)
        except Refusal as refused:
            refusal = said(refused, "pass")
    has_factor = bool(strong_factors_of(employee.user_id))
    context: dict[str, Any] = {
        "employee": employee,
        "shown": shown,
        "has_factor": has_factor,
        "to_factor": STEP_UP if has_factor else SECURITY,
        "refusal": refusal,
    }
    return render(request, "desk/enrol.html", context, status=refusal.status if refusal else 200)
