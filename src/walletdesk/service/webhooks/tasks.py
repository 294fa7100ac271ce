"""What this room does in the background, beside the loop that sends (``keep_sending``, in the worker)."""

from __future__ import annotations

from walletdesk.foundation.jobs.public import every
from walletdesk.service.webhooks.services.claim_letters import take_back_lost
from walletdesk.service.webhooks.services.give_up_late import give_up_late
from walletdesk.service.webhooks.services.purge_events import purge_events


@every(seconds=30, name="webhooks.take_back_lost")
def take_back() -> None:
    """Letters of a sender that died."""
    take_back_lost()


@every(seconds=60, name="webhooks.give_up_late")
def give_up() -> None:
    give_up_late()


@every(seconds=6 * 3600, name="webhooks.purge_events")
def purge() -> None:
    purge_events()
