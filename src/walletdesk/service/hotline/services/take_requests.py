"""What pages laid before the hotline's process: taken once, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.service.hotline.models import DeskRequest, HotlineSignal, Presence
from walletdesk.service.hotline.rules.places import FlowEvent
from walletdesk.service.hotline.rules.presence import AVAILABLE, OFFERED, PAUSED
from walletdesk.service.hotline.rules.written import read
from walletdesk.service.hotline.services.move_presence import change, locked

MOST = 500


@dataclass(frozen=True, slots=True)
class SignalView:
    id: int
    seat: str
    body: dict[str, Any]


def take_requests() -> list[tuple[str, FlowEvent]]:
    """Wishes of desks and answers of customers, as events of their calls. Each is handed out once."""
    with transaction.atomic():
        rows = list(DeskRequest.objects.select_for_update(skip_locked=True).filter(taken_at=None).order_by("id")[:MOST])
        DeskRequest.objects.filter(id__in=[row.id for row in rows]).update(taken_at=now())
    return [(str(row.call_id), read(row.event)) for row in rows]


def take_signals() -> list[tuple[str, dict[str, Any]]]:
    """(seat, word) of what pages said to the hotline, each once, in order."""
    with transaction.atomic():
        waiting = HotlineSignal.objects.filter(direction="in", heard_at=None).order_by("id")
        rows = list(waiting.select_for_update(skip_locked=True)[:MOST])
        HotlineSignal.objects.filter(id__in=[row.id for row in rows]).update(heard_at=now())
    return [(row.seat, row.body) for row in rows]


def post_signal(seat: str, direction: Literal["in", "out"], body: dict[str, Any]) -> int:
    """A word between a page and the hotline; its number. An agent's page that goes takes its agent out of the line."""
    with transaction.atomic():
        row = HotlineSignal.objects.create(seat=seat, direction=direction, body=body, at=now())
        if direction == "in" and seat.startswith("agent:"):
            _note_page(seat, str(body.get("type", "")))
    return row.id


def signals_after(seat: str, direction: Literal["in", "out"], after: int) -> list[SignalView]:
    """What was said to this seat after number ``after``, in order."""
    rows = HotlineSignal.objects.filter(seat=seat, direction=direction, id__gt=after).order_by("id")[:MOST]
    return [SignalView(row.id, row.seat, row.body) for row in rows]


def _note_page(seat: str, word: str) -> None:
    presence = Presence.objects.filter(seat=seat).first()
    if presence is None:
        return
    if word == "gone" and presence.state in (AVAILABLE, OFFERED):
        change(locked(presence.employee_id), PAUSED, "page_closed", now())
    elif word == "here":
        Presence.objects.filter(pk=presence.pk).update(seen_at=now())
