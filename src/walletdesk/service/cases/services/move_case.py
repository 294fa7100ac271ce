"""The step every verb of a case takes: lock it, let an event move it, write that down, tell who looks."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from walletdesk.foundation.outbox.public import publish_many
from walletdesk.service.cases.errors import CaseNotFound
from walletdesk.service.cases.events import CaseChanged
from walletdesk.service.cases.models import Case, Promise, TimelineEvent
from walletdesk.service.cases.queries import promise_clock
from walletdesk.service.cases.rules.promises import PromiseClock
from walletdesk.service.cases.rules.queue_order import queue_at
from walletdesk.service.cases.rules.states import step
from walletdesk.service.cases.services.note_events import Entry, rows_of


def locked_case(case_id: uuid.UUID, **also: Any) -> Case:
    """The case's row, locked until the transaction ends; ``also`` narrows who owns it. Refuses: ``CaseNotFound``."""
    row = Case.objects.select_for_update(no_key=True).filter(id=case_id, **also).first()
    if row is None:
        raise CaseNotFound()
    return row


def move(row: Case, event: str, at: datetime, entries: Sequence[Entry] = (), **changes: Any) -> None:
    """Let ``event`` move a locked case, with ``changes`` of other columns and ``entries`` for its timeline.

    Refuses an event that the state does not know (``CaseEventRefused``). Puts the case at its place in the queue anew.
    """
    row.state = step(row.state, event)
    row.changed_at = at
    for name, value in changes.items():
        setattr(row, name, value)
    if row.state not in ("resolved", "closed"):
        row.confirm_by = None
    row.queue_at = place_in_queue(row)
    row.save()
    TimelineEvent.objects.bulk_create(rows_of(entries), ignore_conflicts=True)
    publish_many([CaseChanged(row.id, row.customer_id, row.merchant_id, event, row.state, at)])


def place_in_queue(row: Case) -> datetime:
    """The moment by which the case is ordered, from its promises as they stand."""
    dues = (clock.due_at for _, clock in promises_of(row.id) if not clock.is_fulfilled)
    return queue_at(dues, row.since, row.priority)


def promises_of(case_id: uuid.UUID) -> list[tuple[Promise, PromiseClock]]:
    """A case's promises in the order they were made, each row with its clock."""
    rows = Promise.objects.filter(case_id=case_id).order_by("made_at", "due_at")
    return [(promise, promise_clock(promise)) for promise in rows]
