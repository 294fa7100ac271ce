"""A call comes in: is there a line for it, and does it bring a token that says who calls?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.profiles.public import value
from walletdesk.service.hotline.models import Call, CallEvent, CallLeg, CallToken, MenuVersion
from walletdesk.service.hotline.rules import admission
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.flow_state import GENERAL, CallKind, Flow
from walletdesk.service.hotline.rules.gateway_words import CallOffered
from walletdesk.service.hotline.rules.written import write
from walletdesk.service.hotline.services.acts import ACTS
from walletdesk.service.hotline.services.prove_caller import mark_verified, short_code
from walletdesk.service.hotline.services.run import Run

LANGUAGES = ("zh-hans", "en")
LONGEST_NUMBER = 32


@dataclass(frozen=True, slots=True)
class Taken:
    """A new call, its caller's leg and what the door does now; ``call_id`` is empty when there was no line for it."""

    call_id: str
    caller: str
    commands: tuple[ask.SoundCommand, ...]


def take_in_call(offered: CallOffered) -> Taken:
    """Answered, or told to come back. Safe to repeat: the leg of a call that is there already gets its first answer.

    The number that the network shows is counted, shown to the desk, and believed by nobody.
    """
    with transaction.atomic():
        known = CallLeg.objects.filter(id=offered.leg).select_related("call").first()
        if known is not None:
            return Taken(str(known.call_id), offered.leg, (ask.Answer(offered.leg),))
        token = _use_token(offered.token) if offered.token else None
        refused = admission.refusal(_lines(offered.number), withheld=not offered.number, token=token is not None)
        if refused:
            rejected = ask.Reject(offered.leg, busy=refused == "too_often", retry_after=admission.RETRY_AFTER)
            return Taken("", offered.leg, (rejected,))
        call = new_call(offered.leg, offered.kind, language=_language(offered, token))
        call.number_shown, call.dialled = offered.number[:LONGEST_NUMBER], offered.dialled[:LONGEST_NUMBER]
        call.case_id = token.case_id if token else None
        call.save(force_insert=True)
        CallLeg.objects.create(id=offered.leg, call=call, role="caller", kind=offered.kind, began_at=call.arrived_at)
        CallEvent.objects.create(call=call, number=0, at=call.arrived_at, name="CallOffered", place=call.place)
        return _begin(call, token.customer_id if token else None)


def new_call(
    leg: str,
    kind: CallKind,
    *,
    language: str = "",
    call_id: UUID | None = None,
    customer: str = "",
    topic: str = GENERAL,
) -> Call:
    """A call's row, not yet saved, with the menu that is live now."""
    id_ = call_id or uuid7()
    place = "dialling" if kind == "call_back" else "answering"
    flow = Flow(str(id_), leg, kind, place, language=language, customer=customer, topic=topic)
    live = MenuVersion.objects.filter(state="live").first()
    return Call(id=id_, kind=kind, language=language, short_code=short_code(), place=place, flow=write(flow), menu=live)


def _begin(call: Call, customer_id: UUID | None) -> Taken:
    run = Run(call, ACTS)
    if customer_id is not None:
        proven = mark_verified(run, customer_id, "token")
        run.hear(proven)
    run.begin()
    run.save(0)
    return Taken(str(call.id), run.flow.caller, tuple(run.sound))


def begin_call_back(call: Call) -> Taken:
    """The first commands of a call that we place."""
    run = Run(call, ACTS)
    run.begin()
    run.save(0)
    return Taken(str(call.id), run.flow.caller, tuple(run.sound))


def _use_token(token: str) -> CallToken | None:
    """Once, and within its minute; two calls with one token: the second is a stranger's."""
    row = (
        CallToken.objects.select_for_update()
        .filter(token_hash=token_hash(token), used_at=None, expires_at__gt=now())
        .first()
    )
    if row is not None:
        row.used_at = now()
        row.save(update_fields=["used_at"])
    return row


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _language(offered: CallOffered, token: CallToken | None) -> str:
    said = offered.language or (token.language if token else "")
    return said if said in LANGUAGES else ""


def _lines(number: str) -> admission.Lines:
    at = now()
    live = Call.objects.filter(ended_at=None)
    mine = Call.objects.filter(number_shown=number[:LONGEST_NUMBER]).exclude(kind="call_back")
    return admission.Lines(
        live=live.count(),
        most_live=value("hotline.most_live", at),
        live_of_number=mine.filter(ended_at=None).count(),
        most_live_of_number=value("hotline.most_live_of_number", at),
        hour_of_number=mine.filter(arrived_at__gt=at - timedelta(hours=1)).count(),
        most_an_hour_of_number=value("hotline.most_an_hour_of_number", at),
    )
