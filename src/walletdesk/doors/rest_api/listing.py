"""A page of a list: ``{"data": […], "next_cursor": …}``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import msgspec

from walletdesk.doors.rest_api.asked import Answer, as_json
from walletdesk.doors.rest_api.cursors import write_cursor

Shown = TypeVar("Shown")
Row = TypeVar("Row")


class PageOf(msgspec.Struct, Generic[Shown], frozen=True):
    """`next_cursor` is null on the last page."""

    data: list[Shown]
    next_cursor: str | None


def page_of(rows: Sequence[Row], limit: int, shape: Callable[[Row], Any], place: Callable[[Row], Any]) -> Answer:
    """``rows`` has one more than ``limit`` when there is another page; ``place`` is what that page begins after."""
    more = len(rows) > limit
    shown = rows[:limit]
    return as_json(
        200, {"data": [shape(row) for row in shown], "next_cursor": write_cursor(place(shown[-1])) if more else None}
    )
