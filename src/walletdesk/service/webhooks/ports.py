"""What webhooks need of the world: somebody who carries a letter to an address that its receiver named.

What an adapter must not do: call an address that is not public (unless the installation allows its own machine), whatever
the name resolves to at that moment; follow a redirect; take a proxy from the environment; read more than 64 kB of an answer
or wait longer than its deadline; try again by itself; raise for anything that the network or the other side does; let one
slow receiver hold the others; log a body.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol
from uuid import UUID

HowItEnded = Literal["answered", "timed_out", "not_reached", "not_allowed", "broken"]


@dataclass(frozen=True, slots=True)
class Letter:
    """One try of one delivery: a POST of ``body`` with these headers. ``number`` is the how-manieth try."""

    delivery_id: UUID
    endpoint_id: UUID
    number: int
    address: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """``answered`` has a status, the Retry-After header as it came, and the beginning of the body as ``words``; the other
    endings have a few words of ours. ``took_ms``: from the first step to the end.
    """

    ended: HowItEnded
    status: int | None = None
    retry_after: str = ""
    words: str = ""
    took_ms: int = 0


Answered = Callable[[Letter, Answer], None]


class WebhookCarrier(Protocol):
    """Whoever carries webhooks."""

    def objection(self, address: str) -> str:
        """Why this address is never called, in one word; empty when it may be tried. Pure: nothing is resolved."""

    def carry(self, letter: Letter, answered: Answered) -> None:
        """Start; comes back at once. ``answered`` is called once, from a thread of the carrier."""


class NobodyCarries(RuntimeError):
    """The installation names no carrier: ``project/ports.py`` did not call :func:`use_carrier`."""


_joined: list[WebhookCarrier] = []


def use_carrier(carrier: WebhookCarrier) -> None:
    """From now on this process sends its webhooks by ``carrier``."""
    _joined[:] = [carrier]


def the_carrier() -> WebhookCarrier:
    if not _joined:
        raise NobodyCarries("webhooks")
    return _joined[0]
