"""What risk does when money moved between people.

``project/event_routes.py`` routes money's ``TransferMade`` here. Risk stands below money and cannot name that class, so
the handler takes any fact with ``transfer_id``, ``from_customer_id``, ``to_customer_id``, ``amount_minor`` and ``at``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from walletdesk.trust.risk.rules.rings import Leg
from walletdesk.trust.risk.services.flag_rings import flag_rings


class TransferLike(Protocol):
    """The fields of a transfer that risk looks at."""

    @property
    def transfer_id(self) -> UUID: ...
    @property
    def from_customer_id(self) -> UUID: ...
    @property
    def to_customer_id(self) -> UUID: ...
    @property
    def amount_minor(self) -> int: ...
    @property
    def at(self) -> datetime: ...


def flag_loops(transfers: Sequence[TransferLike]) -> None:
    """Set-based, in any order, safe to run twice: a ring is flagged once."""
    flag_rings(
        [Leg(one.transfer_id, one.from_customer_id, one.to_customer_id, one.amount_minor, one.at) for one in transfers]
    )


on_transfer_made = flag_loops
