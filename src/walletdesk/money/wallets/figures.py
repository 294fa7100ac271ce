"""The figures in force: which sheets a tier has, and what they say, read from dated profile rows."""

from __future__ import annotations

from datetime import datetime, tzinfo

from django.utils import timezone

from walletdesk.foundation.profiles.public import value
from walletdesk.money.wallets.rules.limits import Limit, read_sheet


def limits_of_tier(tier: int, asset_code: str, at: datetime) -> tuple[Limit, ...]:
    """All limits of a tier in one asset, with the static code's; an asset of which no sheet speaks has none."""
    names = value("limits.in_force", at)[str(tier)]
    return tuple(limit for name in names for limit in read_sheet(value(f"limits.sheet.{name}", at).get(asset_code, {})))


def operators_zone() -> tzinfo:
    """In whose calendar days, months and years are counted, wherever the customer is."""
    return timezone.get_default_timezone()
