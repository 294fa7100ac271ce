"""Figures of the house as rows: what holds now, what will hold, what held."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from walletdesk.doors.agent_console.showing.status import Status
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.profiles.public import ProfileRow, history, keys

HOLDS = Status(Words("现在有效", "Holds now"), "go", "done")
LATER = Status(Words("以后有效", "Holds later"), "wait", "half")
PAST = Status(Words("以前有效", "Held once"), "plain", "flat")


@dataclass(frozen=True, slots=True)
class Row:
    value: str
    since: datetime
    source: str
    status: Status


@dataclass(frozen=True, slots=True)
class KeyRow:
    key: str
    href: str
    now: Row | None
    later: int


def as_text(figure: Any) -> str:
    """As it is written in the form: JSON."""
    return json.dumps(figure, ensure_ascii=False, sort_keys=True)


def listed() -> list[KeyRow]:
    """Every key with what holds now; ``later``: how many wait for their day."""
    found = []
    for key in keys():
        rows = rows_of(key)
        holds = next((one for one in rows if one.status is HOLDS), None)
        waits = sum(one.status is LATER for one in rows)
        found.append(KeyRow(key, reverse("desk-figure", args=[key]), holds, waits))
    return found


def rows_of(key: str) -> list[Row]:
    """The latest first."""
    moment, holding, rows = now(), False, []
    for one in history(key):
        status = LATER if one.valid_from > moment else PAST if holding else HOLDS
        holding = holding or status is HOLDS
        rows.append(_row(one, status))
    return rows


def _row(one: ProfileRow, status: Status) -> Row:
    return Row(as_text(one.value), one.valid_from, one.source, status)
