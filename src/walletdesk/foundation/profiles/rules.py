"""Which of the dated rows holds: the latest that has begun."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any


def row_in_force(rows: Sequence[tuple[datetime, Any]], moment: datetime) -> tuple[datetime, Any] | None:
    """The row with the latest ``valid_from`` that is not after ``moment``; None when all are still to come."""
    begun = [row for row in rows if row[0] <= moment]
    return max(begun, key=lambda row: row[0], default=None)
