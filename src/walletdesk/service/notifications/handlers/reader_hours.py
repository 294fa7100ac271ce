"""Moments on the clock of whoever will read of them."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from walletdesk.foundation.clock.public import now


class HasHours(Protocol):
    """Who lives somewhere: a customer, or a user."""

    @property
    def time_zone(self) -> str: ...


def hour(moment: datetime, reader: HasHours) -> str:
    """``07:32``"""
    return f"{moment.astimezone(ZoneInfo(reader.time_zone)):%H:%M}"


def day_and_hour(moment: datetime, reader: HasHours) -> str:
    """``07:32`` when that is today for the reader, else ``11-23 07:32``."""
    zone = ZoneInfo(reader.time_zone)
    here = moment.astimezone(zone)
    return f"{here:%H:%M}" if here.date() == now().astimezone(zone).date() else f"{here:%m-%d %H:%M}"
