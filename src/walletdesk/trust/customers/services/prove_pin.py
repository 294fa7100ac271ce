"""Somebody at the customer's phone enters the PIN.

The counter must outlive the refusal, so the try is counted and committed in a transaction of its own *before* the
refusal is raised (``durable``: called inside another transaction this verb fails loudly rather than forgetting a try).
The row is locked while one try is judged, so that parallel guesses stand in line and the sixth finds the lock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import OperationalError, connection, transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.outbox.public import publish
from walletdesk.foundation.profiles.public import value
from walletdesk.trust.customers.errors import PinBusy, PinLocked, PinNotSet, PinWrong
from walletdesk.trust.customers.events import PinLockedOut
from walletdesk.trust.customers.models import PaymentPin
from walletdesk.trust.customers.pin_hash import pin_matches
from walletdesk.trust.customers.rules.pin import Tries, after_try, is_a_pin

LONGEST_WAIT = "5s"


@dataclass(frozen=True, slots=True)
class PinProof:
    """The customer's PIN was right at this moment. Made by :func:`prove_pin` alone."""

    customer_id: UUID
    at: datetime


def prove_pin(customer_id: UUID, pin: str) -> PinProof:
    """Refuses, in this order: ``PinNotSet``, ``PinBusy``, ``PinLocked`` (``until``; the digits are not looked at),
    ``PinWrong`` (``tries_left``). The try that uses up the last one is answered by ``PinLocked`` and publishes
    ``PinLockedOut``. Never call it inside a transaction.
    """
    moment = now()
    try:
        with transaction.atomic(durable=True):
            refusal = _judge(customer_id, pin, moment)
    except OperationalError as waited:
        if "lock timeout" not in str(waited):
            raise
        raise PinBusy(retry_after=1) from waited
    if refusal is not None:
        raise refusal
    return PinProof(customer_id, moment)


def _judge(customer_id: UUID, pin: str, moment: datetime) -> Refusal | None:
    """Count one try under the row's lock; None when it was right."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LONGEST_WAIT])
    row = PaymentPin.objects.select_for_update().filter(pk=customer_id).first()
    if row is None:
        return PinNotSet()
    tries = Tries(row.wrong_tries, row.locked_until)
    if tries.is_locked(moment):
        return _locked(tries, moment)
    right = is_a_pin(pin) and pin_matches(row.hash, pin)
    allowed = value("pin.tries", moment)
    after = after_try(tries, right=right, at=moment, allowed=allowed, lock_seconds=value("pin.lock_seconds", moment))
    if after != tries:
        row.wrong_tries, row.locked_until = after.wrong, after.locked_until
        row.save(update_fields=["wrong_tries", "locked_until"])
    if right:
        return None
    if after.locked_until is None:
        return PinWrong(tries_left=allowed - after.wrong)
    publish(PinLockedOut(customer_id, after.wrong, after.locked_until, moment))
    return _locked(after, moment)


def _locked(tries: Tries, moment: datetime) -> PinLocked:
    until = tries.locked_until
    assert until is not None
    return PinLocked(retry_after=max(1, int((until - moment).total_seconds())), until=until)
