"""The front door of merchants.

    sign_up_merchant(user_id, name_zh, name_en, category)   ShopNameNotUsable, CategoryUnknown, UserNotFound, AlreadyMember
    add_cashier(merchant_id, by_member_id, user_id, name)   ShopNameNotUsable, MerchantNotFound, OwnersOnly, UserNotFound,
                                                            AlreadyMember
    add_till(merchant_id, by_member_id, label)              MerchantNotFound, OwnersOnly, TillLabelNotUsable
    merchants(ids), merchant(id), member_of_user(user_id), members_of(id), tills_of(id), shop_balance(id),
    shops_with_people(ids)                                  reads; absent or None when there is nothing
    test_twin(merchant_id)                                  MerchantNotFound; the shop in play money, made when first asked
    is_twin(id), twin_of(merchant_id), live_of(twin_id)     which is whose

Fact: ``MerchantSignedUp``. ``CATEGORIES`` is the list to choose from.
"""

from walletdesk.money.merchants.errors import AlreadyMember, MerchantNotFound, OwnersOnly
from walletdesk.money.merchants.events import MerchantSignedUp
from walletdesk.money.merchants.queries import (
    MemberView,
    MerchantView,
    ShopBalance,
    TillView,
    ask_shops_with_people,
    is_twin,
    live_of,
    member_of_user,
    members_of,
    merchant,
    merchants,
    shop_balance,
    shops_with_people,
    tills_of,
    twin_of,
)
from walletdesk.money.merchants.rules import CATEGORIES
from walletdesk.money.merchants.services.grow_shop import add_cashier, add_till
from walletdesk.money.merchants.services.make_twin import test_twin
from walletdesk.money.merchants.services.sign_up_merchant import sign_up_merchant

__all__ = [
    "CATEGORIES",
    "AlreadyMember",
    "MemberView",
    "MerchantNotFound",
    "MerchantSignedUp",
    "MerchantView",
    "OwnersOnly",
    "ShopBalance",
    "TillView",
    "add_cashier",
    "add_till",
    "ask_shops_with_people",
    "is_twin",
    "live_of",
    "member_of_user",
    "members_of",
    "merchant",
    "merchants",
    "shop_balance",
    "shops_with_people",
    "sign_up_merchant",
    "test_twin",
    "tills_of",
    "twin_of",
]
