"""Shops: signing up, people, tills."""

from __future__ import annotations

import pytest

from tests.factories.foundation import a_user
from tests.factories.money import a_shop
from walletdesk.foundation.clock.public import uuid7
from walletdesk.foundation.errors import Refusal
from walletdesk.money.merchants import errors
from walletdesk.money.merchants.public import (
    CATEGORIES,
    MemberView,
    add_cashier,
    add_till,
    member_of_user,
    members_of,
    merchant,
    merchants,
    shop_balance,
    shops_with_people,
    sign_up_merchant,
    tills_of,
)

pytestmark = pytest.mark.django_db


def owner_of(user_id: object) -> MemberView:
    found = member_of_user(user_id)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_a_shop_opens_with_an_owner_a_till_an_account_and_todays_fee() -> None:
    user = a_user()
    shop = sign_up_merchant(user.id, " 青禾  面包房 ", "Qinghe Bakery", "bakery")
    assert (shop.name_zh, shop.category_code, shop.fee_bps, shop.verified) == ("青禾 面包房", "5462", 60, False)
    assert owner_of(user.id).role == "owner"
    assert [till.label for till in tills_of(shop.id)] == ["1"]
    balance = shop_balance(shop.id)
    assert balance is not None
    assert balance.available.minor == 0
    assert merchant(shop.id) == merchants([shop.id])[shop.id] == shop


def test_one_name_is_enough_for_both_languages() -> None:
    shop = sign_up_merchant(a_user().id, "", "Blue Cup", "coffee")
    assert (shop.name_zh, shop.name_en) == ("Blue Cup", "Blue Cup")


@pytest.mark.parametrize(
    ("zh", "en", "category", "refusal"),
    [
        ("", " ", "bakery", errors.ShopNameNotUsable),
        ("店" * 61, "", "bakery", errors.ShopNameNotUsable),
        ("\x00\x07", "", "bakery", errors.ShopNameNotUsable),
        ("店", "", "casino", errors.CategoryUnknown),
    ],
)
def test_what_is_no_shop(zh: str, en: str, category: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        sign_up_merchant(a_user().id, zh, en, category)


def test_one_person_works_at_one_shop() -> None:
    user = a_user()
    a_shop(user_id=user.id)
    with pytest.raises(errors.AlreadyMember):
        a_shop(user_id=user.id)
    with pytest.raises(errors.UserNotFound):
        a_shop(user_id=uuid7())


def test_the_owner_takes_on_a_cashier_and_puts_up_a_till() -> None:
    boss, help_, stranger = a_user(), a_user(), a_user()
    shop = a_shop(user_id=boss.id)
    owner = owner_of(boss.id)
    cashier = add_cashier(shop.id, owner.id, help_.id, "小吴")
    assert [member.role for member in members_of(shop.id)] == ["owner", "cashier"]
    assert shops_with_people([shop.id]) == {shop.id: (shop, {boss.id, help_.id})}
    assert add_till(shop.id, owner.id, "2").label == "2"
    with pytest.raises(errors.OwnersOnly):
        add_cashier(shop.id, cashier.id, stranger.id, "小李")
    with pytest.raises(errors.OwnersOnly):
        add_till(a_shop().id, owner.id, "3")
    with pytest.raises(errors.TillLabelNotUsable):
        add_till(shop.id, owner.id, "2")
    with pytest.raises(errors.AlreadyMember):
        add_cashier(shop.id, owner.id, help_.id, "again")
    with pytest.raises(errors.UserNotFound):
        add_cashier(shop.id, owner.id, uuid7(), "nobody")
    with pytest.raises(errors.ShopNameNotUsable):
        add_cashier(shop.id, owner.id, stranger.id, " ")
    with pytest.raises(errors.MerchantNotFound):
        add_till(uuid7(), owner.id, "2")


def test_every_kind_of_shop_has_a_code_of_four_digits_and_both_languages() -> None:
    for category in CATEGORIES.values():
        assert len(category.code) == 4
        assert category.code.isdigit()
        assert category.words.zh != category.words.en


def test_a_stranger_works_nowhere_and_a_shop_that_is_none_has_nothing() -> None:
    assert member_of_user(a_user().id) is None
    assert merchant(uuid7()) is None
    assert shop_balance(uuid7()) is None
