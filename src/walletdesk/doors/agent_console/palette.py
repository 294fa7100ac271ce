"""Ctrl-K: actions, cases by reference or words, a customer by number and only through a case."""

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
from walletdesk.service.cases.public import CaseNotFound, CaseView, case_for_employee, cases_of_customer, search_cases
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


@require_GET
@employee_only("see_cases")
def find(request: DeskRequest) -> HttpResponse:
    """The list for the palette, or, without a script, a page of its own."""
    finds = _groups(request.employee, request.GET.get("q", "").strip()[:80], request.GET.get("at", ""))
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


def _groups(employee: EmployeeView, text: str, here: str) -> list[Group]:
    groups = [
        Group(Words("操作", "Actions"), [one for one in _actions(employee, here) if _matches(one, text)]),
        Group(Words("案件", "Cases"), [_case(case) for case in search_cases(text, MOST, employee.id)] if text else []),
        Group(Words("客户，只随案件打开", "Customers, opened with a case"), _customer(employee, text)),
    ]
    return [group for group in groups if group.finds]


def _matches(one: Find, text: str) -> bool:
    if not text:
        return True
    words = one.words if isinstance(one.words, Words) else Words("", "")
    return text.lower() in words.zh.lower() or text.lower() in words.en.lower()


def _actions(employee: EmployeeView, here: str) -> list[Find]:
    actions = _on_case(employee, here) if here else []
    desk = reverse("desk")
    actions += [
        Find(Words("我的案件", "My cases"), f"{desk}?show=mine", "me"),
        Find(Words("待接的案件", "Waiting cases"), f"{desk}?show=waiting", "people"),
        Find(Words("等对方的案件", "Held cases"), f"{desk}?show=held", "pause"),
    ]
    if may(employee, "see_approvals"):
        actions.append(Find(Words("审批", "Approvals"), reverse("desk-approvals"), "usercheck"))
    if may(employee, "see_books"):
        actions.append(Find(Words("账目", "The books are true"), reverse("desk-books"), "scale"))
    if may(employee, "break_glass"):
        emergency = Words("没有案件，紧急打开账户", "Open an account in an emergency")
        actions.append(Find(emergency, reverse("desk-emergency"), "warn"))
    return [*actions, Find(Words("按键表", "List of keys"), reverse("desk-keys"), "keys", key="?")]


def _on_case(employee: EmployeeView, reference: str) -> list[Find]:
    """What can be done to the case on screen, as links to where it is done."""
    try:
        case = case_for_employee(employee.id, reference)
    except CaseNotFound:
        return []
    found: list[Find] = []
    if case.is_open and may(employee, "propose_refund"):
        more = Words(reference, reference)
        found += [
            Find(
                Words("提议退款", "Propose a refund"),
                reverse("desk-refund", args=[reference, one]),
                "refund",
                more,
                "r",
            )
            for one in case.payment_ids[-1:]
        ]
    return found


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
