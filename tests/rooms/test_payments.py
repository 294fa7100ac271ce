"""Paying an order: what it costs, what stands in the way, what is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.money import (
    a_key,
    a_payer,
    a_payment,
    a_shop,
    an_order,
    books_are_true,
    has,
    proof_of,
    purse,
    the_payment,
    to_pay,
    yuan,
)
from walletdesk.foundation.amount.public import CNY, JPY, USD, Amount, AmountTooBig, AmountTooSmall, OtherAsset
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.idempotency.public import KeyBodyDiffers, KeyMalformed, KeyMissing
from walletdesk.money.ledger.public import lines_of, post_many
from walletdesk.money.merchants.public import add_cashier, shop_balance
from walletdesk.money.payments import errors
from walletdesk.money.payments.models import Payment, PaymentAttempt
from walletdesk.money.payments.public import (
    Paid,
    Refused,
    activity,
    cancel_order,
    create_order,
    order,
    orders_of,
    pay,
    pay_many,
    payment_by_number,
    read_code,
    suggest_order_reference,
    takings,
    takings_by_day,
)
from walletdesk.money.payments.services import pay_many as lane
from walletdesk.money.wallets.public import WalletIsFrozen, WalletMissing, freeze_wallet, unfreeze_wallet
from walletdesk.trust.customers.public import PinProof

pytestmark = pytest.mark.django_db


def test_a_payment_moves_the_price_to_the_shop_and_the_fee_to_the_house() -> None:
    anna, shop = a_payer(100), a_shop()
    paid = the_payment(pay(to_pay(anna, an_order(shop, "38.00", "QH-0519-0832"))))
    assert has(anna) == "62.00"
    assert paid.fee.plain == "0.23", "60 basis points of 38.00, half up"
    balance = shop_balance(shop.id)
    assert balance is not None
    assert balance.available.plain == "37.77"
    assert [line.amount for line in lines_of(paid.entry_id)] == [3800, 23]
    assert (paid.state, paid.order_reference, paid.payee.zh) == ("captured", "QH-0519-0832", "青禾面包房")
    assert books_are_true()


def test_the_receipt_has_a_number_that_can_be_read_out() -> None:
    paid = a_payment()
    assert paid.receipt_number.startswith("P ")
    assert payment_by_number(paid.receipt_number.replace(" ", "").lower()) == paid
    assert payment_by_number("P 0000 0000 0000 00") is None


def test_the_order_knows_that_it_is_paid_and_by_which_payment() -> None:
    anna, asked = a_payer(100), an_order(a_shop())
    paid = pay(to_pay(anna, asked))
    found = order(asked.id)
    assert found is not None
    assert (found.state, found.payment_id, found.payer_id) == ("paid", paid.payment_id, anna.id)


def test_an_order_pays_once_whoever_tries() -> None:
    anna, bert, asked = a_payer(100), a_payer(100), an_order(a_shop())
    pay(to_pay(anna, asked))
    for payer in (anna, bert):
        with pytest.raises(errors.OrderPaid):
            pay(to_pay(payer, asked))
    assert (has(anna), has(bert)) == ("62.00", "100.00")


def test_the_code_leads_to_the_order_however_it_was_pasted() -> None:
    asked = an_order(a_shop())
    assert read_code(f"  {asked.code}\n").id == asked.id
    assert read_code(f"\ufeff{asked.code}\u200b").id == asked.id


def test_what_stands_in_the_way_is_said_in_one_order() -> None:
    """Everything is wrong at once; each thing put right brings up the next."""
    shop, anna = a_shop(), a_payer(1)
    asked = an_order(shop, "38.00")
    freeze_wallet(purse(anna).id, "debit", "lost phone", "customer")
    stale = PinProof(anna.id, now() - timedelta(minutes=10))
    expect(errors.PinProofStale, anna, asked, proof=stale, shown=yuan("1.00"))
    expect(errors.CodeBroken, anna, asked, shown=yuan("1.00"))
    expect(WalletIsFrozen, anna, asked, shown=yuan("38.00"))
    unfreeze_wallet(purse(anna).id, "phone found", "customer")
    short = expect(errors.NotEnoughMoney, anna, asked)
    assert short.fields["short_by"] == yuan("37.00")
    assert "¥37.00" in short.sentence("what"), "the sentence names what is missing"


def expect(refusal: type[Refusal], payer: object, asked: object, **more: object) -> Refusal:
    with pytest.raises(refusal) as caught:
        pay(to_pay(payer, asked, **more))  # type: ignore[arg-type]
    return caught.value


def test_a_pin_proof_is_good_for_its_owner_only() -> None:
    anna, bert = a_payer(100), a_payer(100)
    expect(errors.PinProofStale, anna, an_order(a_shop()), proof=proof_of(bert.id))


def test_an_order_that_does_not_exist_pays_nothing() -> None:
    anna, asked = a_payer(100), an_order(a_shop())
    gone = to_pay(anna, asked)
    object.__setattr__(gone, "order_id", anna.id)
    with pytest.raises(errors.OrderNotFound):
        pay(gone)


def test_an_expired_order_is_not_paid_and_its_code_says_so() -> None:
    anna, asked = a_payer(100), an_order(a_shop())
    with at(asked.expires_at):
        expect(errors.OrderExpired, anna, asked)
        with pytest.raises(errors.OrderExpired):
            read_code(asked.code)
        found = order(asked.id)
        assert found is not None
        assert found.state == "expired"
    assert has(anna) == "100.00"


def test_a_cancelled_order_is_not_paid_and_a_paid_one_not_cancelled() -> None:
    anna, shop = a_payer(100), a_shop()
    asked = an_order(shop)
    assert cancel_order(asked.id, shop.id).state == "cancelled"
    expect(errors.OrderCancelled, anna, asked)
    with pytest.raises(errors.OrderCancelled):
        read_code(asked.code)
    paid = an_order(shop)
    pay(to_pay(anna, paid))
    with pytest.raises(errors.OrderNotWaiting):
        cancel_order(paid.id, shop.id)
    with pytest.raises(errors.OrderNotFound):
        cancel_order(paid.id, a_shop().id)


def test_nobody_pays_at_the_till_behind_which_they_stand() -> None:
    owner = a_payer(100)
    cashier = a_payer(100)
    shop = a_shop(user_id=owner.user_id)
    from walletdesk.money.merchants.public import member_of_user

    boss = member_of_user(owner.user_id)
    assert boss is not None
    add_cashier(shop.id, boss.id, cashier.user_id, "小吴")
    for insider in (owner, cashier):
        expect(errors.OwnShop, insider, an_order(shop))


def test_without_a_wallet_in_the_asset_there_is_nothing_to_pay_from() -> None:
    anna = a_payer(100)
    shop = a_shop(asset_code="USD")
    expect(WalletMissing, anna, an_order(shop, Amount(500, USD)))


def test_a_shop_asks_in_its_own_asset_only() -> None:
    with pytest.raises(OtherAsset):
        an_order(a_shop(), Amount(500, USD))


def test_yen_have_no_decimals_and_pay_all_the_same() -> None:
    anna, shop = a_payer("30.00", asset=JPY), a_shop(asset_code="JPY")
    asked = an_order(shop, Amount(1200, JPY))
    assert read_code(asked.code).amount == Amount(1200, JPY)
    pay(to_pay(anna, asked))
    assert purse(anna, "JPY").available == Amount(1800, JPY)


@pytest.mark.parametrize("minor", [0, -1])
def test_an_order_asks_for_something(minor: int) -> None:
    with pytest.raises(AmountTooSmall):
        create_order(a_shop().id, None, None, Amount(minor, CNY))


def test_an_order_does_not_ask_for_the_world() -> None:
    with pytest.raises(AmountTooBig):
        create_order(a_shop().id, None, None, Amount(2**62, CNY))


@pytest.mark.parametrize("reference", ["x" * 26, "订单1", "a b", "<script>", "a\x00"])
def test_an_order_reference_is_short_and_plain(reference: str) -> None:
    with pytest.raises(errors.OrderReferenceNotUsable):
        an_order(a_shop(), "1.00", reference)


def test_a_till_without_numbers_gets_running_ones() -> None:
    shop = a_shop()
    first, second = suggest_order_reference(shop.id), suggest_order_reference(shop.id)
    assert first != second
    assert an_order(shop, "1.00", first).order_reference == first


def test_one_key_is_one_payment_and_one_answer() -> None:
    anna, asked = a_payer(100), an_order(a_shop())
    once = to_pay(anna, asked, key="from-the-phone")
    first, again = pay(once), pay(once)
    assert (first.replayed, again.replayed) == (False, True)
    assert (again.body, again.receipt_number) == (first.body, first.receipt_number)
    assert has(anna) == "62.00"


def test_a_replay_answers_even_when_the_pin_proof_is_long_stale() -> None:
    anna, asked = a_payer(100), an_order(a_shop())
    first = pay(to_pay(anna, asked, key="k"))
    late = to_pay(anna, asked, key="k", proof=PinProof(anna.id, now() - timedelta(hours=1)))
    assert pay(late).body == first.body


def test_a_key_is_for_one_request() -> None:
    anna, shop = a_payer(100), a_shop()
    pay(to_pay(anna, an_order(shop), key="k"))
    with pytest.raises(KeyBodyDiffers):
        pay(to_pay(anna, an_order(shop), key="k"))


def test_two_people_may_have_the_same_key() -> None:
    shop = a_shop()
    for payer in (a_payer(100), a_payer(100)):
        assert not pay(to_pay(payer, an_order(shop), key="k")).replayed


@pytest.mark.parametrize(("key", "refusal"), [("", KeyMissing), ("a b", KeyMalformed), ("k" * 256, KeyMalformed)])
def test_a_key_that_is_none_is_refused(key: str, refusal: type[Refusal]) -> None:
    anna = a_payer(100)
    intent = to_pay(anna, an_order(a_shop()))
    object.__setattr__(intent, "key", key)
    with pytest.raises(refusal):
        pay(intent)


def test_a_refused_payment_leaves_its_key_free() -> None:
    from tests.factories.money import top_up

    anna, asked = a_payer(1), an_order(a_shop())
    once = to_pay(anna, asked, key="again")
    with pytest.raises(errors.NotEnoughMoney):
        pay(once)
    top_up(anna.id, yuan(100))
    assert not pay(once).replayed
    assert has(anna) == "63.00"


def test_a_refused_payment_stands_in_the_bills_with_its_code_and_reason() -> None:
    anna, asked = a_payer(1), an_order(a_shop())
    expect(errors.NotEnoughMoney, anna, asked)
    row = activity(anna.id, kind="payment").rows[0]
    assert (row.state, row.code, row.counts, row.case_hint) == ("failed", "not_enough_money", False, "payment_problem")
    assert row.amount.plain == "-38.00"
    assert row.reason is not None
    assert "37.00" in row.reason.en


def test_a_batch_answers_each_and_one_bad_intent_fails_no_other() -> None:
    shop, rich, poor = a_shop(), a_payer(100), a_payer(1)
    good, taken, dear = an_order(shop, 10), an_order(shop, 10), an_order(shop, 50)
    pay(to_pay(a_payer(10), taken))
    unknown = to_pay(rich, good)
    object.__setattr__(unknown, "order_id", rich.id)
    results = pay_many(
        [
            to_pay(rich, good),
            to_pay(rich, taken),
            to_pay(poor, dear),
            unknown,
            to_pay(rich, an_order(shop, 5), key="bad key"),
            to_pay(rich, dear),
        ]
    )
    said = [r.refusal.code if isinstance(r, Refused) else "paid" for r in results]
    assert said == [
        "paid",
        "order_paid",
        "not_enough_money",
        "order_not_found",
        "idempotency_key_malformed",
        "paid",
    ]
    assert has(rich) == "40.00"
    assert books_are_true()


def test_in_one_batch_two_want_one_order_and_the_first_gets_it() -> None:
    shop, anna, bert = a_shop(), a_payer(100), a_payer(100)
    asked = an_order(shop)
    first, second, twin = pay_many([to_pay(anna, asked, key="x"), to_pay(bert, asked), to_pay(anna, asked, key="x")])
    assert isinstance(first, Paid)
    assert isinstance(second, Refused)
    assert isinstance(second.refusal, errors.OrderPaid)
    assert isinstance(twin, Paid)
    assert twin.replayed
    assert twin.body == first.body


def test_in_one_batch_the_first_is_too_poor_and_the_second_pays() -> None:
    asked, poor, rich = an_order(a_shop()), a_payer(1), a_payer(100)
    first, second = pay_many([to_pay(poor, asked), to_pay(rich, asked)])
    assert isinstance(first, Refused)
    assert isinstance(second, Paid)


def test_a_surprise_is_alone_in_its_misfortune(monkeypatch: pytest.MonkeyPatch) -> None:
    shop, anna = a_shop(), a_payer(100)
    orders = [an_order(shop, 1, f"N-{n}") for n in range(8)]

    def surprised(entries: list[object]) -> object:
        if any(entry.memo == "N-5" for entry in entries):  # type: ignore[attr-defined]
            raise ZeroDivisionError
        return post_many(entries)  # type: ignore[arg-type]

    monkeypatch.setattr(lane.ledger, "post_many", surprised)
    results = pay_many([to_pay(anna, one) for one in orders])
    codes = [r.refusal.code if isinstance(r, Refused) else "paid" for r in results]
    assert codes == ["paid"] * 5 + ["payment_not_done"] + ["paid"] * 2
    assert has(anna) == "93.00"
    monkeypatch.undo()
    assert isinstance(pay_many([to_pay(anna, orders[5])])[0], Paid)


def test_a_batch_takes_as_many_statements_as_one() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    shop = a_shop()
    counts = []
    for size in (1, 2, 40):
        intents = [to_pay(a_payer(100), an_order(shop, 1)) for _ in range(size)]
        with CaptureQueriesContext(connection) as seen:
            assert all(isinstance(result, Paid) for result in pay_many(intents))
        counts.append(sum("risk_rule_version" not in one["sql"] for one in seen.captured_queries))  # read by the clock
    assert counts[2] == counts[1] <= 18


def test_the_facts_of_a_payment_are_told_in_its_transaction() -> None:
    from walletdesk.foundation.outbox.public import events_after

    anna, shop = a_payer(100), a_shop()
    asked = an_order(shop)
    before = [event.id for event in events_after([f"order:{asked.id}"], 0, 10)]
    pay(to_pay(anna, asked))
    told = [event for event in events_after([f"order:{asked.id}"], 0, 10) if event.id not in before]
    assert len(told) == 1


def test_what_was_paid_never_changes_by_any_hand() -> None:
    from django.db import DatabaseError, transaction

    paid = a_payment()
    for change in ({"amount_minor": 1}, {"captured_at": now()}, {"customer_id": a_payer().id}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Payment.objects.filter(id=paid.id).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Payment.objects.filter(id=paid.id).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Payment.objects.filter(id=paid.id).update(refunded_minor=paid.amount.minor + 1)
    with pytest.raises(DatabaseError), transaction.atomic():
        PaymentAttempt.objects.all().delete()


def test_the_day_at_a_till_adds_up() -> None:
    shop, anna = a_shop(), a_payer(100)
    for price in ("10.00", "20.00"):
        pay(to_pay(anna, an_order(shop, price)))
    day = takings(shop.id)
    assert (day.payments, day.gross.plain, day.fees.plain, day.net.plain) == (2, "30.00", "0.18", "29.82")
    week = takings_by_day(shop.id, 7)
    assert len(week) == 7
    assert week[0] == day
    assert week[1].gross.minor == 0
    assert [o.state for o in orders_of(shop.id)] == ["paid", "paid"]


def test_a_key_of_a_payment_is_not_a_key_of_another_verb() -> None:
    from walletdesk.money.payments.public import transfer

    anna, bert = a_payer(100), a_payer()
    key = a_key()
    pay(to_pay(anna, an_order(a_shop(), 1), key=key))
    assert not transfer(key, anna.id, bert.id, yuan(1), "", proof_of(anna.id)).replayed
