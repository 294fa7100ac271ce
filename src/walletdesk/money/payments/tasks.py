"""On a timer."""

from __future__ import annotations

from walletdesk.foundation.jobs.public import every
from walletdesk.money.payments.services import settle_top_ups as open_ends


@every(seconds=5, name="payments.settle_top_ups")
def settle_top_ups() -> None:
    """Ask the bank about every top-up whose end is open and whose turn it is."""
    open_ends.settle_top_ups()
