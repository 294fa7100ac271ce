"""The line as it stands: who waits, in which order, for whom we may call back, what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q

from walletdesk.foundation.clock.public import now
from walletdesk.service.hotline.expected_wait import expected_wait
from walletdesk.service.hotline.models import Call, CallBack, CallPromise, QueuePlace
from walletdesk.service.hotline.models.line import OPEN_CALL_BACKS, OPEN_PLACES
from walletdesk.service.hotline.queries.surroundings import ZONE, is_open
from walletdesk.service.hotline.rules import call_backs, queue_order
from walletdesk.service.hotline.rules.promise_times import kept_rate
from walletdesk.service.hotline.rules.queue_order import Standing
from walletdesk.trust.customers.public import customers

POSITION = (Path(__file__).resolve().parent.parent / "sql" / "position.sql").read_text()


@dataclass(frozen=True, slots=True)
class LineView:
    """One who waits. ``state``: waiting, offered, call_back. ``due_at``: what we promised, or None."""

    place_id: UUID
    call_id: UUID
    customer_id: UUID | None
    topic: str
    language: str
    urgent: int
    verified: bool
    joined_at: datetime
    state: str
    position: int
    due_at: datetime | None
    expected_seconds: int | None


@dataclass(frozen=True, slots=True)
class PromiseCount:
    """Promises of a time: made, kept, broken, waived (the caller left by themselves), still running; ``rate`` in %."""

    made: int
    kept: int
    broken: int
    waived: int
    running: int

    @property
    def rate(self) -> int | None:
        return kept_rate(self.kept, self.broken)


def standing(row: QueuePlace, at: datetime) -> Standing | None:
    """The place as the order looks at it; None for a call back that rests until its time."""
    held = row.state != "waiting"
    if row.state == "call_back":
        back = row.call_back
        if back.state == "waiting" and (back.not_before > at or not is_open(row.topic, at)):
            return None
    return Standing(str(row.id), row.topic, row.language, row.joined_at, row.order_at, row.front_at, held)


def open_places() -> list[QueuePlace]:
    return list(QueuePlace.objects.filter(state__in=OPEN_PLACES).select_related("call_back", "promise"))


def position_of(place: QueuePlace, at: datetime) -> int:
    """1 for the next in line. A call back that rests until its time stands before nobody."""
    ask = {"at": at, "front_at": place.front_at, "order_at": place.order_at, "joined_at": place.joined_at}
    with connection.cursor() as cursor:
        cursor.execute(POSITION, {**ask, "id": place.id})
        before: int = cursor.fetchone()[0]
    return before + 1


def line() -> list[LineView]:
    """Everybody who waits, the next one first."""
    at = now()
    rows = {str(row.id): row for row in open_places()}
    standings = [standing(row, at) or _resting(row) for row in rows.values()]
    views = []
    for number, one in enumerate(queue_order.in_order(standings), 1):
        row = rows[one.place]
        promise = getattr(row, "promise", None)
        views.append(
            LineView(
                row.id,
                row.call_id,
                row.customer_id,
                row.topic,
                row.language,
                row.urgent,
                row.verified,
                row.joined_at,
                row.state,
                number,
                promise.due_at if promise else None,
                expected_wait(row.topic, row.language, number, at),
            )
        )
    return views


def _resting(row: QueuePlace) -> Standing:
    return Standing(str(row.id), row.topic, row.language, row.joined_at, row.order_at, row.front_at, held=True)


def call_back_refusal(call: Call, at: datetime, *, owed: bool = False) -> str | None:
    """Why the caller is not called back now (rules/call_backs.py); None: we may. ``owed``: whatever they asked for today."""
    customer_id = call.customer_id
    known = customer_id and call_backs.knows_whom(call.kind, proven=call.verified_at is not None)
    person = customers([customer_id]).get(customer_id) if known and customer_id else None
    if person is None or customer_id is None:
        return "no_number"
    mine = CallBack.objects.filter(customer_id=customer_id)
    midnight = at.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    # A telephone number is given when the account is made and not changed later: it is as old as the account.
    return call_backs.refusal(
        on_file(person.phone),
        person.since,
        at,
        open_one=mine.filter(state__in=OPEN_CALL_BACKS).exists(),
        today=mine.filter(made_at__gte=midnight).count(),
        can_dial=bool(settings.HOTLINE_TRUNK),  # nobody is promised a call that nothing could carry
        owed=owed,
    )


def on_file(phone: str) -> str:
    """The number as it is dialled, in E.164; mainland numbers are shown without their country code."""
    return phone if not phone or phone.startswith("+") else f"+86{phone}"


def promise_count(since: datetime | None = None, until: datetime | None = None) -> PromiseCount:
    """Promises made in a time (the last thirty days unless told): the published rate counts these."""
    end = until or now()
    made = CallPromise.objects.filter(made_at__gte=since or end - timedelta(days=30), made_at__lt=end)
    sums = made.aggregate(
        made=Count("id"),
        kept=Count("id", filter=Q(kept_at__isnull=False)),
        broken=Count("id", filter=Q(broken_at__isnull=False)),
        waived=Count("id", filter=Q(waived_at__isnull=False)),
    )
    running = sums["made"] - sums["kept"] - sums["broken"] - sums["waived"]
    return PromiseCount(**sums, running=running)


def promises_at_risk(within: timedelta = timedelta(minutes=2)) -> int:
    """How many running promises are due soon, or overdue and not yet counted."""
    return CallPromise.objects.filter(kept_at=None, broken_at=None, waived_at=None, due_at__lt=now() + within).count()
