"""The first PIN, a new one in the place of an old one, or of one that was forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish
from walletdesk.trust.customers.errors import (
    CustomerNotFound,
    OldPinNeeded,
    PinNotUsable,
    PinResetNeedsProof,
    PinTooWeak,
)
from walletdesk.trust.customers.events import PinChanged
from walletdesk.trust.customers.models import Customer, PaymentPin
from walletdesk.trust.customers.pin_hash import hash_pin
from walletdesk.trust.customers.rules.pin import is_a_pin, is_weak
from walletdesk.trust.customers.services.prove_pin import prove_pin

RESET_WITHIN = timedelta(minutes=10)


def set_pin(customer_id: UUID, pin: str, old_pin: str | None = None) -> None:
    """Refuses, in this order: ``CustomerNotFound``, ``PinNotUsable``, ``PinTooWeak``, ``OldPinNeeded`` (there is one
    already), then all that :func:`prove_pin` refuses of the old one. Publishes ``PinChanged``.

    The first PIN may be set inside a caller's transaction; a change may not (see ``prove_pin``).
    """
    _judge(customer_id, pin)
    first = not PaymentPin.objects.filter(pk=customer_id).exists()
    if first:
        _set_first(customer_id, pin)
        return
    if old_pin is None:
        raise OldPinNeeded()
    prove_pin(customer_id, old_pin)
    _replace(customer_id, pin)


def reset_pin(customer_id: UUID, pin: str, proved_at: datetime | None) -> None:
    """A new PIN for who forgot the old one; it opens a PIN that wrong tries have locked. ``proved_at``: when they last proved
    themselves in this session by what neither password nor PIN stands in for.

    Refuses, in this order: ``CustomerNotFound``, ``PinNotUsable``, ``PinTooWeak``, ``PinResetNeedsProof``. Publishes
    ``PinChanged``.
    """
    _judge(customer_id, pin)
    if proved_at is None or not timedelta(0) <= now() - proved_at <= RESET_WITHIN:
        raise PinResetNeedsProof()
    if PaymentPin.objects.filter(pk=customer_id).exists():
        _replace(customer_id, pin)
    else:
        _set_first(customer_id, pin)


def _judge(customer_id: UUID, pin: str) -> None:
    customer = Customer.objects.filter(pk=customer_id).first()
    if customer is None:
        raise CustomerNotFound()
    if not is_a_pin(pin):
        raise PinNotUsable()
    if is_weak(pin, customer.phone):
        raise PinTooWeak()


def _replace(customer_id: UUID, pin: str) -> None:
    moment, kept = now(), hash_pin(pin)
    with transaction.atomic():
        PaymentPin.objects.filter(pk=customer_id).update(hash=kept, wrong_tries=0, locked_until=None, set_at=moment)
        publish(PinChanged(customer_id, False, moment))


def _set_first(customer_id: UUID, pin: str) -> None:
    moment, kept = now(), hash_pin(pin)
    try:
        with transaction.atomic():
            PaymentPin.objects.create(customer_id=customer_id, hash=kept, set_at=moment)
            publish(PinChanged(customer_id, True, moment))
    except IntegrityError as broken:  # a twin was faster: now there is an old one
        raise OldPinNeeded() from broken
