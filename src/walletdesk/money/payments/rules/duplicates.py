"""When two payments look like one purchase charged twice.

Both must have the same payer, payee, asset and amount. Then either

    same_reference      both carry the same order reference and lie within a day of each other
    no_reference        neither carries one and they lie within the window (ten minutes unless the profile says else)

Two different references are two purchases, however close. A first payment that was paid back in full no longer counts:
the purchase was paid once. Of three alike, the second and the third are both held against the first.

``confidence`` (0 to 100) is what the figures of the labelled set in ``tests/rules/test_duplicates.py`` justify; it orders
the desk's queue and never moves money.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

SAME_REFERENCE, NO_REFERENCE = "same_reference", "no_reference"
REFERENCE_REACH = timedelta(hours=24)
AT_THE_TILL = timedelta(seconds=120)


@dataclass(frozen=True, slots=True)
class Capture:
    """One captured payment, as far as this rule looks."""

    payment_id: UUID
    customer_id: UUID
    merchant_id: UUID
    asset: str
    amount_minor: int
    order_reference: str
    at: datetime
    refunded_minor: int = 0

    @property
    def alike(self) -> tuple[UUID, UUID, str, int]:
        return (self.customer_id, self.merchant_id, self.asset, self.amount_minor)

    @property
    def place(self) -> tuple[datetime, UUID]:
        """Where it stands in time; the id decides between two of one instant."""
        return (self.at, self.payment_id)


@dataclass(frozen=True, slots=True)
class Suspicion:
    first_payment_id: UUID
    second_payment_id: UUID
    reason: str
    confidence: int
    seconds_apart: int


def judge(first: Capture, second: Capture, window: timedelta) -> Suspicion | None:
    """Whether ``second`` (the later one) charges again what ``first`` already paid."""
    apart = second.at - first.at
    if first.alike != second.alike or second.place <= first.place or first.refunded_minor >= first.amount_minor:
        return None
    if first.order_reference or second.order_reference:
        if first.order_reference != second.order_reference or apart > REFERENCE_REACH:
            return None
        reason, confidence = SAME_REFERENCE, 98 if apart <= window else 90
    elif apart <= window:
        reason, confidence = NO_REFERENCE, 85 if apart <= AT_THE_TILL else 60
    else:
        return None
    return Suspicion(first.payment_id, second.payment_id, reason, confidence, int(apart.total_seconds()))


def suspicions(captures: Iterable[Capture], window: timedelta) -> list[Suspicion]:
    """Each capture that repeats an earlier one, held against the earliest that it repeats."""
    groups: dict[tuple[UUID, UUID, str, int], list[Capture]] = {}
    for capture in captures:
        groups.setdefault(capture.alike, []).append(capture)
    found: list[Suspicion] = []
    for group in groups.values():
        group.sort(key=lambda capture: capture.place)
        originals: list[Capture] = []
        for capture in group:
            suspicion = next((s for first in originals if (s := judge(first, capture, window))), None)
            if suspicion is None:
                originals.append(capture)
            else:
                found.append(suspicion)
    return found
