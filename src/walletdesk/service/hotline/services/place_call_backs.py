"""Calls that we place: the next in line who is called back, while an agent is free for them. Nothing else is ever dialled."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.profiles.public import value
from walletdesk.service.hotline.models import Call, CallBack, CallBackTry, CallLeg
from walletdesk.service.hotline.queries.line import on_file
from walletdesk.service.hotline.queries.surroundings import ZONE
from walletdesk.service.hotline.rules import dial_plan
from walletdesk.service.hotline.rules.queue_order import Standing, pairs
from walletdesk.service.hotline.services.arrange_call_back import give_up
from walletdesk.service.hotline.services.keep_place import DROPPED
from walletdesk.service.hotline.services.match_waiting import free_agents, line_for_offers
from walletdesk.service.hotline.services.take_in_call import Taken, begin_call_back, new_call
from walletdesk.trust.customers.public import customers

log = logging.getLogger(__name__)


def due_call_backs() -> list[Taken]:
    """The calls to place now, in place order: whoever would be offered to a free agent, were they on the line."""
    at = now()
    with transaction.atomic():
        agents = free_agents()
        if not agents:
            return []
        due = [one for place, _ in pairs(_as_if_here(at), agents, at) if (one := _waiting(UUID(place.place)))]
        return [taken for back in due if (taken := _place_call(back)) is not None]


def _as_if_here(at: datetime) -> list[Standing]:
    """The line with every call back as if its caller were there; those being dialled keep holding their agent."""
    dialling = {str(id_) for id_ in CallBack.objects.filter(state="dialling").values_list("place_id", flat=True)}
    return [replace(one, held=one.place in dialling) for one in line_for_offers(at)]


def _waiting(place_id: UUID) -> CallBack | None:
    rows = CallBack.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
    return rows.filter(place_id=place_id, state="waiting").select_related("place").first()


def _place_call(back: CallBack) -> Taken | None:
    at = now()
    why = refusal_to_dial(back)
    if why == "cap":
        log.error("call backs: today's cap is reached")
        return None
    if why:
        log.error("call back %s is not dialled: %s", back.id, why)
        give_up(back, back.place, at)
        back.save(update_fields=["state", "settled_at"])
        return None
    number = _next_try(back, at)
    back.state = "dialling"
    back.save(update_fields=["state"])
    id_ = uuid7()
    leg, whom, topic = f"{id_}:callee:{number}", str(back.customer_id), back.place.topic
    call = new_call(leg, "call_back", language=back.language, call_id=id_, customer=whom, topic=topic)
    call.call_back = back
    call.customer_id = back.customer_id
    call.case_id = Call.objects.values_list("case_id", flat=True).get(pk=back.place.call_id)
    call.queued_at = back.place.joined_at
    call.save(force_insert=True)
    CallLeg.objects.create(id=leg, call=call, role="caller", began_at=at)
    return begin_call_back(call)


def _next_try(back: CallBack, at: datetime) -> int:
    """The number of this try. One that we dropped ourselves is made again, not counted."""
    tries = CallBackTry.objects.filter(call_back=back)
    dropped = tries.filter(outcome=DROPPED).first()
    if dropped is not None:
        dropped.at, dropped.outcome = at, ""
        dropped.save(update_fields=["at", "outcome"])
        return dropped.number
    return CallBackTry.objects.create(call_back=back, number=tries.count() + 1, at=at).number


def refusal_to_dial(back: CallBack) -> str | None:
    """Why this number is not dialled (rules/dial_plan.py), or ``changed``: it is no longer the one on file."""
    at = now()
    person = customers([back.customer_id])[back.customer_id]
    if on_file(person.phone) != back.number:
        return "changed"
    midnight = at.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    return dial_plan.refusal(
        dial_plan.CALLS_BACK,
        back.number,
        value("hotline.dial_prefixes", at),
        today=CallBackTry.objects.filter(at__gte=midnight).count(),
        most_a_day=value("hotline.call_backs_a_day", at),
    )


def number_to_dial(call_id: UUID | str) -> str:
    """The number on file, at the last moment; empty for any call that is not one of ours going out (V03)."""
    call = Call.objects.select_related("call_back").filter(pk=call_id, kind="call_back", ended_at=None).first()
    if call is None or call.call_back is None or call.call_back.state != "dialling":
        return ""
    return (
        "" if refusal_to_dial(call.call_back) in ("changed", "not_a_number", "not_allowed") else call.call_back.number
    )


def number_of_line(name: str) -> str:
    """The number of a line of the house; empty for a name that the dial plan does not know."""
    return dial_plan.line(name, value("hotline.transfer_lines")) or ""
