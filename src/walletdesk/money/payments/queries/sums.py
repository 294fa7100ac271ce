"""Minor units from a row, as an ``Amount``."""

from __future__ import annotations

from walletdesk.foundation.amount.public import KNOWN_ASSETS, XTS, Amount, Asset
from walletdesk.money.ledger import public as ledger


def asset_of(code: str) -> Asset:
    """The asset with this code; the well-known ones without asking the books."""
    return KNOWN_ASSETS.get(code) or (XTS if code == XTS.code else ledger.asset(code))


def amount_of(minor: int, code: str) -> Amount:
    return Amount(minor, asset_of(code))
