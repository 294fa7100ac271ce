"""Moments on the clock of whoever will read of them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from walletdesk.foundation.clock.public import now
from walletdesk.trust.customers.public import CustomerView


def hour(moment: datetime, reader: CustomerView) -> str:
    """``07:32``"""
    return f"{moment.astimezone(ZoneInfo(reader.time_zone)):%H:%M}"


def day_and_hour(moment: datetime, reader: CustomerView) -> str:
    """``07:32`` when that is today for the reader, else ``11-23 07:32``."""
    zone = ZoneInfo(reader.time_zone)
    here = moment.astimezone(zone)
    return f"{here:%H:%M}" if here.date() == now().astimezone(zone).date() else f"{here:%m-%d %H:%M}"
