"""What this room does when something happened elsewhere. Safe to run twice."""

from __future__ import annotations

from collections.abc import Sequence

from walletdesk.money.agreements.services.accept_terms import accepted_by_opening
from walletdesk.trust.customers.public import CustomerRegistered


def on_customer_registered(facts: Sequence[CustomerRegistered]) -> None:
    """Who opens an account accepts the terms of that day."""
    accepted_by_opening([(happened.customer_id, happened.at) for happened in facts])
