"""The first page, and where a signed-in user goes from it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from walletdesk.doors._shared.guards import user_id_of
from walletdesk.foundation.i18n.words import Words, reading_chinese
from walletdesk.money.merchants.public import member_of_user
from walletdesk.trust.customers.public import customer_of_user
from walletdesk.trust.staff.public import EmployeeView, employee_of_user, may

_DOORS = {
    "wallet": (Words("顾客", "Customers"), "me"),
    "till": (Words("商户", "Shops"), "store"),
    "desk": (Words("客服台", "The desk"), "help"),
    "wall": (Words("主管大屏", "The wall"), "people"),
}


@dataclass(frozen=True, slots=True)
class DemoPerson:
    name: str
    note: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class DemoDoor:
    words: Words | str
    icon: str
    people: list[DemoPerson]


def demo_doors() -> list[DemoDoor]:
    """Who can sign in to the demo, by door, as ``walletdesk demo`` wrote it down; nobody outside a demo."""
    listed = settings.DATA_FOLDER / "demo_people.json"
    if not settings.DEMO or not listed.is_file():
        return []
    language = "zh" if reading_chinese() else "en"
    doors: dict[str, list[DemoPerson]] = {}
    for person in json.loads(listed.read_text(encoding="utf-8")):
        shown = DemoPerson(
            person.get(f"name_{language}", ""), person.get(f"note_{language}", ""), person["email"], person["password"]
        )
        doors.setdefault(person["door"], []).append(shown)
    known = [(door, *_DOORS.get(door, (door, "people"))) for door in doors]
    return [DemoDoor(words, icon, doors[door]) for door, words, icon in known]


@require_safe
@never_cache
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "public_web/front.html", {"demo": demo_doors(), "demo_post": settings.DEMO_POST_URL})


STAFF_DOORS = (
    ("/wall/", "plan_staffing"),
    ("/desk/", "see_cases"),
    ("/desk/staff/", "employ_staff"),
    ("/wall/", "see_wall"),
    ("/wall/menu/", "see_menu"),
)


def staff_door(employee: EmployeeView | None) -> str:
    """Where a member of staff begins the day: the first of the pages that their role may see."""
    if employee is None or not employee.active:
        return ""
    return next((door for door, act in STAFF_DOORS if may(employee, act)), "")


@require_safe
@never_cache
@login_required
def after_sign_in(request: HttpRequest) -> HttpResponse:
    """To the one door that is theirs; a choice when there are several or none."""
    user_id = user_id_of(request)
    doors = {
        staff_door(employee_of_user(user_id)): True,
        "/till/": member_of_user(user_id) is not None,
        "/wallet/": customer_of_user(user_id) is not None,
    }
    own = [door for door, is_theirs in doors.items() if door and is_theirs]
    if len(own) == 1:
        return redirect(own[0])
    return render(request, "public_web/after_sign_in.html", {"own": own})
