"""The agent at the desk says yes or no to an offer. The answer holds in the database first; the call hears of it after."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from walletdesk.foundation.clock.public import now
from walletdesk.service.hotline.errors import AlreadyEngaged, OfferGone
from walletdesk.service.hotline.models import DeskRequest, Engagement, Offer, QueuePlace
from walletdesk.service.hotline.rules.places import FlowEvent
from walletdesk.service.hotline.rules.presence import ON_CALL, PAUSED
from walletdesk.service.hotline.rules.room_words import OfferAccepted, OfferClosed
from walletdesk.service.hotline.rules.written import write
from walletdesk.service.hotline.services.move_presence import change, locked


def accept_offer(employee_id: UUID, offer_id: UUID) -> UUID:
    """The caller is this agent's; the call's id. Their page rings within a moment and takes the line by itself. Accepting
    again changes nothing.

    Refuses, in this order: an offer that is not theirs, was taken back, or has run out (``OfferGone``); an agent who is
    with a caller already (``AlreadyEngaged``), by the database's own index.
    """
    try:
        with transaction.atomic():
            at = now()
            offer = _own(employee_id, offer_id)
            if offer.state == "accepted":
                return offer.call_id
            if offer.state != "open" or offer.expires_at <= at:
                raise OfferGone()
            offer.state, offer.settled_at = "accepted", at
            offer.save(update_fields=["state", "settled_at"])
            Engagement.objects.create(call_id=offer.call_id, employee_id=employee_id, kind=offer.kind, began_at=at)
            change(locked(employee_id), ON_CALL, "", at)
            tell_call(offer.call_id, OfferAccepted(str(offer.id)))
    except IntegrityError as twice:
        raise AlreadyEngaged() from twice
    return offer.call_id


def decline_offer(employee_id: UUID, offer_id: UUID) -> None:
    """Not now: the caller goes to the next, the agent is paused and says so. Refuses ``OfferGone``."""
    with transaction.atomic():
        at = now()
        offer = _own(employee_id, offer_id)
        if offer.state == "declined":
            return
        if offer.state != "open":
            raise OfferGone()
        offer.state, offer.settled_at = "declined", at
        offer.save(update_fields=["state", "settled_at"])
        change(locked(employee_id), PAUSED, "declined", at)
        if offer.kind == "agent":
            QueuePlace.objects.filter(call_id=offer.call_id, state="offered").update(state="waiting")
        tell_call(offer.call_id, OfferClosed(str(offer.id), "declined"))


def _own(employee_id: UUID, offer_id: UUID) -> Offer:
    offer = Offer.objects.select_for_update().filter(pk=offer_id, employee_id=employee_id).first()
    if offer is None:
        raise OfferGone()
    return offer


def tell_call(call_id: UUID, event: FlowEvent) -> None:
    """Lay an event before the hotline's process; a trigger wakes it."""
    DeskRequest.objects.create(call_id=call_id, event=write(event), at=now())
