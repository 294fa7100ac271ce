"""On a timer."""

from __future__ import annotations

from walletdesk.foundation.identity.services.remind_of_password import remind_of_passwords
from walletdesk.foundation.jobs.public import every


@every(seconds=3600, name="identity.remind_of_passwords")
def remind_of_old_passwords() -> None:
    """Those who asked for it: their password is as old as they wished to be told."""
    remind_of_passwords()
