"""The life of money that is set aside: for an order (authorised, then captured or not), and for a later transfer. Pure.

authorised   captured   what is captured becomes a payment, the rest is free again, once and for all
             voided     by the shop
             expired    nobody captured it in time

waiting      made       when it was due
             cancelled  by who was to send it, until it is made
             failed     when it was due it could not be: frozen, or the other one cannot take it in
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

AUTHORISED, CAPTURED, VOIDED, EXPIRED = "authorised", "captured", "voided", "expired"
HOLD_ENDS = (CAPTURED, VOIDED, EXPIRED)
HOLD_STATES = (AUTHORISED, *HOLD_ENDS)

WAITING, MADE, CANCELLED, FAILED = "waiting", "made", "cancelled", "failed"
LATER_ENDS = (MADE, CANCELLED, FAILED)
LATER_STATES = (WAITING, *LATER_ENDS)


@dataclass(frozen=True, slots=True)
class HeldFacts:
    """Money held for an order, as it stands."""

    state: str
    minor: int
    expires_at: datetime


def hold_state(stored: str, expires_at: datetime, now: datetime) -> str:
    """One whose time is over is expired, whether or not the timer has written it down."""
    return EXPIRED if stored == AUTHORISED and now >= expires_at else stored


def capture_obstacle(held: HeldFacts | None, minor: int | None, now: datetime) -> str | None:
    """The first thing in the way of capturing ``minor`` (None: all of it): ``payment_not_found``, ``hold_ended``,
    ``hold_expired``, ``amount_not_positive``, ``capture_above_hold``.
    """
    if held is None:
        return "payment_not_found"
    if held.state != AUTHORISED:
        return "hold_expired" if held.state == EXPIRED else "hold_ended"
    if now >= held.expires_at:
        return "hold_expired"
    if minor is not None and minor <= 0:
        return "amount_not_positive"
    return "capture_above_hold" if minor is not None and minor > held.minor else None


def void_obstacle(held: HeldFacts | None) -> str | None:
    """``payment_not_found``, ``hold_ended`` (captured), or None. What is free already is voided once more without harm."""
    if held is None:
        return "payment_not_found"
    return "hold_ended" if held.state == CAPTURED else None
