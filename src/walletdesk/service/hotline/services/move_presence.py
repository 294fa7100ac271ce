"""Where an agent stands changes: by their own wish, or by a call."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish
from walletdesk.service.hotline.errors import PresenceRefused, ReasonUnknown, SeatMissing
from walletdesk.service.hotline.events import PresenceChanged
from walletdesk.service.hotline.models import Presence
from walletdesk.service.hotline.rules.presence import (
    AVAILABLE,
    LOGGED_OFF,
    ON_CALL,
    OWN_REASONS,
    PAUSED,
    STATE_WORDS,
    may_move,
    may_wish,
)
from walletdesk.trust.staff.public import employees, insist


def set_presence(employee_id: UUID, state: str, reason: str = "", seat: str = "") -> str:
    """The agent's own wish; the state that holds now. In a call the wish is kept and takes effect after it.

    Refuses, in this order: who does not take calls (``ActNotAllowed``); a pause without its reason (``ReasonUnknown``);
    ``available`` without a page that rings (``SeatMissing``); a state that nobody goes to from here (``PresenceRefused``).
    """
    insist(employees([employee_id]).get(employee_id), "work_cases")
    if state == PAUSED and reason not in OWN_REASONS:
        raise ReasonUnknown(reason=reason)
    with transaction.atomic():
        row = locked(employee_id)
        if seat:
            row.seat = seat
        if state == AVAILABLE and not row.seat:
            raise SeatMissing()
        if row.state == ON_CALL and state in (AVAILABLE, PAUSED, LOGGED_OFF):
            row.next_state, row.next_reason = state, reason
            row.save()
            return row.state
        if row.state != state and not may_wish(row.state, state):
            raise PresenceRefused(state_words=STATE_WORDS[row.state], wish_words=STATE_WORDS.get(state, state))
        change(row, state, reason, now())
    return row.state


def locked(employee_id: UUID) -> Presence:
    Presence.objects.get_or_create(employee_id=employee_id)
    return Presence.objects.select_for_update().get(employee_id=employee_id)


def move(employee_id: UUID, to: str, at: datetime, reason: str = "") -> Presence:
    """A call brings the agent there; where that is not possible (they are there already) nothing changes."""
    row = locked(employee_id)
    if may_move(row.state, to):
        change(row, to, reason, at)
    return row


def change(row: Presence, state: str, reason: str, at: datetime) -> None:
    """Save, and tell whoever looks. Who is available anew keeps the time since when."""
    if (row.state, row.reason) != (state, reason):
        row.state, row.reason, row.since = state, reason, at
        publish(PresenceChanged(row.employee_id, state, at))
    row.next_state = row.next_reason = ""
    row.save()


def after_call(row: Presence) -> tuple[str, str]:
    """Where an agent goes when a call is done with: where they wished to, else available."""
    return (row.next_state, row.next_reason) if row.next_state else (AVAILABLE, "")
