"""A promise is fulfilled, and it is written down whether in time."""

from __future__ import annotations

import uuid

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.cases.models import Case, Promise
from walletdesk.service.cases.rules.actor import THE_SYSTEM, Actor
from walletdesk.service.cases.rules.promises import PromiseClock, fulfil, minutes_early
from walletdesk.service.cases.services.move_case import locked_case, place_in_queue, promises_of
from walletdesk.service.cases.services.note_events import Entry, note_events

KEPT = Words("承诺守住了，提前 {minutes} 分钟", "The promise was kept, {minutes} minutes early")
LATE = Words("承诺晚了 {minutes} 分钟才做到", "The promise was fulfilled {minutes} minutes late")


def keep_promise(case_id: uuid.UUID, kind: str = "answer", actor: Actor = THE_SYSTEM) -> None:
    """Fulfil the case's unfulfilled promise of ``kind``; without one nothing happens. Refuses: ``CaseNotFound``."""
    with transaction.atomic():
        row = locked_case(case_id)
        fulfil_promises(row, actor, kind)
        Case.objects.filter(id=case_id).update(queue_at=place_in_queue(row))


def fulfil_promises(row: Case, actor: Actor, kind: str | None = None) -> None:
    """Fulfil the unfulfilled promises of a locked case: those of ``kind``, or all."""
    at = now()
    for promise, clock in promises_of(row.id):
        if clock.is_fulfilled or (kind is not None and promise.kind != kind):
            continue
        settled = fulfil(clock, at)
        write_clock(promise, settled)
        minutes = minutes_early(settled)
        words = KEPT.both(minutes=minutes) if settled.kept_at else LATE.both(minutes=abs(minutes))
        name = "promise_kept" if settled.kept_at else "promise_late"
        note_events([Entry(row.id, name, words, actor, {"promise": str(promise.id)}, once=f"{name}:{promise.id}")])


def write_clock(promise: Promise, clock: PromiseClock) -> None:
    promise.kept_at, promise.broken_at, promise.late_at = clock.kept_at, clock.broken_at, clock.late_at
    promise.save(update_fields=["kept_at", "broken_at", "late_at"])
