"""Whether one more call is taken: the same for everybody, before anything is known but the network's word.

A number that calls without end finds the line busy after a few; a flood from many numbers fills the open lines, never
those kept for callers who signed in first. 503 with Retry-After says when it is worth trying again.
"""

from __future__ import annotations

from dataclasses import dataclass

RETRY_AFTER = 30
KEPT_FOR_VERIFIED = 5
"""One line in this many is kept for callers with a token."""


@dataclass(frozen=True, slots=True)
class Lines:
    """How busy it is, and the limits. An empty number (withheld) shares one count with all the others of its kind."""

    live: int
    most_live: int
    live_of_number: int
    most_live_of_number: int
    hour_of_number: int
    most_an_hour_of_number: int


def refusal(lines: Lines, *, withheld: bool, token: bool) -> str | None:
    """``full`` or ``too_often``, in this order; None: come in."""
    most = lines.most_live if token else lines.most_live - lines.most_live // KEPT_FOR_VERIFIED
    if lines.live >= most:
        return "full"
    if token:
        return None
    share = 10 if withheld else 1
    if lines.live_of_number >= lines.most_live_of_number * share:
        return "too_often"
    return "too_often" if lines.hour_of_number >= lines.most_an_hour_of_number * share else None
