"""Agreements, as anybody who may see them sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from walletdesk.foundation.amount.public import KNOWN_ASSETS, Amount, Asset
from walletdesk.foundation.arrays.public import uuid_array
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.statements.public import rows_of
from walletdesk.money.agreements.models import Agreement
from walletdesk.money.agreements.rules import Terms, state_of
from walletdesk.money.ledger import public as ledger

PARTIES = """
SELECT id, merchant_id, customer_id FROM agreements_agreement
WHERE id = ANY(%s::uuid[]) AND merchant_id IS NOT NULL AND customer_id IS NOT NULL
"""
MOST = 201  # a page of 200, and one more to know whether there is another


@dataclass(frozen=True, slots=True)
class AgreementView:
    """``state`` is ``proposed``, ``active``, ``ended``, ``lapsed`` (nobody accepted) or ``expired``. ``merchant_id`` is None
    where it holds the caps of the customer's own key, ``key_id``.
    """

    id: UUID
    merchant_id: UUID | None
    key_id: UUID | None
    customer_id: UUID | None
    title: str
    max_single: Amount
    max_day: Amount
    used_today: Amount
    state: str
    proposed_at: datetime
    proposal_ends_at: datetime
    valid_until: datetime
    accepted_at: datetime | None
    ended_at: datetime | None
    ended_by: str

    @property
    def asset(self) -> Asset:
        return self.max_single.asset

    @property
    def left_today(self) -> Amount:
        return self.max_day - self.used_today


def today_at(moment: datetime) -> date:
    """The day whose cap is used at ``moment``: the operator's calendar, as for the limits of wallets."""
    return timezone.localtime(moment, timezone.get_default_timezone()).date()


def terms_of(row: Agreement) -> Terms:
    return Terms(
        id=row.id,
        customer_id=row.customer_id,
        merchant_id=row.merchant_id,
        key_id=row.key_id,
        asset=row.asset_code,
        max_single_minor=row.max_single_minor,
        max_day_minor=row.max_day_minor,
        valid_until=row.valid_until,
        accepted_at=row.accepted_at,
        ended_at=row.ended_at,
        day=row.day,
        used_minor=row.used_minor,
    )


def as_view(row: Agreement, moment: datetime) -> AgreementView:
    asset = KNOWN_ASSETS.get(row.asset_code) or ledger.asset(row.asset_code)
    return AgreementView(
        id=row.id,
        merchant_id=row.merchant_id,
        key_id=row.key_id,
        customer_id=row.customer_id,
        title=row.title,
        max_single=Amount(row.max_single_minor, asset),
        max_day=Amount(row.max_day_minor, asset),
        used_today=Amount(terms_of(row).used_on(today_at(moment)), asset),
        state=state_of(row.accepted_at, row.ended_at, row.proposal_ends_at, row.valid_until, moment),
        proposed_at=row.proposed_at,
        proposal_ends_at=row.proposal_ends_at,
        valid_until=row.valid_until,
        accepted_at=row.accepted_at,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
    )


def views_of(rows: Iterable[Agreement]) -> list[AgreementView]:
    moment = now()
    return [as_view(row, moment) for row in rows]


def agreements(ids: Iterable[UUID]) -> dict[UUID, AgreementView]:
    """The agreements with these ids, one statement; an id that is none is absent."""
    return {view.id: view for view in views_of(Agreement.objects.filter(id__in=set(ids)))}


def agreement(agreement_id: UUID) -> AgreementView | None:
    return agreements([agreement_id]).get(agreement_id)


def agreement_parties(ids: Iterable[UUID]) -> dict[UUID, tuple[UUID, UUID]]:
    """Shop and payer behind each accepted agreement, which never change; one statement. For a door that must know whose money
    it is; what it may be used for is asked under its lock (``take_consents``).
    """
    return {row[0]: (row[1], row[2]) for row in rows_of(PARTIES, uuid_array(list(ids)))}


def agreements_of_merchant(merchant_id: UUID, before: UUID | None = None, limit: int = 50) -> list[AgreementView]:
    """What a shop has proposed, the newest first, at most 200; ``before`` is the id of the last one seen."""
    rows = Agreement.objects.filter(merchant_id=merchant_id).order_by("-id")
    return views_of((rows.filter(id__lt=before) if before else rows)[: max(1, min(limit, MOST))])


def agreements_of_customer(customer_id: UUID) -> list[AgreementView]:
    """What a customer has accepted of shops, the newest first; what is over too."""
    rows = Agreement.objects.filter(customer_id=customer_id, key_id=None).order_by("-accepted_at", "-id")
    return views_of(rows[:MOST])


def caps_of_keys(key_ids: Iterable[UUID]) -> dict[UUID, AgreementView]:
    """The caps of customers' own keys, by key id."""
    views = views_of(Agreement.objects.filter(key_id__in=set(key_ids)))
    return {view.key_id: view for view in views if view.key_id}
