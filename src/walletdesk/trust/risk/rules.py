"""The law of rings; pure.

    A → B → A                   money that comes back
    A → B → C → A               through one more
    A → B → C → D → A           through two more: the longest that is looked for

A ring counts when the legs follow each other in time within 24 hours, and no leg moves less than four fifths of the
largest: a lunch paid back in part is no ring.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

LONGEST_RING = 4
WINDOW = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Leg:
    """One transfer between two customers."""

    transfer_id: UUID
    from_customer_id: UUID
    to_customer_id: UUID
    amount_minor: int
    at: datetime


Ring = tuple[Leg, ...]


def _alike(legs: Ring) -> bool:
    amounts = [leg.amount_minor for leg in legs]
    return min(amounts) * 5 >= max(amounts) * 4


def looping(transfers: Iterable[Leg], *, longest: int = LONGEST_RING, window: timedelta = WINDOW) -> list[Ring]:
    """Every ring among the transfers, its legs in the order of time, the ring that closed first in front.

    The order in which transfers are given does not matter, nor that one is given twice. Each customer stands in a ring
    once: a ring inside a ring is found as itself.
    """
    legs = sorted({leg.transfer_id: leg for leg in transfers}.values(), key=lambda leg: (leg.at, leg.transfer_id))
    leaving: dict[UUID, list[Leg]] = defaultdict(list)
    for leg in legs:
        leaving[leg.from_customer_id].append(leg)
    rings: list[Ring] = []

    def follow(path: Ring) -> None:
        first, last = path[0], path[-1]
        for leg in leaving[last.to_customer_id]:
            if (leg.at, leg.transfer_id) <= (last.at, last.transfer_id) or leg.at - first.at > window:
                continue
            longer = (*path, leg)
            if not _alike(longer):
                continue
            if leg.to_customer_id == first.from_customer_id:
                rings.append(longer)
            elif len(longer) < longest and leg.to_customer_id not in {known.from_customer_id for known in longer}:
                follow(longer)

    for leg in legs:
        if leg.from_customer_id != leg.to_customer_id:
            follow((leg,))
    return sorted(rings, key=lambda ring: (ring[-1].at, len(ring), ring[0].at))
