"""The front door of the kill points.

reach("before_commit")      called by a room at a named place: nothing, or the end of this process; refuses nothing
arm("before_commit:2")      for a child of a fork: what WALLETDESK_KILL_AT would have said at its start
"""

from __future__ import annotations

import os
import signal

PLACES = (
    "after_key_insert",
    "after_legs",
    "before_commit",
    "after_commit",
    "in_refund",
    "in_delivery",
    "in_lane",
    "out_of_lane",
)
"""Where a payment, a refund and a delivery can be cut. ``after_commit`` is before the answer goes out, ``in_lane`` when a
batch was taken and nothing is done, ``out_of_lane`` when all of it is durable and nobody has heard.
"""

_place, _, _nth = os.environ.get("WALLETDESK_KILL_AT", "").partition(":")
_left = int(_nth or 1)


def reach(place: str) -> None:
    """Kill this process if ``WALLETDESK_KILL_AT`` is ``place`` (or ``place:3`` for the third time it is reached)."""
    global _left
    if place != _place:
        return
    _left -= 1
    if _left <= 0:
        os.kill(os.getpid(), signal.SIGKILL)


def arm(place: str) -> None:
    """What ``WALLETDESK_KILL_AT`` would have said at the start of this process; for the child of a fork."""
    global _place, _left
    _place, _, nth = place.partition(":")
    _left = int(nth or 1)
