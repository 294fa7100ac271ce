"""Callers and free agents are brought together: in the order of the line, the longest free first, one offer each."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.foundation.profiles.public import value
from walletdesk.service.hotline.events import CallChanged
from walletdesk.service.hotline.models import AgentSkill, Offer, Presence, QueuePlace
from walletdesk.service.hotline.queries.line import open_places, standing
from walletdesk.service.hotline.rules.presence import AVAILABLE, OFFERED, PAUSED
from walletdesk.service.hotline.rules.queue_order import FreeAgent, Standing, pairs
from walletdesk.service.hotline.rules.room_words import OfferClosed, Offered
from walletdesk.service.hotline.services.move_presence import change, locked, move
from walletdesk.trust.staff.public import employees

_ONE_MATCHER = "SELECT pg_try_advisory_xact_lock(hashtextextended('hotline:match', 0))"
LATE = timedelta(seconds=10)
"""An offer this long over was lost by whoever should have closed it."""
GENERAL_TOPICS = frozenset(("general", "security", "payments", "complaints", "funds", "merchants"))
NATIVE = frozenset(("zh-hans",))


def match_waiting() -> list[tuple[str, Offered | OfferClosed]]:
    """New offers, and those that nobody closed in time, as events of their calls. Refuses nothing; two at once: one works.

    An agent without skills of a kind takes every topic, and speaks Chinese.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ONE_MATCHER)
            if not cursor.fetchone()[0]:
                return []
        at = now()
        lost = _close_lost(at)
        agents = free_agents()
        waiting = line_for_offers(at) if agents else []
        made = [_offer(place, agent, at) for place, agent in pairs(waiting, agents, at)]
        events = [one for one in made if one is not None]
        publish_many([CallChanged(UUID(call), None, (UUID(told.employee),), "waiting", at) for call, told in events])
    return [*lost, *events]


def line_for_offers(at: datetime) -> list[Standing]:
    """Who waits and has nobody offered; call backs that are due hold an agent back, and are not offered themselves."""
    return [one for row in open_places() if row.state != "offered" and (one := standing(row, at)) is not None]


def free_agents() -> list[FreeAgent]:
    rows = list(Presence.objects.select_for_update(skip_locked=True).filter(state=AVAILABLE).exclude(seat=""))
    skills: dict[tuple[UUID, str], set[str]] = defaultdict(set)
    for skill in AgentSkill.objects.filter(employee_id__in=[row.employee_id for row in rows]):
        skills[skill.employee_id, skill.kind].add(skill.code)
    return [
        FreeAgent(
            str(row.employee_id),
            frozenset(skills[row.employee_id, "topic"]) or GENERAL_TOPICS,
            frozenset(skills[row.employee_id, "language"]) or NATIVE,
            row.since,
        )
        for row in rows
    ]


def _offer(standing_: Standing, agent: FreeAgent, at: datetime) -> tuple[str, Offered] | None:
    place = (
        QueuePlace.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(pk=UUID(standing_.place), state="waiting")
        .first()
    )
    if place is None:
        return None  # it is being left this very moment
    person = employees([UUID(agent.employee)])[UUID(agent.employee)]
    row = locked(person.id)
    seconds = value("hotline.offer_seconds", at)
    offer = Offer.objects.create(
        call_id=place.call_id,
        employee_id=person.id,
        seat=row.seat,
        made_at=at,
        expires_at=at + timedelta(seconds=seconds),
    )
    place.state = "offered"
    place.save(update_fields=["state"])
    change(row, OFFERED, "", at)
    waited = int((at - place.joined_at).total_seconds()) // 60
    told = Offered(str(offer.id), str(person.id), person.employee_number, row.seat, seconds, waited)
    return str(place.call_id), told


def _close_lost(at: datetime) -> list[tuple[str, Offered | OfferClosed]]:
    closed: list[tuple[str, Offered | OfferClosed]] = []
    for offer in Offer.objects.select_for_update(skip_locked=True).filter(state="open", expires_at__lt=at - LATE):
        offer.state, offer.settled_at = "timed_out", at
        offer.save(update_fields=["state", "settled_at"])
        move(offer.employee_id, PAUSED, at, "no_answer")
        QueuePlace.objects.filter(call_id=offer.call_id, state="offered").update(state="waiting")
        closed.append((str(offer.call_id), OfferClosed(str(offer.id), "timed_out")))
    return closed
