"""What agreements say to a batch that nobody types a PIN for, by the places of its intents."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from walletdesk.foundation.errors import Refusal
from walletdesk.money.agreements.public import ConsentUse, TakenConsents, note_consents, take_consents


@dataclass(frozen=True, slots=True)
class AskedConsent:
    """``refusals`` has an entry for each place that may not go on."""

    places: tuple[int, ...]
    taken: TakenConsents
    refusals: Mapping[int, Refusal]

    def note(self, posted: Collection[int]) -> list[int]:
        """Count what was posted. Returns the places that were refused for the sake of a neighbour who was then declined:
        they are asked once more.
        """
        indexes = {index for index, place in enumerate(self.places) if place in posted}
        note_consents(self.taken, indexes)
        return [self.places[index] for index in self.taken.perhaps(indexes)]


def ask_consent(uses: Mapping[int, ConsentUse], moment: datetime) -> AskedConsent:
    """Lock the agreements and judge: after the orders, before risk, the limits and the books. No statement for a batch in
    which everybody brought a PIN.
    """
    taken = take_consents(list(uses.values()), moment)
    refusals = {place: no for place, no in zip(uses, taken.refusals, strict=True) if no is not None}
    return AskedConsent(tuple(uses), taken, refusals)
