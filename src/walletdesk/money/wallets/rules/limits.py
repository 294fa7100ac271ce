"""What may be moved: a sheet of figures, and the first of them that a movement would pass.

A sheet is a dated profile row (``limits.sheet.<name>``): by asset, the figures in minor units.

    {"CNY": {"out.single": 200000, "out.day": 500000, "out.year": 5000000, "balance": 1000000}}

    <group>.single                          one movement at most
    <group>.day, .month, .year, .lifetime   the sum within the window at most
    balance                                 what the wallet may hold, with what is on its way in

A movement is judged by every figure that speaks of its instrument, in the order single, day, month, year, lifetime, balance;
among equals the one that leaves least comes first. Reaching a figure exactly is allowed; passing it is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from walletdesk.money.wallets.rules.counters import GROUPS, Counters
from walletdesk.money.wallets.rules.windows import WINDOWS

SINGLE, BALANCE = "single", "balance"
KINDS = (SINGLE, *WINDOWS, BALANCE)

OWN_GROUPS = ("out", "transfer")
OWN_WINDOWS = (SINGLE, "day", "month")
"""What a customer may set for themselves."""


class SheetBroken(ValueError):
    """A sheet speaks of a group or a window that is none, or its figure is no whole number of minor units."""


@dataclass(frozen=True, slots=True)
class Limit:
    """``kind`` is one of ``KINDS``; ``own``: the customer set it. The balance has no group."""

    kind: str
    minor: int
    group: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Reached:
    """The figure that stands in the way, and how much could still be moved under it (minor units, never negative)."""

    limit: Limit
    left: int


def read_sheet(figures: Mapping[str, int]) -> tuple[Limit, ...]:
    """One asset's figures as limits; ``SheetBroken`` when one cannot be understood: a cap is never ignored in silence."""
    return tuple(_read(name, minor) for name, minor in figures.items())


def _read(name: str, minor: int) -> Limit:
    if type(minor) is not int or minor < 0:
        raise SheetBroken(name)
    if name == BALANCE:
        return Limit(BALANCE, minor)
    group, _, kind = name.partition(".")
    if group not in GROUPS or kind not in (SINGLE, *WINDOWS):
        raise SheetBroken(name)
    return Limit(kind, minor, group)


def is_raise(before: int | None, after: int | None) -> bool:
    """Whether a limit of one's own would let more through than before; None is no limit."""
    return before is not None and (after is None or after > before)


def left_under(limit: Limit, counters: Counters, posted: int = 0) -> int:
    """How much more may be moved under one limit; ``posted`` is the wallet's balance, for the limit that speaks of it."""
    if limit.kind == SINGLE:
        return limit.minor
    if limit.kind == BALANCE:
        return max(0, limit.minor - posted - counters.incoming)
    return max(0, limit.minor - counters.used(limit.group, limit.kind))


def speaks_of(limit: Limit, instrument: str) -> bool:
    return limit.kind != BALANCE and instrument in GROUPS[limit.group]


def first_reached(limits: Sequence[Limit], counters: Counters, instrument: str, minor: int) -> Reached | None:
    """The first limit, in the order above, that moving ``minor`` by ``instrument`` would pass; None if it may."""
    in_the_way = [
        Reached(limit, left)
        for limit in limits
        if speaks_of(limit, instrument) and (left := left_under(limit, counters)) < minor
    ]
    return min(in_the_way, key=lambda one: (KINDS.index(one.limit.kind), one.left), default=None)


def balance_reached(limits: Sequence[Limit], counters: Counters, posted: int, minor: int) -> Reached | None:
    """The limit of what the wallet may hold that ``minor`` more would pass; None if they fit."""
    in_the_way = [
        Reached(limit, left)
        for limit in limits
        if limit.kind == BALANCE and (left := left_under(limit, counters, posted)) < minor
    ]
    return min(in_the_way, key=lambda one: one.left, default=None)
