"""What the cases' room does on a timer."""

from __future__ import annotations

import uuid

from walletdesk.foundation.jobs.public import every, task
from walletdesk.service.cases.services.ask_confirmation import close_unconfirmed
from walletdesk.service.cases.services.break_due_promises import break_due_promises
from walletdesk.service.cases.services.help_back_in import HELP, SEND_CODE, help_locked_out, send_recovery_code


@every(seconds=15, name="cases.watch_promises")
def watch_promises() -> None:
    """Break what is due; the customer is told within a quarter of a minute."""
    break_due_promises()


@every(seconds=300, name="cases.watch_confirmations")
def watch_confirmations() -> None:
    """Close what its customer has not answered for ``case.confirm_days``."""
    close_unconfirmed()


@task(SEND_CODE)
def send_code_to_locked_out(recovery_id: str, channel: str) -> None:
    send_recovery_code(uuid.UUID(recovery_id), channel)


@task(HELP)
def open_case_of_locked_out(recovery_id: str) -> None:
    help_locked_out(uuid.UUID(recovery_id))
