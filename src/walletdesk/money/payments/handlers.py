"""What this room does when something happened. Safe to run twice."""

from __future__ import annotations

from collections.abc import Sequence

from walletdesk.foundation.amount.public import XTS
from walletdesk.money.payments.events import PaymentCaptured
from walletdesk.money.payments.services.find_duplicates import find_duplicates


def on_payment_captured(facts: Sequence[PaymentCaptured]) -> None:
    """Look whether one of these purchases was charged before. Whoever tries things out with play money may try them twice."""
    find_duplicates([captured.payment_id for captured in facts if captured.asset != XTS.code])
