"""Who hears whom: from bridges, holds, mutes, secrets and listeners to the sums of one tick. Pure.

in a bridge                 hears all others in it
muted                       hears, is not heard
keys a secret               hears, is not heard, and nothing of the bridge is recorded
on hold                     neither
listens                     hears all in the bridge, is not heard
whispers to one             the same, but that one hears it; it is not recorded
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from walletdesk.adapters.telephony.media.concealment import Slots

Rank = tuple[Slots, Slots]


@dataclass(frozen=True, slots=True)
class Party:
    """What of a leg decides about hearing."""

    held: bool = False
    muted: bool = False
    secret: bool = False

    @property
    def heard(self) -> bool:
        return not (self.held or self.muted or self.secret)


@dataclass(slots=True)
class BridgeState:
    """Who is in it, and who stands beside it: listener → whom it whispers to, or None."""

    members: tuple[str, ...] = ()
    listeners: dict[str, str | None] = field(default_factory=dict)


def hears(bridge: BridgeState, parties: Mapping[str, Party]) -> dict[str, list[str]]:
    """For each leg at the bridge, those whom it hears."""
    speakers = [name for name in bridge.members if parties[name].heard]
    heard = {name: [other for other in speakers if other != name] for name in bridge.members if not parties[name].held}
    for listener, whisper_to in bridge.listeners.items():
        if not parties[listener].held:
            heard[listener] = list(speakers)
        if whisper_to in heard and parties[listener].heard:
            heard[whisper_to].append(listener)
    return heard


def recorded(bridge: BridgeState, parties: Mapping[str, Party], left: str) -> tuple[list[str], list[str]]:
    """Who is on the left channel and who on the right: nobody at all while a secret is keyed."""
    if any(parties[name].secret for name in bridge.members):
        return [], []
    speakers = [name for name in bridge.members if parties[name].heard]
    return [name for name in speakers if name == left], [name for name in speakers if name != left]


def ranks(sums: Mapping[int, Sequence[int]]) -> list[Rank]:
    """Sums row by row → array steps: in each step every listener's row appears once and takes one more speaker."""
    steps: list[tuple[list[int], list[int]]] = []
    for listener, speakers in sums.items():
        for number, speaker in enumerate(speakers):
            if number == len(steps):
                steps.append(([], []))
            steps[number][0].append(listener)
            steps[number][1].append(speaker)
    return [(np.array(listeners, dtype=np.intp), np.array(speakers, dtype=np.intp)) for listeners, speakers in steps]
