"""What carries the sound of browser legs. Two do: aiortc (always there), and Janus where it is installed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from walletdesk.adapters.telephony.webrtc.words import CarrierEvent, OpenMedia

Tell = Callable[[CarrierEvent], None]
Gone = Callable[["Carrier", str], None]


class CarrierRefused(Exception):
    """This offer cannot be carried (broken, nothing in common, no port free). The carrier lives."""


class CarrierGone(Exception):
    """The carrier is not there, or went away before it answered; all its legs are lost."""


class Carrier(Protocol):
    """Carries legs. ``tell`` and ``gone`` are given when it is made; ``gone`` is told once for each ``start``."""

    name: str

    @property
    def alive(self) -> bool:
        """Whether it takes legs now."""

    async def start(self) -> None:
        """Raises CarrierGone when it cannot."""

    async def stop(self) -> None:
        """End all legs, in silence."""

    async def accept(self, leg: str, offer: str, open_media: OpenMedia) -> str:
        """The answer to the page's offer, with all candidates; the engine's leg is made on the way.

        Again for a leg that is up: the page lost its way and comes back. Raises CarrierRefused, CarrierGone.
        """

    def close(self, leg: str) -> None:
        """End the leg; nothing more is told of it."""
