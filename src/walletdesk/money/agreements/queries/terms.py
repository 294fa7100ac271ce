"""The house's terms: which edition holds, which is coming, and which a customer accepted, when and how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.clock.public import now
from walletdesk.money.agreements.models import TermsAcceptance
from walletdesk.money.agreements.queries.agreements import today_at
from walletdesk.money.agreements.rules import house_terms
from walletdesk.money.agreements.rules.house_terms import Difference, TermsEdition


@dataclass(frozen=True, slots=True)
class AcceptedTerms:
    """``how``: ``sign_up`` or ``page``."""

    edition: int
    how: str
    accepted_at: datetime


def terms_editions() -> tuple[TermsEdition, ...]:
    """Every edition, the first first."""
    return house_terms.EDITIONS


def terms_in_force() -> TermsEdition:
    return house_terms.in_force(house_terms.EDITIONS, today_at(now()))


def terms_coming() -> TermsEdition | None:
    """One that is announced and does not hold yet."""
    return house_terms.coming(house_terms.EDITIONS, today_at(now()))


def terms_changes(number: int) -> list[Difference]:
    """What this edition changes of the one before; nothing for the first."""
    known = {one.number: one for one in house_terms.EDITIONS}
    before = known.get(number - 1)
    return house_terms.differences(before, known[number]) if before else []


def terms_accepted(customer_id: UUID) -> list[AcceptedTerms]:
    """The latest first."""
    rows = TermsAcceptance.objects.filter(customer_id=customer_id).order_by("-edition")
    return [AcceptedTerms(row.edition, row.how, row.accepted_at) for row in rows]


def terms_to_read(customer_id: UUID) -> TermsEdition | None:
    """What this customer has not accepted yet: the one that is coming, else the one that holds."""
    newest = terms_coming() or terms_in_force()
    accepted = TermsAcceptance.objects.filter(customer_id=customer_id, edition__gte=newest.number)
    return None if accepted.exists() else newest
