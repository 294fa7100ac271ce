"""The most that may go to one payee, a payment and a day: what the owner set, and the first of it that a payment would pass.

    each time   a day   paid today   asked   what stands in the way
    50          -       -            50      nothing
    50          100     60           50      the day, 40 left
    50          100     100          51      each time, 50 left

What came back on the day on which it was paid does not count, as with the other limits (docs/adr/0017).
"""

from __future__ import annotations

from collections.abc import Sequence

from walletdesk.money.wallets.rules.limits import SINGLE, Limit, Reached
from walletdesk.money.wallets.rules.windows import DAY

PAYEE = "payee"
PAYEE_WINDOWS = (SINGLE, DAY)


def left_for_payee(limit: Limit, paid_today: int) -> int:
    """How much more may go there under one limit."""
    return limit.minor if limit.kind == SINGLE else max(0, limit.minor - paid_today)


def payee_reached(limits: Sequence[Limit], paid_today: int, minor: int) -> Reached | None:
    """The first limit, in the order of ``PAYEE_WINDOWS``, that paying ``minor`` would pass; None if it may."""
    in_the_way = [Reached(limit, left) for limit in limits if (left := left_for_payee(limit, paid_today)) < minor]
    return min(in_the_way, key=lambda one: PAYEE_WINDOWS.index(one.limit.kind), default=None)
