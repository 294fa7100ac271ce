"""Reads of cases. Who may read which is decided by the functions that take a customer or a merchant: others' are not found."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from walletdesk.foundation.clock.public import now
from walletdesk.service.cases.errors import CaseNotFound
from walletdesk.service.cases.models import Case, CaseBill, CasePayment, Promise, TimelineEvent
from walletdesk.service.cases.rules.promises import PromiseClock, minutes_early, seconds_left, standing
from walletdesk.service.cases.rules.states import STATE_WORDS

OPEN_FIRST = (F("closed_at").desc(nulls_first=True), "-created_at")
HELD = ("waiting_customer", "waiting_other", "resolved")


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A promise with its standing (running, at_risk, kept, broken) at the moment of reading."""

    id: uuid.UUID
    kind: str
    words: dict[str, str]
    clock: PromiseClock
    standing: str
    seconds_left: int
    minutes_early: int

    @property
    def due_at(self) -> datetime:
        return self.clock.due_at

    @property
    def made_at(self) -> datetime:
        return self.clock.made_at

    @property
    def kept_at(self) -> datetime | None:
        return self.clock.kept_at

    @property
    def broken_at(self) -> datetime | None:
        return self.clock.broken_at


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as every door reads it. ``promise`` is the one that counts now: unfulfilled first, else the last."""

    id: uuid.UUID
    reference: str
    kind: str
    title: dict[str, str]
    customer_id: uuid.UUID
    merchant_id: uuid.UUID | None
    opened_by: str
    state: str
    assigned_id: uuid.UUID | None
    priority: int
    device: dict[str, str]
    language: str
    created_at: datetime
    changed_at: datetime
    queue_at: datetime
    confirm_by: datetime | None
    closed_at: datetime | None
    closings: int
    summary: dict[str, Any] | None
    about_employee_id: uuid.UUID | None
    payment_ids: tuple[uuid.UUID, ...]
    promises: tuple[PromiseView, ...]
    rated: int | None

    @property
    def is_open(self) -> bool:
        return self.state != "closed"

    @property
    def state_words(self) -> dict[str, str]:
        return STATE_WORDS[self.state].both()

    @property
    def promise(self) -> PromiseView | None:
        waiting = [promise for promise in self.promises if not promise.clock.is_fulfilled]
        return min(waiting, key=lambda one: one.due_at) if waiting else (self.promises[-1] if self.promises else None)


@dataclass(frozen=True, slots=True)
class TimelineView:
    """One thing that happened; ``audience`` is ``both`` or ``staff``."""

    id: int
    at: datetime
    actor_kind: str
    actor_id: uuid.UUID | None
    actor_number: str
    actor_name: dict[str, str]
    kind: str
    words: dict[str, str]
    detail: dict[str, Any]
    audience: str


def case(case_id: uuid.UUID) -> CaseView:
    """Refuses an unknown id (``CaseNotFound``). For rooms and the desk; doors of customers use :func:`case_of_customer`."""
    return _one(Case.objects.filter(id=case_id))


def case_by_reference(reference: str) -> CaseView:
    return _one(Case.objects.filter(reference=reference.strip().upper()))


def case_for_employee(employee_id: uuid.UUID, reference: str) -> CaseView:
    """A case at the desk. The one it complains about does not find it."""
    return _one(Case.objects.filter(reference=reference.strip().upper()).exclude(about_employee_id=employee_id))


def case_of_customer(customer_id: uuid.UUID, reference: str) -> CaseView:
    """The customer's own case. Another's is not found, in the same words as one that does not exist."""
    return _one(Case.objects.filter(customer_id=customer_id, reference=reference.strip().upper()))


def case_of_merchant(merchant_id: uuid.UUID, reference: str) -> CaseView:
    """A case that concerns this merchant; any other is not found."""
    return _one(Case.objects.filter(merchant_id=merchant_id, reference=reference.strip().upper()))


def cases_of_customer(customer_id: uuid.UUID, limit: int = 50) -> list[CaseView]:
    """Open ones first, then the latest."""
    rows = Case.objects.filter(customer_id=customer_id).order_by(*OPEN_FIRST)
    return views(rows[:limit])


def cases_of_merchant(merchant_id: uuid.UUID, limit: int = 50) -> list[CaseView]:
    rows = Case.objects.filter(merchant_id=merchant_id).order_by(*OPEN_FIRST)
    return views(rows[:limit])


def cases_by_age(
    *,
    customer_id: uuid.UUID | None = None,
    merchant_id: uuid.UUID | None = None,
    before: tuple[datetime, uuid.UUID] | None = None,
    limit: int = 50,
) -> list[CaseView]:
    """The cases of one side, the newest first, whatever became of them: for reading page by page. ``before`` is when the last
    one seen was opened, and its id. Name one side; ValueError for none.
    """
    if (customer_id is None) == (merchant_id is None):
        raise ValueError("name a customer or a merchant")
    side = Q(customer_id=customer_id) if customer_id else Q(merchant_id=merchant_id)
    rows = Case.objects.filter(side)
    if before:
        at, last = before
        rows = rows.filter(Q(created_at__lt=at) | Q(created_at=at, id__lt=last))
    return views(rows.order_by("-created_at", "-id")[:limit])


def open_cases_of_payments(payment_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[CaseView]]:
    """For each payment the open cases that concern it; a payment without one is absent."""
    links = list(
        CasePayment.objects.filter(payment_id__in=list(payment_ids), case_open=True).values_list(
            "payment_id", "case_id"
        )
    )
    found = {view.id: view for view in views(Case.objects.filter(id__in=[case_id for _, case_id in links]))}
    by_payment: dict[uuid.UUID, list[CaseView]] = {}
    for payment_id, case_id in links:
        by_payment.setdefault(payment_id, []).append(found[case_id])
    return by_payment


def open_cases_of_bill(bill_id: uuid.UUID) -> list[CaseView]:
    """The open cases about a line of the bills that is no charged payment."""
    links = CaseBill.objects.filter(bill_id=bill_id, case_open=True)
    return views(Case.objects.filter(id__in=links.values("case_id")))


def queue(which: str, employee_id: uuid.UUID | None = None, limit: int = 100) -> list[CaseView]:
    """The desk's queue, next first. ``which``: ``mine``, ``waiting`` (nobody has it), ``held`` or ``all``."""
    return views(_queue_rows(which, employee_id).order_by("queue_at", "id")[:limit])


