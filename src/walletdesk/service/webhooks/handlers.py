"""What this room does when something happened: one listener for all its facts, so that they are written in their order."""

from __future__ import annotations

from collections.abc import Sequence

from walletdesk.foundation.outbox.public import Fact
from walletdesk.service.webhooks.happenings import happenings_of
from walletdesk.service.webhooks.services.write_events import write_events


def on_what_happened(facts: Sequence[Fact]) -> None:
    """Write events and what is owed to endpoints. Safe to run twice."""
    write_events([happening for fact in facts for happening in happenings_of(fact)])
