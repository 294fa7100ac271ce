"""On a timer."""

from __future__ import annotations

from walletdesk.foundation.jobs.public import every
from walletdesk.money.payments.services import make_due_transfers as due_transfers
from walletdesk.money.payments.services import settle_top_ups as open_ends
from walletdesk.money.payments.services import void_many as holds


@every(seconds=5, name="payments.settle_top_ups")
def settle_top_ups() -> None:
    """Ask the bank about every top-up whose end is open and whose turn it is."""
    open_ends.settle_top_ups()


@every(seconds=5, name="payments.make_due_transfers")
def make_due_transfers() -> None:
    """Make the transfers whose moment has come."""
    due_transfers.make_due_transfers()


@every(seconds=20, name="payments.end_expired_holds")
def end_expired_holds() -> None:
    """Give back what no shop captured in time; what is left for the next turn waits for the next turn."""
    holds.end_expired_holds()