def queue_counts(employee_id: uuid.UUID | None = None) -> dict[str, int]:
    """How many stand under each heading of the queue: ``{"mine": 5, "waiting": 7, "held": 3, "all": 12}``."""
    return _not_about(Case.objects.exclude(state="closed"), employee_id).aggregate(
        mine=Count("id", filter=Q(assigned_id=employee_id) if employee_id else Q(pk__in=[])),
        waiting=Count("id", filter=Q(assigned_id=None)),
        held=Count("id", filter=Q(state__in=HELD)),
        all=Count("id"),
    )


def search_cases(text: str, limit: int = 20, employee_id: uuid.UUID | None = None) -> list[CaseView]:
    """Cases by reference (whole or its end) or by words of the title, the newest first; none that complains about
    ``employee_id``. An empty text finds nothing.
    """
    wanted = text.strip()[:80]
    if not wanted:
        return []
    rows = _not_about(Case.objects.all(), employee_id).filter(
        Q(reference__iendswith=wanted)
        | Q(reference__istartswith=wanted)
        | Q(**{"title__zh-hans__icontains": wanted})
        | Q(title__en__icontains=wanted)
    )
    return views(rows.order_by("-created_at")[:limit])


def timeline(case_id: uuid.UUID, audience: str = "both") -> list[TimelineView]:
    """What happened, oldest first. ``audience="staff"`` adds what only staff may read."""
    rows = TimelineEvent.objects.filter(case_id=case_id).order_by("at", "id")
    if audience != "staff":
        rows = rows.filter(audience="both")
    return [
        TimelineView(
            row.id, row.at, row.actor_kind, row.actor_id, row.actor_number, row.actor_name, row.kind, row.words, row.detail,
            row.audience,
        )
        for row in rows
    ]  # fmt: skip


def views(rows: QuerySet[Case]) -> list[CaseView]:
    """The views of cases with their payments, promises and rating, in four statements however many they are."""
    moment = now()
    return [_view(row, moment) for row in rows.prefetch_related("case_payments", "promises", "ratings")]


def _one(rows: QuerySet[Case]) -> CaseView:
    found = views(rows)
    if not found:
        raise CaseNotFound()
    return found[0]


def _queue_rows(which: str, employee_id: uuid.UUID | None) -> QuerySet[Case]:
    rows = _not_about(Case.objects.exclude(state="closed"), employee_id)
    match which:
        case "mine":
            return rows.filter(assigned_id=employee_id) if employee_id else rows.none()
        case "waiting":
            return rows.filter(assigned_id=None)
        case "held":
            return rows.filter(state__in=HELD)
        case "all":
            return rows
    raise ValueError(f"the queue has no heading {which!r}")


def _not_about(rows: QuerySet[Case], employee_id: uuid.UUID | None) -> QuerySet[Case]:
    return rows.exclude(about_employee_id=employee_id) if employee_id else rows


def promise_clock(row: Promise) -> PromiseClock:
    return PromiseClock(row.made_at, row.due_at, row.kept_at, row.broken_at, row.late_at)


def _promise_view(row: Promise, moment: datetime) -> PromiseView:
    clock = promise_clock(row)
    return PromiseView(
        row.id, row.kind, row.words, clock, standing(clock, moment), seconds_left(clock, moment), minutes_early(clock)
    )


def _view(row: Case, moment: datetime) -> CaseView:
    promises = sorted(row.promises.all(), key=lambda promise: (promise.made_at, promise.due_at))
    ratings = {rating.closing: rating.stars for rating in row.ratings.all()}
    return CaseView(
        id=row.id,
        reference=row.reference,
        kind=row.kind,
        title=row.title,
        customer_id=row.customer_id,
        merchant_id=row.merchant_id,
        opened_by=row.opened_by,
        state=row.state,
        assigned_id=row.assigned_id,
        priority=row.priority,
        device=row.device,
        language=row.language,
        created_at=row.created_at,
        changed_at=row.changed_at,
        queue_at=row.queue_at,
        confirm_by=row.confirm_by,
        closed_at=row.closed_at,
        closings=row.closings,
        summary=row.summary,
        about_employee_id=row.about_employee_id,
        payment_ids=tuple(link.payment_id for link in sorted(row.case_payments.all(), key=lambda link: link.place)),
        promises=tuple(_promise_view(promise, moment) for promise in promises),
        rated=ratings.get(row.closings),
    )


@dataclass(frozen=True, slots=True)
class PromisesCounted:
    """Of the promises made in a time: kept, broken (done late is broken), not due yet."""

    kept: int
    broken: int
    running: int


def promises_counted(since: datetime, until: datetime) -> PromisesCounted:
    """Promises made in ``since`` ≤ moment < ``until``."""
    made = Promise.objects.filter(made_at__gte=since, made_at__lt=until)
    sums = made.aggregate(
        kept=Count("id", filter=Q(kept_at__isnull=False)),
        broken=Count("id", filter=Q(broken_at__isnull=False)),
        all=Count("id"),
    )
    return PromisesCounted(sums["kept"], sums["broken"], sums["all"] - sums["kept"] - sums["broken"])
