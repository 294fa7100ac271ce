"""Sums and moments that were asked for, as the rooms know them."""

from __future__ import annotations

from datetime import UTC, datetime

from walletdesk.doors.rest_api.refusals import BodyUnusable
from walletdesk.doors.rest_api.shapes.parts import Sum
from walletdesk.foundation.amount.public import KNOWN_ASSETS, Amount
from walletdesk.money.ledger.public import asset


def amount_of(given: Sum) -> Amount:
    """Refuses an asset that nobody defined (``AssetUnknown``)."""
    return Amount(given.minor, KNOWN_ASSETS.get(given.asset) or asset(given.asset))


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC. Refuses one that no calendar of ours has (``BodyUnusable``): the first and last days of time."""
    try:
        moved = moment.astimezone(UTC)
    except OverflowError:
        moved = moment.replace(tzinfo=UTC, year=1)
    if not 1900 <= moved.year <= 9000:
        raise BodyUnusable(errors=[{"at": "$", "says": "a moment between the years 1900 and 9000"}])
    return moved
