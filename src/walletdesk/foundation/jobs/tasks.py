"""The ground floor's own housekeeping."""

from walletdesk.foundation.idempotency.public import purge_keys
from walletdesk.foundation.jobs.declared import every
from walletdesk.foundation.outbox.public import purge_delivered

HOUR = 3600


@every(seconds=6 * HOUR, name="idempotency.purge_keys")
def forget_old_keys() -> None:
    purge_keys()


@every(seconds=6 * HOUR, name="outbox.purge_delivered")
def forget_old_events() -> None:
    purge_delivered()
