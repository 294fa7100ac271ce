"""The shop grows: its owner takes on a cashier, or puts up another till."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction

from walletdesk.money.merchants.errors import (
    AlreadyMember,
    MerchantNotFound,
    OwnersOnly,
    ShopNameNotUsable,
    TillLabelNotUsable,
    UserNotFound,
)
from walletdesk.money.merchants.models import Merchant, MerchantMember, Till
from walletdesk.money.merchants.queries import MemberView, TillView
from walletdesk.money.merchants.rules import CASHIER, OWNER, clean_name, name_usable


def add_cashier(merchant_id: UUID, by_member_id: UUID, user_id: UUID, name: str) -> MemberView:
    """Refuses, in this order: ``ShopNameNotUsable`` (the name), ``MerchantNotFound``, ``OwnersOnly``, ``UserNotFound``,
    ``AlreadyMember``."""
    name = clean_name(name)
    if not name_usable(name):
        raise ShopNameNotUsable()
    with transaction.atomic():
        _owner_at_work(merchant_id, by_member_id)
        if get_user_model().objects.select_for_update(no_key=True).filter(pk=user_id).first() is None:
            raise UserNotFound()
        if MerchantMember.objects.filter(user_id=user_id).exists():
            raise AlreadyMember()
        row = MerchantMember.objects.create(user_id=user_id, merchant_id=merchant_id, role=CASHIER, name=name)
        return MemberView(row.id, row.user_id, row.merchant_id, row.role, row.name)


def add_till(merchant_id: UUID, by_member_id: UUID, label: str) -> TillView:
    """Refuses, in this order: ``MerchantNotFound``, ``OwnersOnly``, ``TillLabelNotUsable``."""
    label = clean_name(label)
    with transaction.atomic():
        _owner_at_work(merchant_id, by_member_id)
        if not 0 < len(label) <= 40 or Till.objects.filter(merchant_id=merchant_id, label=label).exists():
            raise TillLabelNotUsable()
        row = Till.objects.create(merchant_id=merchant_id, label=label)
        return TillView(row.id, row.merchant_id, row.label)


def _owner_at_work(merchant_id: UUID, member_id: UUID) -> None:
    if not Merchant.objects.select_for_update(no_key=True).filter(id=merchant_id).exists():
        raise MerchantNotFound()
    if not MerchantMember.objects.filter(id=member_id, merchant_id=merchant_id, role=OWNER).exists():
        raise OwnersOnly()
