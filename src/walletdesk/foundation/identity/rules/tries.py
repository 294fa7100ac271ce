"""Guessing a second factor: so many wrong ones in a row, then a rest. The last wrong one sets the rest itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong ones since the last right one or the last rest, and the end of a rest."""

    wrong: int = 0
    locked_until: datetime | None = None

    def rests(self, at: datetime) -> bool:
        return self.locked_until is not None and at < self.locked_until


def after_try(tries: Tries, *, right: bool, at: datetime, allowed: int, rest_seconds: int) -> Tries:
    """The counter after a try that was allowed to be made; a rest that is over gives a fresh set."""
    if right:
        return Tries()
    wrong = (0 if tries.locked_until is not None else tries.wrong) + 1
    return Tries(wrong, at + timedelta(seconds=rest_seconds) if wrong >= allowed else None)
