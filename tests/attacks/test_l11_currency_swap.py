"""L11: the currency or the sum changes between what is shown and what is paid, or two currencies are netted: 422."""

from __future__ import annotations

import pytest

from tests.factories.money import a_key, a_payer, a_shop, an_order, has, pay, proof_of, purse, to_pay, yuan
from walletdesk.foundation.amount.public import JPY, USD, Amount, OtherAsset
from walletdesk.money.payments.errors import CodeBroken, PayeeCannotReceive
from walletdesk.money.payments.public import create_order, order, read_code, transfer
from walletdesk.money.payments.rules import emv
from walletdesk.money.wallets.public import WalletMissing, open_wallet

pytestmark = pytest.mark.django_db


def resealed(payload: str) -> str:
    return payload[:-4] + emv.checksum(payload[:-4])


@pytest.mark.parametrize(
    ("was", "becomes"),
    [("5303156", "5303392"), ("5303156", "5303840"), ("540538.00", "540500.38"), ("540538.00", "5405380.0")],
)
def test_l11_a_payload_with_another_currency_or_sum_is_not_paid(was: str, becomes: str) -> None:
    asked = an_order(a_shop(), "38.00")
    assert was in asked.code
    with pytest.raises(CodeBroken) as refused:
        read_code(resealed(asked.code.replace(was, becomes)))
    assert refused.value.status == 422


def test_l11_a_payload_with_another_shop_is_not_paid() -> None:
    asked, other = an_order(a_shop(), "38.00"), a_shop()
    with pytest.raises(CodeBroken):
        read_code(resealed(asked.code.replace(asked.merchant_id.hex, other.id.hex)))


@pytest.mark.parametrize("shown", [yuan("3.80"), Amount(3800, USD), Amount(3800, JPY), yuan("38.01")])
def test_l11_what_the_payer_saw_is_what_is_charged_or_nothing_is(shown: Amount) -> None:
    anna, asked = a_payer(100), an_order(a_shop(), "38.00")
    with pytest.raises(CodeBroken) as refused:
        pay(to_pay(anna, asked, shown=shown))
    assert refused.value.status == 422
    assert has(anna) == "100.00"
    found = order(asked.id)
    assert found is not None
    assert found.state == "waiting"


def test_l11_money_of_one_asset_never_pays_for_another() -> None:
    anna, bert = a_payer(100), a_payer(100)
    dollars = open_wallet(anna.id, "USD")
    with pytest.raises(OtherAsset) as refused:
        create_order(a_shop().id, None, None, Amount(100, USD))
    assert refused.value.status == 422
    with pytest.raises(PayeeCannotReceive):
        transfer(a_key(), anna.id, bert.id, Amount(100, USD), "", proof_of(anna.id))
    with pytest.raises(WalletMissing):
        transfer(a_key(), bert.id, anna.id, Amount(100, USD), "", proof_of(bert.id))
    assert (has(anna), has(bert)) == ("100.00", "100.00")
    assert purse(anna, "USD").available == dollars.available == Amount(0, USD)
