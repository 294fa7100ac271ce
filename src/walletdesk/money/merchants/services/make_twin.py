"""A shop's twin for testing: the same shop in play money, so that software can be tried without a cent at risk."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from walletdesk.foundation.amount.public import XTS
from walletdesk.foundation.clock.public import uuid7
from walletdesk.money.ledger import public as ledger
from walletdesk.money.merchants.errors import MerchantNotFound
from walletdesk.money.merchants.models import Merchant, TestTwin, Till
from walletdesk.money.merchants.queries import MerchantView, as_view, is_twin


def test_twin(merchant_id: UUID) -> MerchantView:
    """The twin of a shop, made when first asked for; a twin is its own. Its asset is XTS, it has an account of its own in the
    books, a till and the shop's fee, and nobody works there. Refuses ``MerchantNotFound``.
    """
    with transaction.atomic():
        live = Merchant.objects.select_for_update(no_key=True).filter(id=merchant_id).first()
        if live is None:
            raise MerchantNotFound()
        if is_twin(live.id):
            return as_view(live)
        made = TestTwin.objects.select_related("twin").filter(merchant_id=live.id).first()
        return as_view(made.twin if made else _make(live))


def _make(live: Merchant) -> Merchant:
    ledger.define_asset(XTS)
    twin_id = uuid7()
    specification = ledger.AccountSpec("merchant_settlement", XTS.code, f"merchant:{twin_id}")
    twin = Merchant.objects.create(
        id=twin_id,
        name_zh=live.name_zh,
        name_en=live.name_en,
        category=live.category,
        city=live.city,
        phone=live.phone,
        asset_code=XTS.code,
        ledger_account=ledger.open_accounts([specification])[0],
        fee_bps=live.fee_bps,
    )
    Till.objects.create(merchant=twin, label="1")
    TestTwin.objects.create(merchant=live, twin=twin)
    return twin
