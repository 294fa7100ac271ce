"""What a wallet has moved so far: by instrument, within the running day, month, year and its whole life.

    instrument      static_code, dynamic_code, tap, transfer, top_up     (new ones are added at the end)
    group           one instrument, or several: ``out`` is all that leaves, ``codes`` is paying by a code

``incoming`` is asked from a bank and not yet ended: it counts against the most that the wallet may hold.
"""

from __future__ import annotations

from typing import NamedTuple

from walletdesk.money.wallets.rules.windows import DAY, LIFETIME, MONTH, YEAR, Windows, later_of

STATIC_CODE, DYNAMIC_CODE, TAP, TRANSFER, TOP_UP = INSTRUMENTS = (
    "static_code",
    "dynamic_code",
    "tap",
    "transfer",
    "top_up",
)
GROUPS: dict[str, tuple[str, ...]] = {
    "out": (STATIC_CODE, DYNAMIC_CODE, TAP, TRANSFER),
    "codes": (STATIC_CODE, DYNAMIC_CODE),
} | {instrument: (instrument,) for instrument in INSTRUMENTS}
_PLACES = {group: tuple(INSTRUMENTS.index(one) for one in members) for group, members in GROUPS.items()}

Sums = tuple[int, ...]
NOTHING: Sums = (0,) * len(INSTRUMENTS)


class Counters(NamedTuple):
    """Minor units, one figure per instrument in the order of ``INSTRUMENTS``; ``windows`` says of which dates."""

    windows: Windows | None = None
    day: Sums = NOTHING
    month: Sums = NOTHING
    year: Sums = NOTHING
    lifetime: Sums = NOTHING
    incoming: int = 0

    def used(self, group: str, window: str) -> int:
        """The sum of a group within a window."""
        sums: Sums = {DAY: self.day, MONTH: self.month, YEAR: self.year, LIFETIME: self.lifetime}[window]
        return sum(sums[place] for place in _PLACES[group])


def padded(sums: Sums) -> Sums:
    """The figures of a row that was written before the latest instruments came."""
    return sums + NOTHING[len(sums) :]


def rolled(counters: Counters, at: Windows) -> Counters:
    """The counters at a moment: a window that is over is empty, one that has begun stays."""
    before, running = counters.windows, later_of(counters.windows, at)
    if before == running:
        return counters
    if before is None:
        return counters._replace(windows=running)
    return counters._replace(
        windows=running,
        day=counters.day if before.day == running.day else NOTHING,
        month=counters.month if before.month == running.month else NOTHING,
        year=counters.year if before.year == running.year else NOTHING,
    )


def counted(counters: Counters, instrument: str, minor: int) -> Counters:
    """One use more, in every window."""
    place = INSTRUMENTS.index(instrument)
    return Counters(
        counters.windows,
        _moved(counters.day, place, minor),
        _moved(counters.month, place, minor),
        _moved(counters.year, place, minor),
        _moved(counters.lifetime, place, minor),
        counters.incoming,
    )


def given_back(counters: Counters, instrument: str, minor: int, used_in: Windows) -> Counters:
    """A use undone: taken out of each window that still runs and held it, and out of the lifetime.

    What was never counted (it happened before there were limits) cannot make a figure negative.
    """
    running, place = counters.windows or used_in, INSTRUMENTS.index(instrument)
    same = {window: used_in.beginning(window) == running.beginning(window) for window in (DAY, MONTH, YEAR)}
    return counters._replace(
        day=_moved(counters.day, place, -minor) if same[DAY] else counters.day,
        month=_moved(counters.month, place, -minor) if same[MONTH] else counters.month,
        year=_moved(counters.year, place, -minor) if same[YEAR] else counters.year,
        lifetime=_moved(counters.lifetime, place, -minor),
    )


def awaiting(counters: Counters, minor: int) -> Counters:
    """So much more (or, negative, less) on its way from a bank."""
    return counters._replace(incoming=max(0, counters.incoming + minor))


def _moved(sums: Sums, place: int, minor: int) -> Sums:
    return (*sums[:place], max(0, sums[place] + minor), *sums[place + 1 :])
