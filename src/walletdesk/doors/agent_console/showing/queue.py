"""The queue: what is mine, what waits, what is held, next promise first."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from walletdesk.doors.agent_console.showing import status, time_left
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.cases.public import CaseView, queue, queue_counts
from walletdesk.trust.customers.public import CustomerView, customers
from walletdesk.trust.staff.public import EmployeeView

HEADINGS = {
    "mine": Words("我的", "Mine"),
    "waiting": Words("待接", "Waiting"),
    "held": Words("等对方", "Held"),
    "all": Words("全部", "All"),
}
EMPTY = {
    "mine": (Words("您手上没有案件", "Nothing is yours yet"), Words("到“待接”里接一件。", "Take one under Waiting.")),
    "waiting": (
        Words("没有人在等", "Nobody is waiting"),
        Words("新来的会自己出现。", "New ones appear by themselves."),
    ),
    "held": (
        Words("没有在等对方的", "Nothing is held"),
        Words("等客户或商户的会在这里。", "What waits for others is here."),
    ),
    "all": (Words("都办完了", "All done"), Words("新来的会自己出现。", "New ones appear by themselves.")),
}
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Tab:
    key: str
    words: Words
    count: int | None
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    reference: str
    href: str
    icon: str
    title: dict[str, str]
    left: Words
    tone: str
    who: str
    tail: str
    status: status.Status


@dataclass(frozen=True, slots=True)
class QueuePane:
    chosen: str
    current: str
    tabs: list[Tab]
    rows: list[Row]
    empty: tuple[Words, Words]


def heading(wanted: str, employee: EmployeeView) -> str:
    """The heading asked for; else one's own cases when there are any, else those that wait."""
    if wanted in HEADINGS:
        return wanted
    return "mine" if queue_counts(employee.id)["mine"] else "waiting"


def pane(employee: EmployeeView, show: str, current: str = "") -> QueuePane:
    """The queue under one heading; ``current`` is the reference of the case on screen."""
    chosen = heading(show, employee)
    counts = queue_counts(employee.id)
    here = reverse("desk-case", args=[current]) if current else reverse("desk")
    tabs = [
        Tab(key, words, counts[key] if key != "all" else None, f"{here}?show={key}") for key, words in HEADINGS.items()
    ]
    cases = queue(chosen, employee.id, limit=LONGEST)
    people = customers({case.customer_id for case in cases})
    return QueuePane(chosen, current, tabs, [_row(case, people, chosen) for case in cases], EMPTY[chosen])


def _row(case: CaseView, people: dict[UUID, CustomerView], chosen: str) -> Row:
    left, tone = time_left.in_row(case.promise)
    person = people.get(case.customer_id)
    return Row(
        reference=case.reference,
        href=f"{reverse('desk-case', args=[case.reference])}?show={chosen}",
        icon=status.kind_icon(case.kind),
        title=case.title,
        left=left,
        tone=tone,
        who=person.masked_name if person else "",
        tail=case.reference.rpartition("-")[2],
        status=status.of_row(case),
    )
