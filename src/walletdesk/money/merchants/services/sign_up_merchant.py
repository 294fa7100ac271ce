"""A shop signs up: it gets an owner, a first till and an account in the books."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.outbox.public import publish
from walletdesk.foundation.profiles.public import value
from walletdesk.money.ledger import public as ledger
from walletdesk.money.merchants.errors import AlreadyMember, CategoryUnknown, ShopNameNotUsable, UserNotFound
from walletdesk.money.merchants.events import MerchantSignedUp
from walletdesk.money.merchants.models import Merchant, MerchantMember, Till
from walletdesk.money.merchants.queries import MerchantView, as_view
from walletdesk.money.merchants.rules import CATEGORIES, OWNER, clean_name, name_usable


def sign_up_merchant(
    user_id: UUID,
    name_zh: str,
    name_en: str,
    category: str,
    *,
    phone: str = "",
    city: str = "Shanghai",
    asset_code: str = "CNY",
    verified: bool = False,
    owner_name: str = "",
) -> MerchantView:
    """Refuses, in this order: ``ShopNameNotUsable``, ``CategoryUnknown``, ``UserNotFound``, ``AlreadyMember``.

    One of the two names is enough: a shop with only one is called so in both languages.
    """
    name_zh, name_en = clean_name(name_zh) or clean_name(name_en), clean_name(name_en) or clean_name(name_zh)
    if not name_usable(name_zh) or not name_usable(name_en):
        raise ShopNameNotUsable()
    if category not in CATEGORIES:
        raise CategoryUnknown(category=category)
    with transaction.atomic():
        _free_user(user_id)
        merchant_id = uuid7()
        specification = ledger.AccountSpec("merchant_settlement", asset_code, f"merchant:{merchant_id}")
        row = Merchant.objects.create(
            id=merchant_id,
            name_zh=name_zh,
            name_en=name_en,
            category=category,
            city=city[:15],
            phone=phone,
            verified=verified,
            asset_code=asset_code,
            ledger_account=ledger.open_accounts([specification])[0],
            fee_bps=value("merchant.fee_bps"),
        )
        name = clean_name(owner_name)[:60] or name_zh
        MerchantMember.objects.create(user_id=user_id, merchant=row, role=OWNER, name=name)
        Till.objects.create(merchant=row, label="1")
        publish(MerchantSignedUp(row.id, user_id, now()))
        return as_view(row)


def _free_user(user_id: UUID) -> None:
    # The row lock makes two sign-ups of one person stand in line, so that the second gets words and not a broken index.
    if get_user_model().objects.select_for_update(no_key=True).filter(pk=user_id).first() is None:
        raise UserNotFound()
    if MerchantMember.objects.filter(user_id=user_id).exists():
        raise AlreadyMember()
