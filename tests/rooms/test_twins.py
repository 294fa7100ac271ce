"""A shop's test twin: the same shop in play money, with customers who have agreed already; its books are true."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, transaction

from tests.databases import FreshDatabase
from tests.factories.money import a_key, a_payer, a_shop, an_order, books_are_true, purse
from tests.factories.service import everybody_hears
from walletdesk.foundation.amount.public import CNY, XTS, Amount
from walletdesk.foundation.clock.public import now
from walletdesk.money.agreements.public import AgreementNotFound, AgreementUse
from walletdesk.money.ledger.public import trial_balance
from walletdesk.money.merchants import public as merchants
from walletdesk.money.merchants.models import TestTwin as Twin
from walletdesk.money.payments import public as payments
from walletdesk.money.payments.public import PayIntent, TransferIntent, TransferRefused, create_order, pay
from walletdesk.money.refunds.public import RefundIntent, refund_once
from walletdesk.service.cases.public import cases_of_customer
from walletdesk.trust.customers.public import PinProof, customers, find_customers


@pytest.mark.django_db
def test_a_shop_has_one_twin_in_play_money() -> None:
    bakery = a_shop()
    twin = merchants.test_twin(bakery.id)
    assert (twin.asset_code, twin.name, twin.fee_bps) == ("XTS", bakery.name, bakery.fee_bps)
    assert twin.ledger_account != bakery.ledger_account
    assert merchants.test_twin(bakery.id) == merchants.test_twin(twin.id) == twin
    assert (merchants.is_twin(twin.id), merchants.is_twin(bakery.id)) == (True, False)
    assert (merchants.twin_of(bakery.id), merchants.live_of(twin.id)) == (twin.id, bakery.id)
    with pytest.raises(DatabaseError), transaction.atomic():
        Twin.objects.create(merchant_id=twin.id, twin_id=a_shop().id)
    with pytest.raises(merchants.MerchantNotFound):
        merchants.test_twin(a_payer().id)


@pytest.mark.django_db
def test_its_customers_pay_at_once_and_everything_is_true() -> None:
    bakery = a_shop()
    twin = merchants.test_twin(bakery.id)
    testers = payments.test_customers(twin.id)
    assert testers == payments.test_customers(bakery.id), "made once"
    assert [(one.name, one.available) for one in testers] == [
        (f"Tester {letter}", Amount(1_000_000, XTS)) for letter in "ABC"
    ]
    one, other = testers[:2]
    orders = [create_order(twin.id, None, None, Amount(3800, XTS), "T-1") for _ in range(2)]
    paid = [
        pay(PayIntent(a_key(), one.customer_id, order.id, AgreementUse(one.agreement_id, twin.id))) for order in orders
    ]
    refund_once(RefundIntent(a_key(), paid[0].payment_id, 800, "merchant", merchant_id=twin.id))
    assert purse(one.customer_id, "XTS").available.minor == 1_000_000 - 2 * 3800 + 800
    assert trial_balance("XTS")[-1].words
    everybody_hears()
    assert cases_of_customer(one.customer_id) == [], (
        "the same twice is no double charge where somebody tries things out"
    )
    assert books_are_true()
    with pytest.raises(AgreementNotFound):
        asked = create_order(twin.id, None, None, Amount(100, XTS))
        pay(PayIntent(a_key(), other.customer_id, asked.id, AgreementUse(one.agreement_id, twin.id)))


@pytest.mark.django_db
def test_a_tester_is_nobody() -> None:
    lin = a_payer(100, name="Tester Lin")
    tester = payments.test_customers(a_shop().id)[0]
    found = customers([tester.customer_id])[tester.customer_id]
    user = get_user_model().objects.get(pk=found.user_id)
    assert (user.is_active, user.has_usable_password(), found.has_pin) == (False, False, False)
    assert user.email.endswith(".invalid")
    assert [one.id for one in find_customers("Tester")] == [lin.id], "the desk does not meet testers"
    assert find_customers(tester.number) == []
    proof = PinProof(lin.id, now())
    (sent,) = payments.transfer_many([TransferIntent(a_key(), lin.id, tester.customer_id, Amount(100, CNY), proof)])
    assert isinstance(sent, TransferRefused)
    assert sent.refusal.code == "payee_cannot_receive", "money and play money never meet"


def test_two_who_ask_at_once_make_one_set(fresh_database: FreshDatabase) -> None:
    bakery = a_shop()
    sets = fresh_database.at_once(*[lambda: payments.test_customers(bakery.id)] * 4)
    assert all(one == sets[0] for one in sets)
    assert an_order(bakery)
    assert books_are_true()
