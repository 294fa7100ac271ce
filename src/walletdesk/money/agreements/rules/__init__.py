"""What holds between a payer and the software that pays for them: pure.

An agreement's life, from its moments alone:

    proposed    accept it until ``proposal_ends_at``         nothing can be paid
    lapsed      nobody did                                   for ever
    active      accepted, until ``valid_until``              pays within its caps
    expired     ``valid_until`` is over                      for ever
    ended       the payer or the shop ended it               for ever

A use is refused by the first of these that is true:

    agreement_not_found     none such, not accepted, or of another payer or shop: the same answer
    agreement_over          ended or expired
    asset_differs           it speaks of another currency
    agreement_single        above what one payment may be
    agreement_day           above what is left of the day
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

PROPOSED, LAPSED, ACTIVE, EXPIRED, ENDED = "proposed", "lapsed", "active", "expired", "ended"
CUSTOMER, MERCHANT = "customer", "merchant"
PROOF_LASTS = timedelta(seconds=120)
LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed. ``merchant_id`` is the shop that proposed it; None where ``key_id``, a key of the payer's own, has
    the caps. ``used_minor`` was used on ``day``, a date in the operator's calendar.
    """

    id: UUID
    customer_id: UUID | None
    merchant_id: UUID | None
    key_id: UUID | None
    asset: str
    max_single_minor: int
    max_day_minor: int
    valid_until: datetime
    accepted_at: datetime | None
    ended_at: datetime | None
    day: date | None = None
    used_minor: int = 0

    def used_on(self, today: date) -> int:
        """What the running day has used. A day that has begun never goes back (a clock that jumps gains nothing)."""
        return self.used_minor if self.day is not None and self.day >= today else 0

    def left_on(self, today: date) -> int:
        return max(0, self.max_day_minor - self.used_on(today))


@dataclass(frozen=True, slots=True)
class Wish:
    """One sum for one payee. ``asked_by`` is the shop whose key asks, None for the payer's own key."""

    customer_id: UUID
    payee_id: UUID
    asked_by: UUID | None
    minor: int
    asset: str


def proof_holds(proved_by: UUID, proved_at: datetime, payer: UUID, now: datetime) -> bool:
    """Whether a PIN that was proved then still speaks for this payer now."""
    return proved_by == payer and timedelta(seconds=-5) <= now - proved_at <= PROOF_LASTS


def state_of(
    accepted_at: datetime | None,
    ended_at: datetime | None,
    proposal_ends_at: datetime,
    valid_until: datetime,
    now: datetime,
) -> str:
    if ended_at is not None:
        return ENDED
    if accepted_at is None:
        return PROPOSED if now < min(proposal_ends_at, valid_until) else LAPSED
    return ACTIVE if now < valid_until else EXPIRED


def obstacle(terms: Terms | None, wish: Wish, *, now: datetime, today: date) -> str | None:
    """The code of the first obstacle of the table above, or None. Reaching a cap is allowed, passing it is not."""
    if terms is None or terms.accepted_at is None or terms.customer_id != wish.customer_id:
        return "agreement_not_found"
    if terms.key_id is None and not (terms.merchant_id == wish.asked_by == wish.payee_id):
        return "agreement_not_found"
    if terms.ended_at is not None or now >= terms.valid_until:
        return "agreement_over"
    if terms.asset != wish.asset:
        return "asset_differs"
    if wish.minor > terms.max_single_minor:
        return "agreement_single"
    return "agreement_day" if wish.minor > terms.left_on(today) else None
