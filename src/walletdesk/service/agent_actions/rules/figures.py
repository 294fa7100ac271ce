"""Whether a new figure can stand where the old one stands; pure.

A figure that the house cannot read stops payments: so it has the shape of the one before, and no name or word that no figure
ever had.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

KIND_OTHER, NEGATIVE, NAME_UNKNOWN, WORD_UNKNOWN, SAME = "kind", "negative", "name", "word", "same"


def names_in(figures: Iterable[Any]) -> frozenset[str]:
    """The names in all tables: ``out.single``, ``CNY``."""
    return frozenset(name for one in _walked(figures) if isinstance(one, dict) for name in one)


def words_in(figures: Iterable[Any]) -> frozenset[str]:
    """All texts: ``ecny.4``."""
    return frozenset(one for one in _walked(figures) if isinstance(one, str))


def why_not(before: Any, after: Any, names: frozenset[str], words: frozenset[str]) -> tuple[str, str] | None:
    """The first thing that is wrong and where it stands; None when it can stand there."""
    if before == after and type(before) is type(after):
        return SAME, ""
    if type(before) is not type(after):
        return KIND_OTHER, type(before).__name__
    kinds = {type(one) for one in _walked([before]) if not isinstance(one, (dict, list))}
    for one in _walked([after]):
        if isinstance(one, dict):
            if unknown := next((name for name in one if name not in names), None):
                return NAME_UNKNOWN, unknown
        elif isinstance(one, str):
            if isinstance(after, (dict, list)) and one not in words:
                return WORD_UNKNOWN, one
        elif not isinstance(one, list):
            if isinstance(one, float) or type(one) not in (kinds or {int}):
                return KIND_OTHER, type(one).__name__
            if isinstance(one, int) and one < 0:
                return NEGATIVE, str(one)
    return None


def _walked(figures: Iterable[Any]) -> Iterable[Any]:
    """Every part of every figure, the whole before its parts."""
    for one in figures:
        yield one
        if isinstance(one, dict):
            yield from _walked(one.values())
        elif isinstance(one, list):
            yield from _walked(one)
