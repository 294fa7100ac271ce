"""How a batch of intents is cut so that nothing in one piece can stand in its own way."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

Intent = TypeVar("Intent")


def rounds(intents: Sequence[Intent], wants: Callable[[Intent], Iterable[Hashable]]) -> list[list[int]]:
    """The places of the intents in rounds: within one round no two want the same thing, and those that want the same
    thing keep their order. Intents that share nothing are all in the first round.
    """
    next_free: dict[Hashable, int] = {}
    cut: list[list[int]] = []
    for place, intent in enumerate(intents):
        wanted = list(wants(intent))
        number = max((next_free.get(thing, 0) for thing in wanted), default=0)
        for thing in wanted:
            next_free[thing] = number + 1
        if number == len(cut):
            cut.append([])
        cut[number].append(place)
    return cut
