"""What a refund may be and what it gives back: pure arithmetic in minor units.

The fee goes back in the same share as the price. It is computed on the running total, so that many small refunds give
back exactly the fee that was taken, and the last one takes the remainder:

    paid 10.00, fee 0.06    refund 3.33  3.33  3.34
                            fee     0.02  0.02  0.02     sum 0.06
    paid 0.05, fee 0.01     refund 0.01 five times
                            fee     0  0  0.01  0  0     sum 0.01
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaidSoFar:
    """A payment and what already went back of it; minor units."""

    amount: int
    fee: int
    refunded: int
    fee_returned: int

    @property
    def left(self) -> int:
        return self.amount - self.refunded


def fee_share(paid: PaidSoFar, refund: int) -> int:
    """How much of the fee goes back with this refund; 0 to what is left of the fee."""
    total = (2 * paid.fee * (paid.refunded + refund) + paid.amount) // (2 * paid.amount)
    return min(total, paid.fee) - paid.fee_returned


def obstacle(paid: PaidSoFar | None, refund: int, *, is_refund: bool = False) -> str | None:
    """The first thing in the way: ``refund_of_refund``, ``payment_not_found``, ``refund_not_positive`` or
    ``refund_exceeds_payment``.
    """
    if is_refund:
        return "refund_of_refund"
    if paid is None:
        return "payment_not_found"
    if refund <= 0:
        return "refund_not_positive"
    return "refund_exceeds_payment" if refund > paid.left else None
