"""What this room does when something happened elsewhere. Safe to run twice."""

from __future__ import annotations

from collections.abc import Sequence

from walletdesk.money.wallets.services.open_wallet import open_wallets
from walletdesk.trust.customers.public import CustomerRegistered


def on_customer_registered(facts: Sequence[CustomerRegistered]) -> None:
    """Each new customer gets a wallet in the house's currency."""
    open_wallets([happened.customer_id for happened in facts])
