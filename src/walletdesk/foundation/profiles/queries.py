"""Reading a figure: from this process's memory for at most five seconds, else from the database."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.profiles.errors import ProfileUnknown
from walletdesk.foundation.profiles.models import Profile
from walletdesk.foundation.profiles.rules import row_in_force

REMEMBERED_SECONDS = 5.0
Rows = list[tuple[datetime, Any]]
_remembered: dict[tuple[str, str], tuple[float, Rows]] = {}


@dataclass(frozen=True, slots=True)
class ProfileRow:
    valid_from: datetime
    value: Any
    source: str


def value(key: str, at: datetime | None = None) -> Any:
    """The figure (any JSON) of ``key`` at a moment, now if none is given; ``ProfileUnknown`` when there is none."""
    row = row_in_force(_rows_of(key), at or now())
    if row is None:
        raise ProfileUnknown(key)
    return row[1]


def history(key: str) -> list[ProfileRow]:
    """Every figure the key ever had or will have, the latest first."""
    rows = Profile.objects.filter(key=key).order_by("-valid_from")
    return [ProfileRow(row.valid_from, row.value, row.source) for row in rows]


def keys() -> list[str]:
    """Every key that ever had a figure."""
    return list(Profile.objects.order_by("key").values_list("key", flat=True).distinct())


def every_value() -> list[Any]:
    """All figures of all keys, past and to come: what names and words they know."""
    return list(Profile.objects.values_list("value", flat=True))


def forget_remembered() -> None:
    """Other processes see a new figure after at most five seconds; this one at once."""
    _remembered.clear()


def _rows_of(key: str) -> Rows:
    if _own_change_is_uncommitted():  # what may yet be rolled back must be read, and must not be remembered
        return _read(key)
    place = (connection.settings_dict["NAME"], key)
    read_at, rows = _remembered.get(place, (float("-inf"), []))
    if time.monotonic() - read_at > REMEMBERED_SECONDS:
        rows = _read(key)
        if rows:
            _remembered[place] = (time.monotonic(), rows)
    return rows


def _read(key: str) -> Rows:
    return list(Profile.objects.filter(key=key).values_list("valid_from", "value"))


def _own_change_is_uncommitted() -> bool:
    return any(entry[1] is forget_remembered for entry in connection.run_on_commit)
