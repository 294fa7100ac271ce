"""When two people agree too often (C07).

A pair is one maker and one checker. It is told when, over the days that the profile names, both hold:

    enough      the checker decided at least ``least`` proposals of this maker, and sent none back
    too much    that is at least ``share_percent`` of all that was decided of this maker,
                or the two also decide for each other: at least ``least`` the other way round, none sent back

A desk with only one possible checker has such pairs by nature: ``possible_checkers`` below 2 tells nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Pair:
    """How often ``checker`` approved and sent back what ``maker`` proposed."""

    maker: UUID
    checker: UUID
    approved: int
    rejected: int

    @property
    def decided(self) -> int:
        return self.approved + self.rejected


@dataclass(frozen=True, slots=True)
class PairLaw:
    least: int
    share_percent: int


def told(pairs: Sequence[Pair], law: PairLaw, possible_checkers: int) -> dict[tuple[UUID, UUID], str]:
    """``{(maker, checker): why}`` for the pairs to tell of; why is ``always`` or ``each_other``."""
    if possible_checkers < 2:
        return {}
    by_maker: dict[UUID, int] = {}
    for pair in pairs:
        by_maker[pair.maker] = by_maker.get(pair.maker, 0) + pair.decided
    agreeing = {(p.maker, p.checker): p for p in pairs if p.approved >= law.least and p.rejected == 0}
    found: dict[tuple[UUID, UUID], str] = {}
    for (maker, checker), pair in agreeing.items():
        if (checker, maker) in agreeing:
            found[maker, checker] = "each_other"
        elif pair.approved * 100 >= law.share_percent * by_maker[maker]:
            found[maker, checker] = "always"
    return found
