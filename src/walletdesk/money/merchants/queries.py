"""Reads about shops."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from walletdesk.foundation.amount.public import Amount, Asset
from walletdesk.foundation.arrays.public import uuid_array
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.statements.public import Asked, Rows, asked
from walletdesk.money.ledger import public as ledger
from walletdesk.money.merchants.models import Merchant, MerchantMember, TestTwin, Till
from walletdesk.money.merchants.rules import CATEGORIES

SHOPS_WITH_PEOPLE = """
SELECT id, name_zh, name_en, category, city, phone, verified, asset_code, ledger_account, fee_bps, created_at,
       ARRAY(SELECT user_id FROM merchants_merchantmember WHERE merchant_id = shop.id)
FROM merchants_merchant shop WHERE id = ANY (%s::uuid[])
"""


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
    return ask_shops_with_people(ids).value()


def ask_shops_with_people(ids: Iterable[UUID]) -> Asked[dict[UUID, tuple[MerchantView, frozenset[UUID]]]]:
    """The same, asked for: inside ``in_one_flight`` nobody waits for it yet."""
    return asked(SHOPS_WITH_PEOPLE, uuid_array(list(set(ids))), read=_shops_in)


def _shops_in(rows: Rows) -> dict[UUID, tuple[MerchantView, frozenset[UUID]]]:
    return {row[0]: (_view_of(row[:-1]), frozenset(row[-1])) for row in rows}


def _view_of(columns: tuple[Any, ...]) -> MerchantView:
    """``columns`` in the order of ``SHOPS_WITH_PEOPLE``."""
    id_, name_zh, name_en, category, *rest = columns
    known = CATEGORIES.get(category, CATEGORIES["other"])
    return MerchantView(id_, name_zh, name_en, category, known.code, known.words, *rest)


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


def is_twin(merchant_id: UUID) -> bool:
    """Whether this shop is another's twin for testing."""
    return TestTwin.objects.filter(twin_id=merchant_id).exists()


def twin_of(merchant_id: UUID) -> UUID | None:
    """The id of the shop's test twin, if it has one already."""
    return TestTwin.objects.filter(merchant_id=merchant_id).values_list("twin_id", flat=True).first()


def live_of(twin_id: UUID) -> UUID | None:
    """The shop whose test twin this is."""
    return TestTwin.objects.filter(twin_id=twin_id).values_list("merchant_id", flat=True).first()
