"""One event of one call: heard once, stored with everything that followed from it, answered with what the door does now."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from walletdesk.service.hotline.errors import CallNotFound
from walletdesk.service.hotline.models import Call, CallLeg
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.gateway_words import (
    CallAnswered,
    CallEnded,
    MediaStats,
    OriginateResult,
    RecordingReady,
)
from walletdesk.service.hotline.rules.places import FlowEvent
from walletdesk.service.hotline.rules.room_words import Verified
from walletdesk.service.hotline.rules.written import read
from walletdesk.service.hotline.services.acts import ACTS
from walletdesk.service.hotline.services.prove_caller import mark_verified
from walletdesk.service.hotline.services.record_call import recording_ready
from walletdesk.service.hotline.services.run import Run


@dataclass(frozen=True, slots=True)
class Heard:
    """What the door does now, in this order."""

    commands: tuple[ask.SoundCommand, ...]


def hear(call_id: UUID | str, event: FlowEvent, number: int) -> Heard:
    """One step of the call. ``number`` counts its events from 1: the last one told again is answered again and not done
    again, an earlier one is answered with nothing. Room words, facts and the flow stand in one transaction.

    Refuses: ``CallNotFound``.
    """
    with transaction.atomic():
        call = Call.objects.select_for_update(no_key=True).filter(id=call_id).first()
        if call is None:
            raise CallNotFound()
        if number <= call.heard:
            return Heard(read(call.answer) if number == call.heard else ())
        run = Run(call, ACTS)
        run.note(event, number)
        _book(run, event)
        if isinstance(event, Verified) and event.how == "approval":
            if call.verified_at is None:
                event = mark_verified(run, UUID(event.customer), "approval")
                run.hear(event)
        else:
            run.hear(event)
        run.save(number)
    return Heard(tuple(run.sound))


def _book(run: Run, event: FlowEvent) -> None:
    """What the gateway tells of a line is kept with the line, also after the call is over."""
    legs = CallLeg.objects.filter(call=run.call)
    match event:
        case CallAnswered(leg):
            legs.filter(id=leg, answered_at=None).update(answered_at=run.at)
        case OriginateResult(leg, outcome) if outcome != "answered":
            legs.filter(id=leg, ended_at=None).update(ended_at=run.at, reason=outcome)
        case CallEnded(leg, reason):
            legs.filter(id=leg, ended_at=None).update(ended_at=run.at, reason=reason)
        case MediaStats():
            legs.filter(id=event.leg).update(
                received=event.received, lost=event.lost, jitter_ms=event.jitter_ms, delay_ms=event.delay_ms
            )
        case RecordingReady():
            recording_ready(run, event)
