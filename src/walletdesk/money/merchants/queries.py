"""Reads about shops."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from walletdesk.foundation.amount.public import Amount, Asset
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.ledger import public as ledger
from walletdesk.money.merchants.models import Merchant, MerchantMember, Till
from walletdesk.money.merchants.rules import CATEGORIES


@dataclass(frozen=True, slots=True)
class MerchantView:
    id: UUID
    name_zh: str
    name_en: str
    category: str
    category_code: str
    category_words: Words
    city: str
    phone: str
    verified: bool
    asset_code: str
    ledger_account: int
    fee_bps: int
    since: datetime

    @property
    def name(self) -> Words:
        return Words(self.name_zh, self.name_en)


@dataclass(frozen=True, slots=True)
class MemberView:
    id: UUID
    user_id: UUID
    merchant_id: UUID
    role: str
    name: str


@dataclass(frozen=True, slots=True)
class TillView:
    id: UUID
    merchant_id: UUID
    label: str


@dataclass(frozen=True, slots=True)
class ShopBalance:
    """What the shop has in the books, after fees and refunds."""

    posted: Amount
    available: Amount
    asset: Asset
    freeze: str


def as_view(row: Merchant) -> MerchantView:
    category = CATEGORIES.get(row.category, CATEGORIES["other"])
    return MerchantView(
        id=row.id,
        name_zh=row.name_zh,
        name_en=row.name_en,
        category=row.category,
        category_code=category.code,
        category_words=category.words,
        city=row.city,
        phone=row.phone,
        verified=row.verified,
        asset_code=row.asset_code,
        ledger_account=row.ledger_account,
        fee_bps=row.fee_bps,
        since=row.created_at,
    )


def _member(row: MerchantMember) -> MemberView:
    return MemberView(row.id, row.user_id, row.merchant_id, row.role, row.name)


def merchants(ids: Iterable[UUID]) -> dict[UUID, MerchantView]:
    """The shops with these ids, one statement; an id that is no shop's is absent."""
    return {row.id: as_view(row) for row in Merchant.objects.filter(id__in=set(ids))}


def merchant(merchant_id: UUID) -> MerchantView | None:
    return merchants([merchant_id]).get(merchant_id)


def member_of_user(user_id: UUID) -> MemberView | None:
    """Where this person works, if anywhere."""
    row = MerchantMember.objects.filter(user_id=user_id).first()
    return _member(row) if row else None


def members_of(merchant_id: UUID) -> list[MemberView]:
    """Everybody at a shop, the first who came first."""
    return [_member(row) for row in MerchantMember.objects.filter(merchant_id=merchant_id).order_by("joined_at", "id")]


def shops_with_people(ids: Iterable[UUID]) -> dict[UUID, tuple[MerchantView, frozenset[UUID]]]:
    """The shops with these ids, each with the users who work there; one statement."""
    who = MerchantMember.objects.filter(merchant=OuterRef("pk")).values("user_id")
    rows = Merchant.objects.filter(id__in=set(ids)).annotate(people=ArraySubquery(who))
    return {row.id: (as_view(row), frozenset(row.people)) for row in rows}


def tills_of(merchant_id: UUID) -> list[TillView]:
    return [TillView(t.id, t.merchant_id, t.label) for t in Till.objects.filter(merchant_id=merchant_id).order_by("id")]


def shop_balance(merchant_id: UUID) -> ShopBalance | None:
    """What is in the shop's account now."""
    row = Merchant.objects.filter(id=merchant_id).first()
    if row is None:
        return None
    balance = ledger.balances([row.ledger_account])[row.ledger_account]
    asset = balance.asset
    return ShopBalance(Amount(balance.posted, asset), Amount(balance.available, asset), asset, balance.freeze)
