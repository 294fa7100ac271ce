"""Whether an order can be paid by this person now: the first thing that stands in the way, in one fixed order.

order_not_found     no such order
pin_proof_stale     the PIN was proved by somebody else, or too long ago
code_broken         what the person was shown is not what the order says
own_shop            the payer works at this till
order_authorised, order_paid, order_cancelled, order_expired
wallet_missing      no wallet in the order's asset
(then the books)    wallet_frozen, not_enough_money
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

WAITING, AUTHORISED, PAID, EXPIRED, CANCELLED = "waiting", "authorised", "paid", "expired", "cancelled"
INSTRUMENTS = (STATIC_CODE, DYNAMIC_CODE, TAP) = ("static_code", "dynamic_code", "tap")
"""How payer and order meet: a printed code, one made for this order, a touch."""


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """``shop_people`` (user ids) stand behind the till and may not pay at it."""

    state: str
    amount_minor: int
    asset: str
    expires_at: datetime
    shop_people: Collection[UUID] = ()


def order_state(stored: str, expires_at: datetime, now: datetime) -> str:
    """A waiting order whose time is over is expired, without anybody having to write that down."""
    return EXPIRED if stored == WAITING and now >= expires_at else stored


def obstacle(
    order: OrderFacts | None,
    *,
    payer_user: UUID | None,
    proof_good: bool,
    shown: tuple[int, str] | None,
    has_wallet: bool,
    now: datetime,
) -> str | None:
    """The code of the first obstacle of the table above, or None. ``shown`` is (minor units, asset) or None."""
    if order is None:
        return "order_not_found"
    if not proof_good:
        return "pin_proof_stale"
    if shown is not None and shown != (order.amount_minor, order.asset):
        return "code_broken"
    if payer_user is not None and payer_user in order.shop_people:
        return "own_shop"
    state = order_state(order.state, order.expires_at, now)
    if state != WAITING:
        return f"order_{state}"
    return None if has_wallet else "wallet_missing"
