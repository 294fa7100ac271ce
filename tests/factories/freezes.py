"""A thief at the owner's money, and what the house then did."""

from __future__ import annotations

from datetime import timedelta

from tests.factories.money import a_key, a_payer, proof_of, yuan
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.money.payments.public import transfer
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.risk.public import Origin, PaymentStopped


def a_new_device() -> Origin:
    """A device of the last minute, as a thief's is."""
    return Origin("page", uuid7(), now() + timedelta(hours=12))


def just_proved() -> Origin:
    return Origin("page", uuid7(), None, now())


def drains(victim: CustomerView, figure: str | int) -> CustomerView:
    """Somebody on a new device sends most of the money to a stranger; it is stopped. Answers the stranger."""
    stranger = a_payer(name="Stranger")
    try:
        transfer(a_key(), victim.id, stranger.id, yuan(figure), "", proof_of(victim.id), a_new_device())
    except PaymentStopped:
        return stranger
    raise AssertionError("the drain went through")
