"""A customer accepts an edition of the house's terms: by opening the account, or on the page of terms when they change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.clock.public import now
from walletdesk.money.agreements.errors import HouseTermsNotOpen
from walletdesk.money.agreements.models import TermsAcceptance
from walletdesk.money.agreements.queries.agreements import today_at
from walletdesk.money.agreements.queries.terms import terms_coming, terms_in_force
from walletdesk.money.agreements.rules import house_terms


def accept_terms(customer_id: UUID, edition: int) -> None:
    """Once for each edition; again changes nothing. Refuses: an edition that neither holds nor is announced
    (``HouseTermsNotOpen``).
    """
    open_now = {one.number for one in (terms_in_force(), terms_coming()) if one is not None}
    if edition not in open_now:
        raise HouseTermsNotOpen(edition=edition)
    _note([(customer_id, edition, now())], "page")


def accepted_by_opening(opened: Sequence[tuple[UUID, datetime]]) -> None:
    """Who opened an account accepted what held on that day: the page of sign-up says so. Safe to run twice."""
    _note(
        [
            (customer, house_terms.in_force(house_terms.EDITIONS, today_at(moment)).number, moment)
            for customer, moment in opened
        ],
        "sign_up",
    )


def _note(rows: Sequence[tuple[UUID, int, datetime]], how: str) -> None:
    TermsAcceptance.objects.bulk_create(
        [
            TermsAcceptance(customer_id=customer, edition=edition, how=how, accepted_at=moment)
            for customer, edition, moment in rows
        ],
        ignore_conflicts=True,
    )
