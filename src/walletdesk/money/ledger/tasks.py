"""On a timer."""

from __future__ import annotations

from walletdesk.foundation.jobs.public import every
from walletdesk.money.ledger.services import keep_holds


@every(seconds=30, name="ledger.expire_holds")
def expire_holds() -> None:
    """End the funds holds whose time is over; what is left for the next turn waits for the next turn."""
    keep_holds.expire_holds()
