"""What oversight shows: alarms and their answers, the matrix of pairs, third looks, openings, canaries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from walletdesk.doors.agent_console.showing import customer
from walletdesk.doors.agent_console.showing.status import Status
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.profiles.public import value
from walletdesk.service.agent_actions.public import CustomerCard
from walletdesk.service.cases.public import CaseNotFound, case
from walletdesk.service.oversight.public import (
    AlarmView,
    GlassView,
    PairRow,
    alarms,
    canaries,
    glasses,
    open_alarms,
    pair_rows,
    third_looks,
)
from walletdesk.trust.approvals.public import kinds_of, proposal
from walletdesk.trust.customers.public import customers
from walletdesk.trust.staff.public import EmployeeView, may

OPEN = Status(Words("等人处理", "Waiting"), "bad", "tri")
ANSWERED = Status(Words("已处理", "Answered"), "go", "done")
STANDS = Status(Words("打开着", "Open"), "bad", "tri")
OVER = Status(Words("已结束", "Over"), "plain", "flat")
WHY_PAIR = {
    "always": Words("总是同一个人批", "Always the same checker"),
    "each_other": Words("互相批", "They decide for each other"),
}
WHY_LOOK = {"lot": Words("抽签抽到", "Drawn by lot"), "pair": Words("这一对批得太多", "This pair agrees often")}
CELL, LEFT, TOP = 44, 92, 34


@dataclass(frozen=True, slots=True)
class Tab:
    key: str
    words: Words
    href: str
    count: int


def tabs(employee: EmployeeView) -> list[Tab]:
    found: list[Tab] = []
    if may(employee, "see_oversight"):
        found += [
            Tab("alarms", Words("警报", "Alarms"), reverse("desk-oversight"), open_alarms()),
            Tab("pairs", Words("谁批谁的", "Who decides whose"), reverse("desk-pairs"), 0),
            Tab("openings", Words("紧急打开", "Emergency openings"), reverse("desk-openings"), 0),
        ]
    if may(employee, "see_audit"):
        found.append(Tab("acts", Words("操作记录", "Record of acts"), reverse("desk-record"), 0))
    if may(employee, "look_third"):
        found.append(Tab("third", Words("第三人抽查", "Third looks"), reverse("desk-third"), len(third_looks(99))))
    if may(employee, "place_canaries"):
        found.append(Tab("canaries", Words("诱饵账户", "Canaries"), reverse("desk-canaries"), 0))
    return found


def alarm_lists(employee: EmployeeView) -> dict[str, Any]:
    """The alarms that wait, and the latest that were answered."""
    waiting = [_alarm(one, employee) for one in alarms(100, open_only=True)]
    answered = [_alarm(one, employee) for one in alarms(60) if one.answered_at is not None][:30]
    return {"waiting": waiting, "answered": answered}


def _alarm(one: AlarmView, reader: EmployeeView) -> dict[str, Any]:
    return {
        "id": one.id,
        "words": one.words,
        "at": one.at,
        "number": one.about.employee_number,
        "own": one.about.id == reader.id,
        "href": _link(one, reader),
        "status": ANSWERED if one.answered_at else OPEN,
        "by": one.answered_by.label if one.answered_by else None,
        "answered_at": one.answered_at,
        "answer": one.answer,
    }


def _link(one: AlarmView, reader: EmployeeView) -> str:
    """Where the matter can be read, if this reader may."""
    if one.case_id is not None and may(reader, "see_cases"):
        try:
            return reverse("desk-case", args=[case(one.case_id).reference])
        except CaseNotFound:
            return ""
    kind, _, key = one.subject.partition(":")
    if kind == "glass":
        return reverse("desk-openings")
    made = proposal(UUID(key)) if kind == "proposal" else None
    if made is not None and may(reader, "see_approvals") and made.kind in kinds_of(reader):
        return reverse("desk-proposal", args=[made.id])
    return reverse("desk-pairs") if one.kind == "one_checker" else ""


def pairs() -> dict[str, Any]:
    """The matrix and its table, the most frequent pair first."""
    found = sorted(pair_rows(), key=lambda row: (not row.why, -(row.approved + row.rejected)))
    return {
        "rows": [{"pair": row, "why": WHY_PAIR.get(row.why)} for row in found],
        "matrix": _matrix(found) if found else "",
        "days": value("pairs.days"),
        "least": value("pairs.least"),
        "share": value("pairs.share_percent"),
    }


def _matrix(found: list[PairRow]) -> SafeString:
    """Makers down, checkers across; darker is more, a ring is a pair that is told of."""
    makers = sorted({row.maker.employee_number for row in found})
    checkers = sorted({row.checker.employee_number for row in found})
    most = max(row.approved + row.rejected for row in found)
    across = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        ((LEFT + CELL * place + CELL // 2, TOP - 10, number) for place, number in enumerate(checkers)),
    )
    down = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="end">{}</text>',
        ((LEFT - 10, TOP + CELL * place + CELL // 2 + 5, number) for place, number in enumerate(makers)),
    )
    cells = format_html_join("", "{}", ((_cell(row, makers, checkers, most),) for row in found))
    width, height = LEFT + CELL * len(checkers) + 4, TOP + CELL * len(makers) + 4
    label = Words("提议人在左，批准人在上，格子里是次数", "Makers down, checkers across, how often in the cells")
    return format_html(
        '<svg class="matrix" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">{}{}{}</svg>',
        width,
        height,
        width,
        height,
        label,
        across,
        down,
        cells,
    )


def _cell(row: PairRow, makers: list[str], checkers: list[str], most: int) -> SafeString:
    x = LEFT + CELL * checkers.index(row.checker.employee_number)
    y = TOP + CELL * makers.index(row.maker.employee_number)
    count = row.approved + row.rejected
    heat = max(1, round(4 * count / most))
    return format_html(
        '<rect class="h{}{}" x="{}" y="{}" width="{}" height="{}" rx="3"/>'
        '<text class="on{}" x="{}" y="{}" text-anchor="middle">{}</text>',
        heat,
        " told" if row.why else "",
        x + 2,
        y + 2,
        CELL - 4,
        CELL - 4,
        heat,
        x + CELL // 2,
        y + CELL // 2 + 5,
        count,
    )


def openings() -> list[dict[str, Any]]:
    return opening_rows(glasses(100))


def opening_rows(found: list[GlassView]) -> list[dict[str, Any]]:
    moment = now()
    people = customers({one.customer_id for one in found})
    return [
        {
            "id": one.id,
            "agent": one.employee.label,
            "number": people[one.customer_id].number,
            "reason": one.reason,
            "opened_at": one.opened_at,
            "until": one.ended_at or one.until,
            "status": STANDS if one.stands(moment) else OVER,
            "stands": one.stands(moment),
        }
        for one in found
    ]


def thirds(employee: EmployeeView) -> dict[str, Any]:
    """What waits for a third person, and what was looked at; one's own matters cannot be looked at."""

    def row(one: Any) -> dict[str, Any]:
        made = proposal(one.proposal_id)
        readable = made is not None and may(employee, "see_approvals") and made.kind in kinds_of(employee)
        return {
            "look": one,
            "why": WHY_LOOK[one.why],
            "own": employee.id in (one.maker.id, one.checker.id),
            "href": reverse("desk-proposal", args=[one.proposal_id]) if readable else "",
        }

    return {
        "waiting": [row(one) for one in third_looks()],
        "done": [row(one) for one in third_looks(20, open_only=False)],
    }


def canary_rows() -> list[dict[str, Any]]:
    found = canaries()
    people = customers({one.customer_id for one in found})
    return [{"canary": one, "number": people[one.customer_id].number} for one in found]


def card(shown: CustomerCard) -> dict[str, Any]:
    """The customer behind an emergency opening."""
    rows: list[tuple[datetime, Any, Status, Any]] = [
        (row.at, row.title, customer.activity_status(row), row.amount) for row in shown.activity or []
    ]
    return {
        "number": shown.number,
        "name": shown.name,
        "phone": shown.phone,
        "email": shown.email,
        "status": customer.FROZEN if shown.frozen else customer.IN_ORDER,
        "wallets": shown.wallets or [],
        "rows": rows,
        "cases": [(one.reference, one.title, reverse("desk-case", args=[one.reference])) for one in shown.cases],
    }
