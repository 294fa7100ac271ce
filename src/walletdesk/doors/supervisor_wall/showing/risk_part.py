"""Promises that may be broken, of callers and of cases, the next one first; at most what fits without scrolling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from walletdesk.doors.supervisor_wall.showing.queue_names import queue_words
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.cases.public import CaseView, queue
from walletdesk.service.hotline.public import LineView, line
from walletdesk.trust.staff.public import EmployeeView, employees, may

MOST = 4
SOON_SECONDS, AHEAD_SECONDS = 120, 600
LATE = ("bad", "tri", Words("已过时", "Late"))
SOON = ("bad", "tri", Words("快到点", "Nearly due"))
LITTLE = ("wait", "half", Words("剩不多", "Little time"))
NEXT = ("", "ring", Words("有时间", "In time"))
CALLER = Words("来电：{topic}", "Caller: {topic}")
PLACE = Words("第 {n} 位", "Place {n}")
CALL_BACK = Words("等我们回电", "Waits for our call")
NOBODY = Words("没有人接手", "Unclaimed")
AGENT = Words("工号 {n}", "Agent {n}")


@dataclass(frozen=True, slots=True)
class Risk:
    """``left``: minutes and seconds to go, with − once it is late. No customer is named: the wall hangs in a room."""

    left: str
    tone: str
    shape: str
    says: Words
    title: str
    more: list[str]
    href: str


@dataclass(frozen=True, slots=True)
class RiskPart:
    rows: list[Risk]
    count: int


def risk_part(employee: EmployeeView) -> RiskPart:
    """What is due within ten minutes or late, the most urgent first; the count is of all."""
    moment = now()
    callers = [
        (one.due_at, _caller(one, moment)) for one in line() if one.due_at and _left(one.due_at, moment) < AHEAD_SECONDS
    ]
    open_cases = [one for one in queue("all") if one.promise and one.promise.standing in ("at_risk", "broken")]
    hands = employees({one.assigned_id for one in open_cases if one.assigned_id})
    sees = may(employee, "see_cases")
    cases = [(one.promise.due_at, _case(one, moment, hands, sees)) for one in open_cases if one.promise and one.is_open]
    due = sorted([*callers, *cases], key=lambda pair: pair[0])
    return RiskPart([row for _, row in due[:MOST]], len(due))


def _left(due: datetime, moment: datetime) -> float:
    return (due - moment).total_seconds()


def _shown(due: datetime, moment: datetime) -> tuple[str, str, str, Words]:
    left = _left(due, moment)
    whole = int(abs(left))
    figure = f"{whole // 60}:{whole % 60:02d}" if whole < 3_600 else f"{whole // 3_600}h{whole % 3_600 // 60:02d}"
    tone, shape, says = LATE if left < 0 else SOON if left < SOON_SECONDS else LITTLE if left < AHEAD_SECONDS else NEXT
    return ("−" if left < 0 else "") + figure, tone, shape, says


def _caller(one: LineView, moment: datetime) -> Risk:
    assert one.due_at is not None
    where = str(CALL_BACK) if one.state == "call_back" else PLACE.say(n=one.position)
    return Risk(*_shown(one.due_at, moment), CALLER.say(topic=queue_words(one.topic)), [where], "")


def _case(one: CaseView, moment: datetime, hands: dict, sees: bool) -> Risk:
    assert one.promise is not None
    taken = hands.get(one.assigned_id)
    title = Words(one.title["zh-hans"], one.title["en"]).say()
    more = [one.reference, AGENT.say(n=taken.employee_number) if taken else str(NOBODY)]
    href = reverse("desk-case", args=[one.reference]) if sees else ""
    return Risk(*_shown(one.promise.due_at, moment), title, more, href)
