"""Ctrl-K: where this employee can go, cases by reference or words, a customer by number and only through a case.

What can be done on the page underneath is added by the page itself (``palette.js``): only it knows what it offers now.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors.agent_console.acting import DeskRequest
from walletdesk.doors.agent_console.showing import agent, status
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.cases.public import CaseView, cases_of_customer, search_cases
from walletdesk.trust.customers.public import customer_by_address, customers
from walletdesk.trust.staff.public import EmployeeView, may

MOST = 8


@dataclass(frozen=True, slots=True)
class Find:
    words: Words | dict[str, str]
    href: str
    icon: str
    more: Words | str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    words: Words
    finds: list[Find]


@dataclass(frozen=True, slots=True)
class Place:
    """``act``: who may it goes there; empty for everybody at the desk."""

    words: Words
    act: str
    route: str
    icon: str
    query: str = ""
    key: str = ""


PLACES = (
    Place(Words("我的案件", "My cases"), "see_cases", "desk", "me", "?show=mine"),
    Place(Words("待接的案件", "Waiting cases"), "see_cases", "desk", "people", "?show=waiting"),
    Place(Words("等对方的案件", "Held cases"), "see_cases", "desk", "pause", "?show=held"),
    Place(Words("审批", "Approvals"), "see_approvals", "desk-approvals", "usercheck"),
    Place(Words("客户交来的证件", "Papers to look at"), "review_documents", "desk-papers", "eye"),
    Place(Words("风控：最近的判断", "Risk: latest decisions"), "see_risk_flags", "desk-risk", "warn"),
    Place(Words("风控：规则", "Risk: rules"), "see_risk_flags", "desk-risk-rules", "warn"),
    Place(Words("账目", "The books are true"), "see_books", "desk-books", "scale"),
    Place(Words("员工", "Staff"), "see_staff", "desk-staff", "people"),
    Place(Words("班次", "Shifts"), "see_staff", "desk-shifts", "clock"),
    Place(Words("岗位能做什么", "What roles may do"), "see_staff", "desk-roles", "key"),
    Place(Words("警报", "Alarms"), "see_oversight", "desk-oversight", "warn"),
    Place(Words("谁常和谁一起批", "Who decides with whom"), "see_oversight", "desk-pairs", "people"),
    Place(Words("应急打开的记录", "Emergency openings"), "see_oversight", "desk-openings", "eye"),
    Place(Words("抽查", "Third looks"), "look_third", "desk-third", "eye"),
    Place(Words("诱饵账户", "Canaries"), "place_canaries", "desk-canaries", "me"),
    Place(Words("全部操作记录", "The record of acts"), "see_audit", "desk-record", "search"),
    Place(Words("按日期生效的数字", "Dated figures"), "set_profiles", "desk-figures", "sliders"),
    Place(Words("官方名录", "Official directory"), "publish_contacts", "desk-directory", "phone"),
    Place(Words("假冒名单", "Known fakes"), "publish_contacts", "desk-fakes", "flag"),
    Place(Words("没有案件，紧急打开账户", "Open an account in an emergency"), "break_glass", "desk-emergency", "warn"),
    Place(Words("听录音的申请", "Wishes to hear a recording"), "reassign", "desk-hearings", "phone"),
    Place(Words("大屏", "The wall"), "see_wall", "wall", "phone"),
    Place(Words("来电报告", "Report of the hotline"), "see_wall", "wall-report", "phone"),
    Place(Words("人手规划", "Staffing planner"), "see_wall", "wall-planner", "clock"),
    Place(Words("电话菜单", "Telephone menu"), "see_menu", "wall-menu", "phone"),
    Place(Words("语音提示", "Voice prompts"), "edit_prompts", "prompts", "phone"),
    Place(Words("给我的消息", "Notices to me"), "", "desk-notices", "bell"),
    Place(Words("按键表", "List of keys"), "", "desk-keys", "keys", key="?"),
)


@require_GET
@employee_only
def find(request: DeskRequest) -> HttpResponse:
    """The list for the palette, or, without a script, a page of its own."""
    finds = _groups(request.employee, request.GET.get("q", "").strip()[:80])
    if request.headers.get("HX-Request"):
        return render(request, "desk/finds.html", {"finds": finds})
    return render(
        request, "desk/palette_page.html", {"area": "", "agent": agent.line(request.employee), "finds": finds}
    )


@require_GET
@employee_only
def keys(request: DeskRequest) -> HttpResponse:
    """The sheet of keys as a page."""
    return render(request, "desk/keys_page.html", {"area": "", "agent": agent.line(request.employee)})


def _groups(employee: EmployeeView, text: str) -> list[Group]:
    groups = [Group(Words("去哪里", "Go to"), [_place(one) for one in PLACES if _leads(employee, one, text)])]
    if may(employee, "see_cases"):
        cases = search_cases(text, MOST, employee.id) if text else []
        groups.append(Group(Words("案件", "Cases"), [_case(case) for case in cases]))
        groups.append(Group(Words("客户，只随案件打开", "Customers, opened with a case"), _customer(employee, text)))
    return [group for group in groups if group.finds]


def _leads(employee: EmployeeView, place: Place, text: str) -> bool:
    if place.act and not may(employee, place.act):
        return False
    return text.lower() in place.words.zh.lower() or text.lower() in place.words.en.lower()


def _place(place: Place) -> Find:
    return Find(place.words, f"{reverse(place.route)}{place.query}", place.icon, key=place.key)


def _case(case: CaseView) -> Find:
    person = customers([case.customer_id]).get(case.customer_id)
    more = f"{case.reference} · {person.masked_name if person else ''} · {status.of_case(case).words}"
    return Find(case.title, reverse("desk-case", args=[case.reference]), status.kind_icon(case.kind), more)


def _customer(employee: EmployeeView, text: str) -> list[Find]:
    """A customer by their number, when there is a case to open them with: no case, no account (O10)."""
    if not text or "@" in text or not may(employee, "look_up_customer"):
        return []
    person = customer_by_address(text)
    if person is None or text.replace(" ", "")[-4:] != person.number[-4:]:
        return []
    cases = cases_of_customer(person.id, 1)
    if not cases:
        return []
    more = Words(f"{person.number}，打开案件 {cases[0].reference}", f"{person.number}, opens case {cases[0].reference}")
    return [
        Find(Words(person.masked_name, person.masked_name), reverse("desk-case", args=[cases[0].reference]), "me", more)
    ]
