"""What the cases' room does on a timer."""

from __future__ import annotations

from walletdesk.foundation.jobs.public import every
from walletdesk.service.cases.services.ask_confirmation import close_unconfirmed
from walletdesk.service.cases.services.break_due_promises import break_due_promises


@every(seconds=15, name="cases.watch_promises")
def watch_promises() -> None:
    """Break what is due; the customer is told within a quarter of a minute."""
    break_due_promises()


@every(seconds=300, name="cases.watch_confirmations")
def watch_confirmations() -> None:
    """Close what its customer has not answered for ``case.confirm_days``."""
    close_unconfirmed()
