"""Papers as the reviewer sees them: whose, for what, the photos with what the machine measured, and whether they may judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from walletdesk.doors.agent_console.showing.status import Status
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.agent_actions.public import tier_proposal
from walletdesk.service.cases.public import case
from walletdesk.trust.customers.public import CustomerView, customers
from walletdesk.trust.staff.public import EmployeeView, employees
from walletdesk.trust.verification.public import DOCUMENTS, PURPOSES, SIDES, PapersView, may_judge

WAITING = Status(Words("等核对", "To judge"), "wait", "half")
NOT_YOURS = Status(Words("要别人核对", "For somebody else"), "plain", "hold")
ACCEPTED = Status(Words("可以", "Accepted"), "go", "done")
REJECTED = Status(Words("请重交", "Sent back"), "bad", "x")
MEASURED = Words(
    "{width} × {height} 像素，清晰度 {sharpness}，反光 {glare} %",
    "{width} × {height} pixels, sharpness {sharpness}, glare {glare} %",
)


@dataclass(frozen=True, slots=True)
class Row:
    id: UUID
    href: str
    title: Words
    customer: str
    at: datetime
    status: Status
    barred: bool


@dataclass(frozen=True, slots=True)
class Photo:
    words: Words
    src: str
    measured: str


@dataclass(frozen=True, slots=True)
class Set:
    """``photos`` is empty once it is decided, and for who may not judge it. ``looked``: who has looked first where two must;
    ``proposal``: where the second one decides.
    """

    id: UUID
    title: Words
    document: Words
    name: str
    number: str
    since_year: int
    at: datetime
    status: Status
    open: bool
    may: bool
    reason: str
    reviewer: Words | None
    decided_at: datetime | None
    case_reference: str
    case_href: str
    photos: list[Photo]
    looked: Words | None = None
    proposal: str = ""


def rows(found: Sequence[PapersView], employee: EmployeeView) -> list[Row]:
    people = customers({one.customer_id for one in found})
    return [_row(one, people[one.customer_id], employee) for one in found]


def _row(one: PapersView, person: CustomerView, employee: EmployeeView) -> Row:
    may = _may(one, employee)
    href = reverse("desk-papers-one", args=[one.id])
    return Row(one.id, href, PURPOSES[one.purpose], person.name, one.handed_in_at, _status(one, may), not may)


def may_see(one: PapersView, employee: EmployeeView) -> bool:
    """While they wait, and only who may judge them."""
    return one.state == "waiting" and _may(one, employee)


def one(found: PapersView, employee: EmployeeView) -> Set:
    person = customers([found.customer_id])[found.customer_id]
    reviewer = employees([found.reviewer_id]).get(found.reviewer_id) if found.reviewer_id else None
    reference = case(found.case_id).reference if found.case_id else ""
    first = tier_proposal(found) if found.purpose == "tier" else None
    return Set(
        id=found.id,
        title=PURPOSES[found.purpose],
        document=DOCUMENTS[found.document],
        name=person.name,
        number=person.number,
        since_year=person.since.year,
        at=found.handed_in_at,
        status=_status(found, _may(found, employee)),
        open=found.state == "waiting",
        may=_may(found, employee),
        reason=found.reason,
        reviewer=reviewer.label if reviewer else None,
        decided_at=found.decided_at,
        case_reference=reference,
        case_href=reverse("desk-case", args=[reference]) if reference else "",
        photos=_photos(found) if may_see(found, employee) else [],
        looked=first.maker.label if first else None,
        proposal=reverse("desk-proposal", args=[first.id]) if first else "",
    )


def _photos(found: PapersView) -> list[Photo]:
    shown = []
    for kept in found.photos:
        measured = kept.quality
        words = MEASURED.say(
            width=int(measured["width"]),
            height=int(measured["height"]),
            sharpness=round(measured["sharpness"]),
            glare=round(100 * measured["glare"], 1),
        )
        shown.append(Photo(SIDES[kept.side], reverse("desk-papers-photo", args=[found.id, kept.side]), words))
    return shown


def _may(found: PapersView, employee: EmployeeView) -> bool:
    handler = case(found.case_id).assigned_id if found.case_id else None
    return may_judge(employee, found, handler)


def _status(found: PapersView, may: bool) -> Status:
    if found.state == "waiting":
        return WAITING if may else NOT_YOURS
    return ACCEPTED if found.state == "accepted" else REJECTED
