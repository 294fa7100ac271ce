"""The first PIN, or a new one in the place of an old one."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish
from walletdesk.trust.customers.errors import CustomerNotFound, OldPinNeeded, PinNotUsable, PinTooWeak
from walletdesk.trust.customers.events import PinChanged
from walletdesk.trust.customers.models import Customer, PaymentPin
from walletdesk.trust.customers.pin_hash import hash_pin
from walletdesk.trust.customers.rules.pin import is_a_pin, is_weak
from walletdesk.trust.customers.services.prove_pin import prove_pin


def set_pin(customer_id: UUID, pin: str, old_pin: str | None = None) -> None:
    """Refuses, in this order: ``CustomerNotFound``, ``PinNotUsable``, ``PinTooWeak``, ``OldPinNeeded`` (there is one
    already), then all that :func:`prove_pin` refuses of the old one. Publishes ``PinChanged``.

    The first PIN may be set inside a caller's transaction; a change may not (see ``prove_pin``).
    """
    customer = Customer.objects.filter(pk=customer_id).first()
    if customer is None:
        raise CustomerNotFound()
    if not is_a_pin(pin):
        raise PinNotUsable()
    if is_weak(pin, customer.phone):
        raise PinTooWeak()
    first = not PaymentPin.objects.filter(pk=customer_id).exists()
    if first:
        _set_first(customer_id, pin)
        return
    if old_pin is None:
        raise OldPinNeeded()
    prove_pin(customer_id, old_pin)
    moment = now()
    with transaction.atomic():
        PaymentPin.objects.filter(pk=customer_id).update(
            hash=hash_pin(pin), wrong_tries=0, locked_until=None, set_at=moment
        )
        publish(PinChanged(customer_id, False, moment))


def _set_first(customer_id: UUID, pin: str) -> None:
    moment, kept = now(), hash_pin(pin)
    try:
        with transaction.atomic():
            PaymentPin.objects.create(customer_id=customer_id, hash=kept, set_at=moment)
            publish(PinChanged(customer_id, True, moment))
    except IntegrityError as broken:  # a twin was faster: now there is an old one
        raise OldPinNeeded() from broken
