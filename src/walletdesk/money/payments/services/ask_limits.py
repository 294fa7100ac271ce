"""What the wallets' limits say to a batch, by the places of its intents."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from walletdesk.foundation.errors import Refusal
from walletdesk.money.payments.errors import PayeeCannotReceive
from walletdesk.money.wallets.public import BalanceLimit, LimitUse, TakenLimits, note_uses, take_limits


@dataclass(frozen=True, slots=True)
class AskedLimits:
    """``refusals`` has an entry for each place that may not go on."""

    places: tuple[int, ...]
    taken: TakenLimits
    refusals: Mapping[int, Refusal]

    def note(self, posted: Collection[int]) -> list[int]:
        """Count what was posted. Returns the places that were refused for the sake of a neighbour who was then declined:
        they are asked once more.
        """
        indexes = {index for index, place in enumerate(self.places) if place in posted}
        note_uses(self.taken, indexes)
        return [self.places[index] for index in self.taken.perhaps(indexes)]


def ask_limits(uses: Mapping[int, LimitUse], moment: datetime) -> AskedLimits:
    """Lock the counters and judge, before the books: ``LimitReached``, or for a receiver who is full
    ``PayeeCannotReceive``, because how much another person holds is not the payer's to know.
    """
    taken = take_limits(list(uses.values()), moment)
    refusals: dict[int, Refusal] = {}
    for place, use, reached in zip(uses, taken.uses, taken.refusals, strict=True):
        if reached is not None:
            others = isinstance(reached, BalanceLimit) and use.into is not None
            refusals[place] = PayeeCannotReceive() if others else reached
    return AskedLimits(tuple(uses), taken, refusals)
