"""Staff: everybody with role, team and way in; employing, changing a post, caps, passes, and the start of a recovery.

Nobody changes their own; each change is written down with its reason and counts from the next request on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors._shared.step_up import step_up
from walletdesk.doors.agent_console.acting import DeskRequest
from walletdesk.doors.agent_console.said import Said, said
from walletdesk.doors.agent_console.showing import agent, staff
from walletdesk.foundation.amount.public import CNY, read_amount
from walletdesk.foundation.errors import Conflict, NotFound, Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.identity.public import users_by_address
from walletdesk.service.oversight.public import propose_recovery
from walletdesk.trust.staff.public import (
    ROLES,
    EmployeeNotFound,
    EmployeeView,
    change_post,
    employ,
    employee_by_number,
    make_pass,
    may,
    open_team,
    set_caps,
)

DONE = Words("已改，从下一次请求起生效", "Changed; it counts from the next request on")
EMPLOYED = Words("{name}已录用。请当面给登记码", "{name} is employed. Hand over a pass in person")
TEAM_OPENED = Words("组“{name}”在了", "Team “{name}” stands")
PROPOSED = Words("已提议，等另一组的系统管理员批准", "Proposed; an administrator of another team decides")


class SignInUnknown(Conflict):
    """The law: nobody opens a sign-in for somebody else, so that nobody ever knows another's password."""

    code = "sign_in_unknown"
    what = Words("还没有人用这个邮箱登录", "Nobody signs in with this address yet")
    next = Words("请新同事先自己注册，再来录用", "The new colleague signs up first; then employ them")


@require_GET
@employee_only("see_staff")
def listed(request: DeskRequest) -> HttpResponse:
    return _list(request)


def _list(request: DeskRequest, refusal: Said | None = None) -> HttpResponse:
    request.page_address = reverse("desk-staff")  # type: ignore[attr-defined]
    context = _frame(request) | {
        "people": staff.listed(),
        "teams": staff.team_rows(),
        "roles": staff.role_choices(),
        "may_employ": may(request.employee, "employ_staff"),
        "refusal": refusal,
        "given": request.POST,
    }
    return render(request, "desk/staff.html", context, status=refusal.status if refusal else 200)


def _frame(request: DeskRequest) -> dict[str, Any]:
    return {"area": "staff", "agent": agent.line(request.employee)}


@require_GET
@employee_only("see_staff")
def roles(request: DeskRequest) -> HttpResponse:
    """What each role may do."""
    context = _frame(request) | {"roles": list(ROLES.values()), "acts": staff.role_table()}
    return render(request, "desk/roles.html", context)


@require_GET
@employee_only("see_staff")
def one(request: DeskRequest, employee: str) -> HttpResponse:
    return _one(request, _found(employee))


def _found(number: str) -> EmployeeView:
    employee = employee_by_number(number)
    if employee is None:
        raise EmployeeNotFound()
    return employee


def _one(request: DeskRequest, employee: EmployeeView, refusal: Said | None = None, new_pass: str = "") -> HttpResponse:
    request.page_address = reverse("desk-staff-one", args=[employee.employee_number])  # type: ignore[attr-defined]
    context = _frame(request) | {
        "one": staff.one(employee, request.employee),
        "roles": staff.role_choices(),
        "teams": staff.team_rows(),
        "refusal": refusal,
        "new_pass": new_pass,
    }
    return render(request, "desk/staff_one.html", context, status=refusal.status if refusal else 200)


def _by(request: DeskRequest) -> str:
    return f"employee:{request.employee.id}"


@require_POST
@employee_only("employ_staff")
@step_up(minutes=15)
def employ_somebody(request: DeskRequest) -> HttpResponse:
    """Somebody who has a sign-in of their own becomes a colleague."""
    asked = {
        name: request.POST.get(name, "").strip() for name in ("email", "number", "name_zh", "name_en", "team", "role")
    }
    try:
        found = users_by_address(asked["email"]) if asked["email"] else []
        if len(found) != 1:
            raise SignInUnknown()
        made = employ(
            found[0].id, asked["number"], asked["name_zh"], asked["name_en"], asked["team"], asked["role"],
            by=_by(request),
        )  # fmt: skip
    except Refusal as refused:
        return _list(request, said(refused, "employ"))
    messages.success(request, EMPLOYED.say(name=made.name))
    return redirect("desk-staff-one", made.employee_number)


@require_POST
@employee_only("employ_staff")
@step_up(minutes=15)
def team(request: DeskRequest) -> HttpResponse:
    """A team is opened, or its names are brought up to date."""
    try:
        code = request.POST.get("code", "").strip()
        made = open_team(code, request.POST.get("name_zh", ""), request.POST.get("name_en", ""), by=_by(request))
    except Refusal as refused:
        return _list(request, said(refused, "team"))
    messages.success(request, TEAM_OPENED.say(name=made.name))
    return redirect("desk-staff")


def _act(
    request: DeskRequest, number: str, about: str, verb: Callable[[EmployeeView], object], then: Words
) -> HttpResponse:
    """Do it and show the person again; a refusal is said where it was tried."""
    employee = _found(number)
    try:
        verb(employee)
    except NotFound:
        raise
    except Refusal as refused:
        return _one(request, employee, said(refused, about))
    messages.success(request, str(then))
    return redirect("desk-staff-one", number)


@require_POST
@employee_only("employ_staff")
@step_up(minutes=15)
def post(request: DeskRequest, employee: str) -> HttpResponse:
    """Role, team, and whether the person is here at all."""

    def verb(found: EmployeeView) -> object:
        return change_post(
            found.id,
            role=request.POST.get("role"),
            team=request.POST.get("team"),
            active=request.POST.get("active") == "yes",
            by=_by(request),
            reason=request.POST.get("reason", ""),
        )

    return _act(request, employee, "post", verb, DONE)


@require_POST
@employee_only("employ_staff")
@step_up(minutes=15)
def caps(request: DeskRequest, employee: str) -> HttpResponse:
    """What may be proposed in one refund and in a day; empty: what the profile says."""

    def verb(found: EmployeeView) -> object:
        each, day = _minor(request, "each"), _minor(request, "day")
        return set_caps(found.id, each, day, by=_by(request), reason=request.POST.get("reason", ""))

    return _act(request, employee, "caps", verb, DONE)


def _minor(request: DeskRequest, name: str) -> int | None:
    text = request.POST.get(name, "").strip()
    if text in ("0", "0.00"):
        return 0
    return read_amount(text, CNY).minor if text else None


@require_POST
@employee_only("employ_staff")
@step_up(minutes=15)
def new_pass(request: DeskRequest, employee: str) -> HttpResponse:
    """The pass, on this answer and nowhere else."""
    found = _found(employee)
    try:
        code = make_pass(found.id, request.employee.id)
    except NotFound:
        raise
    except Refusal as refused:
        return _one(request, found, said(refused, "pass"))
    return _one(request, found, new_pass=code)


@require_POST
@employee_only("recover_staff")
@step_up(minutes=15)
def recover(request: DeskRequest, employee: str) -> HttpResponse:
    """The first of two administrators."""

    def verb(found: EmployeeView) -> object:
        reason, seen_how = request.POST.get("reason", ""), request.POST.get("seen_how", "")
        return propose_recovery(request.employee.id, found.id, reason, seen_how)

    return _act(request, employee, "recover", verb, PROPOSED)
