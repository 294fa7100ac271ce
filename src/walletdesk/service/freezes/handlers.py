"""What this room does when something happened elsewhere. Safe to run twice."""

from __future__ import annotations

from collections.abc import Sequence

from walletdesk.service.freezes.services.freeze_account import freeze_as_ordered
from walletdesk.trust.risk.public import FreezeOrdered


def on_freeze_ordered(facts: Sequence[FreezeOrdered]) -> None:
    """Freeze, open the case and tell, each order as one."""
    for order in facts:
        freeze_as_ordered(order)
