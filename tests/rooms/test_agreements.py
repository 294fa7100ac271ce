"""Agreements: a shop proposes, a payer accepts with the PIN, software pays within the caps, either side ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.factories.holding import a_proposal, an_agreement, by
from tests.factories.money import a_key, a_payer, a_shop, an_order, books_are_true, has, proof_of, yuan
from walletdesk.foundation.amount.public import CNY, USD, Amount, AmountTooSmall, OtherAsset
from walletdesk.foundation.arrays.public import uuid_array
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.idempotency.public import KeyBodyDiffers, KeyMissing
from walletdesk.foundation.outbox.models import Event
from walletdesk.foundation.statements.public import by_index, rows_of
from walletdesk.money.agreements import errors
from walletdesk.money.agreements.models import Agreement
from walletdesk.money.agreements.public import (
    AgreementRequest,
    AgreementUse,
    KeyUse,
    KeyWish,
    accept_agreement,
    agreement,
    agreements_of_customer,
    agreements_of_merchant,
    end_agreement,
    end_own_key,
    make_own_key,
    own_keys_of,
    propose_agreement,
)
from walletdesk.money.agreements.services.take_consents import LOCK
from walletdesk.money.payments.public import Paid, PayIntent, Refused, TransferIntent, pay, pay_many, transfer_many
from walletdesk.money.payments.services.transfer_many import Transferred, TransferRefused
from walletdesk.money.wallets.public import WalletMissing

pytestmark = pytest.mark.django_db


def told(name: str) -> int:
    return Event.objects.filter(fact=name).count()


def test_a_shop_proposes_and_whoever_is_shown_it_accepts_with_the_pin() -> None:
    lin, bakery = a_payer(200), a_shop()
    proposed = a_proposal(bakery)
    assert (proposed.state, proposed.customer_id) == ("proposed", None)
    agreed = accept_agreement(proposed.id, lin.id, proof_of(lin.id))
    assert (agreed.state, agreed.customer_id, agreed.max_single.plain, agreed.max_day.plain) == (
        "active", lin.id, "50.00", "100.00",
    )  # fmt: skip
    assert accept_agreement(proposed.id, lin.id, proof_of(lin.id)) == agreed, "once more is fine"
    assert told("agreement_accepted") == 1
    assert [one.id for one in agreements_of_customer(lin.id)] == [agreed.id]
    assert [one.id for one in agreements_of_merchant(bakery.id)] == [agreed.id]


def test_agreements_are_found_by_index_however_many_there_are() -> None:
    """In a transaction of the lane: a whole table that was read for each batch cost more with each agreement."""
    bakery = a_shop()
    some = [an_agreement(a_payer(10), bakery).id for _ in range(3)]
    wanted = {"agreements": uuid_array(some[:2]), "keys": uuid_array([some[2]])}
    by_index()
    plan = "\n".join(line for (line,) in rows_of("EXPLAIN " + LOCK, wanted))
    assert plan.count("Index Cond") == 2, plan
    assert "Filter" not in plan, plan
    assert {row[0] for row in rows_of(LOCK, wanted)} == set(some[:2])


def test_the_shop_then_takes_what_was_agreed_without_a_pin() -> None:
    lin, bakery = a_payer(200), a_shop()
    agreed = an_agreement(lin, bakery)
    paid = pay(PayIntent(a_key(), lin.id, an_order(bakery, 38).id, by(agreed)))
    assert has(lin) == "162.00"
    assert not paid.replayed
    found = agreement(agreed.id)
    assert found is not None
    assert (found.used_today.plain, found.left_today.plain) == ("38.00", "62.00")
    assert books_are_true()


def asked(order: str | int, agreed, **more) -> PayIntent:
    shop_id = more.get("asked_by", agreed.merchant_id)
    return PayIntent(a_key(), more.get("payer", agreed.customer_id), order, AgreementUse(agreed.id, shop_id))


def test_the_caps_hold_within_a_batch_and_begin_again_with_the_day() -> None:
    lin, bakery = a_payer(1000), a_shop()
    agreed = an_agreement(lin, bakery)
    wishes = [asked(an_order(bakery, sum_).id, agreed) for sum_ in (51, 50, 30, 25, 20, 1)]
    said = [one.refusal.code if isinstance(one, Refused) else "paid" for one in pay_many(wishes)]
    assert said == ["agreement_single", "paid", "paid", "agreement_day", "paid", "agreement_day"]
    with pytest.raises(errors.AgreementDayCap) as full:
        pay(asked(an_order(bakery, 1).id, agreed))
    assert full.value.fields["left"].minor == 0
    with at(now() + timedelta(days=1)):
        assert isinstance(pay(asked(an_order(bakery, 50).id, agreed)), Paid)
        assert agreement(agreed.id).used_today.plain == "50.00"
    assert has(lin) == "850.00"


def test_who_stood_behind_a_neighbour_that_the_books_declined_is_asked_once_more() -> None:
    lin, bakery = a_payer(60), a_shop()
    agreed = an_agreement(lin, bakery, single=100, day=100)
    wishes = [asked(an_order(bakery, sum_).id, agreed) for sum_ in (80, 60)]
    said = [one.refusal.code if isinstance(one, Refused) else "paid" for one in pay_many(wishes)]
    assert said == ["not_enough_money", "paid"]


def test_an_agreement_opens_nothing_for_another_shop_another_payer_or_another_order() -> None:
    lin, wang, bakery, books = a_payer(200), a_payer(200), a_shop(), a_shop("书店", "Books")
    agreed = an_agreement(lin, bakery)
    for wish in (
        asked(an_order(books, 5).id, agreed),
        asked(an_order(books, 5).id, agreed, asked_by=books.id),
        asked(an_order(bakery, 5).id, agreed, asked_by=books.id),
        asked(an_order(bakery, 5).id, agreed, payer=wang.id),
        asked(an_order(bakery, 5).id, a_proposal(bakery), payer=lin.id),
    ):
        with pytest.raises(errors.AgreementNotFound):
            pay(wish)
    assert (has(lin), has(wang)) == ("200.00", "200.00")


def test_either_side_ends_it_and_it_pays_nothing_more() -> None:
    lin, bakery = a_payer(200), a_shop()
    for ending in ({"customer_id": lin.id}, {"merchant_id": bakery.id}):
        agreed = an_agreement(lin, bakery)
        over = end_agreement(agreed.id, **ending)
        assert (over.state, over.ended_by) == ("ended", next(iter(ending)).removesuffix("_id"))
        assert end_agreement(agreed.id, customer_id=lin.id) == over, "ended once more it stays as it was"
        with pytest.raises(errors.AgreementOver):
            pay(asked(an_order(bakery, 5).id, agreed))
    assert told("agreement_ended") == 2
    for stranger in ({"customer_id": a_payer().id}, {"merchant_id": a_shop().id}, {}):
        with pytest.raises(errors.AgreementNotFound):
            end_agreement(agreed.id, **stranger)


def test_time_ends_it_too() -> None:
    lin, bakery = a_payer(200), a_shop()
    agreed, proposed = an_agreement(lin, bakery), a_proposal(bakery)
    with at(now() + timedelta(days=31)):
        assert agreement(agreed.id).state == "expired"
        assert agreement(proposed.id).state == "lapsed"
        with pytest.raises(errors.AgreementOver):
            pay(asked(an_order(bakery, 5).id, agreed))
        with pytest.raises(errors.AgreementLapsed):
            accept_agreement(proposed.id, lin.id, proof_of(lin.id))


def test_accepting_wants_the_pin_of_the_one_who_pays_and_a_wallet() -> None:
    lin, wang, bakery = a_payer(10), a_payer(10), a_shop()
    proposed = a_proposal(bakery)
    with pytest.raises(errors.PinProofStale):
        accept_agreement(proposed.id, lin.id, proof_of(wang.id))
    with at(now() - timedelta(minutes=3)):
        stale = proof_of(lin.id)
    with pytest.raises(errors.PinProofStale):
        accept_agreement(proposed.id, lin.id, stale)
    an_accepted = an_agreement(lin, bakery)
    with pytest.raises(errors.AgreementNotFound):
        accept_agreement(an_accepted.id, wang.id, proof_of(wang.id))
    abroad = a_shop(asset_code="USD")
    dollars = AgreementRequest(a_key(), abroad.id, "Bagels", Amount(1, USD), Amount(1, USD), now() + timedelta(days=1))
    with pytest.raises(WalletMissing):
        accept_agreement(propose_agreement(dollars).agreement.id, lin.id, proof_of(lin.id))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"key": ""}, KeyMissing),
        ({"title": " \x00 "}, errors.AgreementTitleNotUsable),
        ({"title": "x" * 61}, errors.AgreementTitleNotUsable),
        ({"max_single": Amount(0, CNY)}, AmountTooSmall),
        ({"max_single": Amount(5000, USD)}, OtherAsset),
        ({"max_single": yuan(101)}, errors.AgreementCapsNotUsable),
        ({"valid_until": now() - timedelta(seconds=1)}, errors.AgreementTimeNotUsable),
        ({"valid_until": now() + timedelta(days=500)}, errors.AgreementTimeNotUsable),
    ],
)
def test_what_cannot_be_proposed(change: dict[str, object], refusal: type[Refusal]) -> None:
    bakery = a_shop()
    good = {
        "key": a_key(), "merchant_id": bakery.id, "title": "Bread", "max_single": yuan(50), "max_day": yuan(100),
        "valid_until": now() + timedelta(days=30),
    }  # fmt: skip
    with pytest.raises(refusal):
        propose_agreement(AgreementRequest(**(good | change)))
    assert not agreements_of_merchant(bakery.id)


def test_a_key_proposes_once() -> None:
    bakery = a_shop()
    first = AgreementRequest("k", bakery.id, "Bread", yuan(1), yuan(2), now() + timedelta(days=3))
    made, again = propose_agreement(first), propose_agreement(first)
    assert (made.replayed, again.replayed, made.agreement.id) == (False, True, again.agreement.id)
    with pytest.raises(KeyBodyDiffers):
        propose_agreement(AgreementRequest("k", bakery.id, "Rolls", yuan(1), yuan(2), first.valid_until))


@pytest.mark.parametrize(
    "change",
    [
        {"max_day_minor": 10**9}, {"valid_until": now() + timedelta(days=3000)}, {"title": "More"},
        {"customer_id": None, "accepted_at": None}, {"used_minor": 10_001, "day": now().date()}, {"used_minor": -1},
    ],
)  # fmt: skip
def test_the_database_itself_keeps_what_was_agreed(change: dict[str, object]) -> None:
    agreed = an_agreement(a_payer(10), a_shop())
    with pytest.raises(DatabaseError), transaction.atomic():
        Agreement.objects.filter(pk=agreed.id).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Agreement.objects.filter(pk=agreed.id).delete()
    end_agreement(agreed.id, customer_id=agreed.customer_id)
    with pytest.raises(DatabaseError), transaction.atomic():
        Agreement.objects.filter(pk=agreed.id).update(ended_at=None, ended_by="")


def a_wish(customer_id, scopes=("transfers:write",), **more) -> KeyWish:
    until = more.pop("expires_at", now() + timedelta(days=30))
    return KeyWish(
        more.pop("key", None) or a_key(),
        customer_id,
        "My script",
        scopes,
        "live",
        (),
        until,
        yuan(20),
        yuan(30),
        **more,
    )


def test_a_customers_own_key_moves_no_more_than_its_caps() -> None:
    lin, wang = a_payer(200), a_payer()
    made, secret = make_own_key(a_wish(lin.id), proof_of(lin.id))
    assert secret.startswith("wdk_live_")
    assert made.caps is not None

    def send(amount: int, customer=lin):
        consent = KeyUse(made.key.id, lin.id)
        return TransferIntent(a_key(), customer.id, wang.id if customer is lin else lin.id, yuan(amount), consent)

    done = transfer_many([send(21), send(20), send(11), send(10), send(1)])
    said = [one.refusal.code if isinstance(one, TransferRefused) else "sent" for one in done]
    assert said == ["agreement_single", "sent", "agreement_day", "sent", "agreement_day"]
    assert (has(lin), has(wang)) == ("170.00", "30.00")
    (foreign,) = transfer_many([send(1, wang)])
    assert isinstance(foreign, TransferRefused), "a key opens its owner's wallet alone"
    end_own_key(lin.id, made.key.id)
    (late,) = transfer_many([send(1)])
    assert not isinstance(late, Transferred)
    assert late.refusal.code == "agreement_over"
    assert [one.key.standing for one in own_keys_of(lin.id)] == ["revoked"]


def test_a_key_that_only_reads_has_no_caps_and_no_key_is_made_without_the_pin() -> None:
    lin = a_payer(10)
    made, _ = make_own_key(a_wish(lin.id, ("wallets:read",)), proof_of(lin.id))
    assert made.caps is None
    with pytest.raises(errors.PinProofStale):
        make_own_key(a_wish(lin.id), proof_of(a_payer().id))
    with pytest.raises(errors.AgreementTimeNotUsable):
        make_own_key(a_wish(lin.id, expires_at=now()), proof_of(lin.id))
    assert len(own_keys_of(lin.id)) == 1


def test_a_form_sent_twice_makes_one_key() -> None:
    lin = a_payer(10)
    wish = a_wish(lin.id, key="form")
    made, _ = make_own_key(wish, proof_of(lin.id))
    with pytest.raises(errors.OwnKeyMadeAlready) as again:
        make_own_key(wish, proof_of(lin.id))
    assert again.value.fields["key_id"] == str(made.key.id)
