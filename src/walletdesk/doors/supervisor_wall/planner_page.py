"""The planner: what is wished, how many people that takes by the hour, saved as the plan in force.

A draft is a GET with its figures in the address, so that it can be shared and looked at again; only saving is a POST.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors._shared.refusal_pages import Sentences, sentences
from walletdesk.doors.supervisor_wall.acting import WallRequest, frame
from walletdesk.doors.supervisor_wall.planner_form import PlannerForm
from walletdesk.doors.supervisor_wall.showing.planner_view import page
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.workforce.public import PlanWishes, check_wishes, save_plan, wishes_in_force
from walletdesk.trust.staff.public import may

SAVED = Words("排班已保存，从现在起按它预计等候", "The plan is saved; waits are forecast by it from now on")


@require_GET
@employee_only("see_wall")
def planner_page(request: WallRequest) -> HttpResponse:
    """The plan in force, or a draft when figures are given."""
    standing = wishes_in_force()
    form = PlannerForm(request.GET) if "aht" in request.GET else PlannerForm.of(standing)
    if not form.is_valid():
        return _page(request, form, standing, status=422)
    try:
        check_wishes(form.wishes())
    except Refusal as refused:
        return _page(request, form, standing, sentences(refused), refused.status)
    return _page(request, form, form.wishes())


@require_POST
@employee_only("plan_staffing")
def save(request: WallRequest) -> HttpResponse:
    """The draft becomes the plan in force; the room asks once more who may."""
    form = PlannerForm(request.POST)
    if not form.is_valid():
        return _page(request, form, wishes_in_force(), status=422)
    try:
        save_plan(request.employee.id, form.wishes())
    except Refusal as refused:
        return _page(request, form, wishes_in_force(), sentences(refused), refused.status)
    messages.success(request, str(SAVED))
    return redirect("wall-planner")


def _page(
    request: WallRequest, form: PlannerForm, wishes: PlanWishes, refusal: Sentences | None = None, status: int = 200
) -> HttpResponse:
    request.page_address = "/wall/planner/"
    context: dict[str, Any] = frame(request, "planner") | {
        "form": form,
        "plan": page(wishes, request.GET.get("day", "")),
        "drafted": wishes != wishes_in_force(),
        "may_plan": may(request.employee, "plan_staffing"),
        "refusal": refusal,
    }
    return render(request, "wall/planner.html", context, status=status)
