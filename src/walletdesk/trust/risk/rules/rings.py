"""The law of rings; pure.

    A → B → A                   money that comes back
    A → B → C → A               through one more
    A → B → C → D → A           through two more: the longest that is looked for

A ring counts when the legs follow each other in time within 24 hours, and no leg moves less than four fifths of the
largest: a lunch paid back in part is no ring.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
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
    """For each transfer that closes rings the one that tells most, its legs in the order of time, first closed in front:
    the shortest, and of those the one whose legs lie nearest in time.

    One ring for each closing transfer is enough to be noticed by, and keeps the work small when somebody sends money to
    and fro a thousand times, which closes half a million. The order in which transfers are given does not matter, nor
    that one is given twice. Each customer stands in a ring once.
    """
    legs = sorted({leg.transfer_id: leg for leg in transfers}.values(), key=_moment)
    arriving: dict[UUID, list[Leg]] = defaultdict(list)
    for leg in legs:
        if leg.from_customer_id != leg.to_customer_id:
            arriving[leg.to_customer_id].append(leg)
    nearest = (
        next(filter(None, (_back((leg,), length, window, arriving) for length in range(2, longest + 1))), None)
        for leg in legs
        if leg.from_customer_id != leg.to_customer_id
    )
    return [ring for ring in nearest if ring]


def _moment(leg: Leg) -> tuple[datetime, UUID]:
    return leg.at, leg.transfer_id


def _back(path: Ring, length: int, window: timedelta, arriving: Mapping[UUID, list[Leg]]) -> Ring | None:
    """A ring of ``length`` that ends with ``path``, looked for backwards in time; of each payer only the latest leg."""
    first, closing = path[0], path[-1]
    earlier = arriving.get(first.from_customer_id, [])
    payers = {leg.from_customer_id for leg in path}
    for place in range(bisect_left(earlier, _moment(first), key=_moment) - 1, -1, -1):
        leg = earlier[place]
        if closing.at - leg.at > window:
            return None
        longer = (leg, *path)
        if leg.from_customer_id in payers or not _alike(longer):
            continue
        payers.add(leg.from_customer_id)
        closes = leg.from_customer_id == closing.to_customer_id
        if closes != (len(longer) == length):
            continue
        found = longer if closes else _back(longer, length, window, arriving)
        if found:
            return found
    return None
