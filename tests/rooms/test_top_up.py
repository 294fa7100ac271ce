"""Money from a bank that declines, is away, loses requests and loses answers: never in two places, never in none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.factories.money import a_key, a_payer, bank_is, books_are_true, has, purse, yuan
from tests.fakes.bank import FakeBank
from walletdesk.foundation.amount.public import CNY, USD, Amount, AmountTooBig, AmountTooSmall
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.idempotency.public import KeyBodyDiffers, KeyInFlight
from walletdesk.money.payments.models import TopUp
from walletdesk.money.payments.public import (
    TopUpRequest,
    TopUpView,
    activity,
    open_top_ups,
    settle_top_ups,
    start_top_up,
    start_top_ups,
    top_up,
)
from walletdesk.money.wallets.public import WalletIsFrozen, WalletMissing, freeze_wallet, unfreeze_wallet
from walletdesk.trust.customers.public import CustomerView

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank() -> Iterator[FakeBank]:
    with bank_is(FakeBank()) as bank:
        yield bank


@pytest.fixture
def anna() -> CustomerView:
    return a_payer()


def asked(customer: CustomerView, amount: str | int = 50, key: str = "") -> TopUpView:
    return start_top_up(key or a_key(), customer.id, yuan(amount))


def later(seconds: int = 60) -> int:
    """The timer, so much later."""
    with at(now() + timedelta(seconds=seconds)):
        return settle_top_ups()


def again(view: TopUpView) -> TopUpView:
    found = top_up(view.id)
    assert found is not None
    return found


def test_the_bank_gives_and_the_wallet_has(bank: FakeBank, anna: CustomerView) -> None:
    done = asked(anna)
    assert (done.state, has(anna), bank.taken()) == ("done", "50.00", 5000)
    assert done.number.startswith("U ")
    assert done.bank_reference
    assert activity(anna.id).rows[0].kind == "top_up"
    assert books_are_true()


def test_the_bank_declines_and_nothing_moved(bank: FakeBank, anna: CustomerView) -> None:
    bank.decline = "no_funds"
    refused = asked(anna)
    assert (refused.state, refused.code, has(anna), bank.taken()) == ("declined", "no_funds", "0.00", 0)
    assert refused.refusal is not None
    assert refused.refusal.code == "bank_declined"
    row = activity(anna.id).rows[0]
    assert (row.state, row.counts) == ("declined", False)
    assert row.reason is not None
    assert "no_funds" in row.reason.en


def test_the_bank_is_away_and_says_so_at_once(bank: FakeBank, anna: CustomerView) -> None:
    bank.unreachable = True
    refused = asked(anna)
    assert refused.refusal is not None
    assert (refused.state, refused.refusal.code, refused.refusal.status) == ("declined", "bank_unavailable", 503)
    bank.unreachable = False
    assert later() == 0, "nothing was sent, so nothing is asked about"
    assert asked(anna).state == "done"


def test_a_lost_answer_is_unknown_and_settled_by_asking(bank: FakeBank, anna: CustomerView) -> None:
    bank.lose_answer = True
    hung = asked(anna)
    assert (hung.state, hung.refusal, has(anna), bank.taken()) == ("unknown", None, "0.00", 5000)
    assert [view.id for view in open_top_ups()] == [hung.id]
    bank.lose_answer = False
    assert later() == 1
    assert (again(hung).state, has(anna)) == ("done", "50.00")
    assert [one for one, _ in bank.asked] == ["pull", "ask"], "asked, never pulled twice"
    assert books_are_true()


def test_a_lost_request_is_voided_before_it_is_called_off(bank: FakeBank, anna: CustomerView) -> None:
    bank.lose_request = True
    hung = asked(anna)
    assert hung.state == "unknown"
    assert later() == 1
    assert (again(hung).state, again(hung).code) == ("declined", "voided")
    bank.lose_request = False
    late = bank.pull(str(hung.id), hung.amount)
    assert late.outcome == "declined", "the request arrives at last, and is not done"
    assert (has(anna), bank.taken()) == ("0.00", 0)


def test_as_long_as_the_bank_is_silent_it_stays_unknown(bank: FakeBank, anna: CustomerView) -> None:
    bank.lose_answer = True
    hung = asked(anna)
    bank.unreachable = True
    for minutes in range(1, 60, 7):
        assert later(minutes * 60) == 0
    assert again(hung).state == "unknown"
    bank.unreachable = bank.lose_answer = False
    assert later(7200) == 1
    assert (again(hung).state, has(anna)) == ("done", "50.00")


def test_the_bank_is_not_asked_before_its_turn(bank: FakeBank, anna: CustomerView) -> None:
    bank.lose_answer = True
    asked(anna)
    assert later(seconds=1) == 0
    assert [one for one, _ in bank.asked] == ["pull"]


def test_a_row_whose_process_died_before_the_bank_was_asked_ends_too(bank: FakeBank, anna: CustomerView) -> None:
    class Died(Exception):
        pass

    def die(*_: object) -> None:
        raise Died

    bank.pull = die  # type: ignore[method-assign, assignment]
    with pytest.raises(Died):
        asked(anna)
    (row,) = open_top_ups()
    assert row.state == "pending"
    assert later() == 1
    assert again(row).state == "declined"


def test_one_key_is_one_top_up(bank: FakeBank, anna: CustomerView) -> None:
    first, second = asked(anna, key="k"), asked(anna, key="k")
    assert first == second
    assert (has(anna), bank.taken()) == ("50.00", 5000)
    with pytest.raises(KeyBodyDiffers):
        asked(anna, 51, key="k")


def test_the_same_key_after_the_end_was_open_shows_the_end(bank: FakeBank, anna: CustomerView) -> None:
    bank.lose_answer = True
    assert asked(anna, key="k").state == "unknown"
    later()
    assert asked(anna, key="k").state == "done"
    assert bank.taken() == 5000


def test_what_cannot_be_topped_up(bank: FakeBank, anna: CustomerView) -> None:
    with pytest.raises(AmountTooSmall):
        start_top_up(a_key(), anna.id, Amount(0, CNY))
    with pytest.raises(AmountTooBig):
        start_top_up(a_key(), anna.id, Amount(2**60, CNY))
    with pytest.raises(WalletMissing):
        start_top_up(a_key(), anna.id, Amount(1, USD))
    freeze_wallet(purse(anna).id, "credit", "checked", "risk")
    with pytest.raises(WalletIsFrozen):
        asked(anna)
    assert bank.asked == []


def test_a_wallet_frozen_while_the_money_was_under_way_gets_it_afterwards(bank: FakeBank, anna: CustomerView) -> None:
    bank.lose_answer = True
    hung = asked(anna)
    freeze_wallet(purse(anna).id, "full", "checked", "risk")
    assert later() == 0
    assert again(hung).state == "unknown", "the bank has given it; it waits outside the wallet"
    unfreeze_wallet(purse(anna).id, "all well", "risk")
    assert later(3600) == 1
    assert has(anna) == "50.00"


def test_an_end_stays_an_end(bank: FakeBank, anna: CustomerView) -> None:
    from django.db import DatabaseError, transaction

    done = asked(anna)
    for change in ({"state": "declined", "entry_id": None}, {"amount_minor": 1}):
        with pytest.raises(DatabaseError), transaction.atomic():
            TopUp.objects.filter(id=done.id).update(**change)


def test_the_timer_settles_too(bank: FakeBank, anna: CustomerView) -> None:
    from walletdesk.money.payments import tasks

    bank.lose_answer = True
    asked(anna)
    with at(now() + timedelta(minutes=1)):
        tasks.settle_top_ups()
    assert has(anna) == "50.00"


def test_a_batch_answers_each_and_a_refused_key_stays_free(bank: FakeBank, anna: CustomerView) -> None:
    ben, empty = a_payer(), a_payer()
    freeze_wallet(purse(empty).id, "credit", "test", "test")
    wishes = [
        TopUpRequest("one", anna.id, yuan(50)),
        TopUpRequest("none", anna.id, Amount(0, CNY)),
        TopUpRequest("one", ben.id, yuan(20)),
        TopUpRequest("one", empty.id, yuan(5)),
        TopUpRequest("one", anna.id, yuan(50)),
    ]
    first, nothing, second, frozen, twin = start_top_ups(wishes)
    assert isinstance(first, TopUpView)
    assert isinstance(second, TopUpView)
    assert [view.state for view in (first, second)] == ["done", "done"]
    assert isinstance(nothing, AmountTooSmall)
    assert isinstance(frozen, WalletIsFrozen)
    assert isinstance(twin, KeyInFlight)
    assert (has(anna), has(ben), bank.taken()) == ("50.00", "20.00", 7000)
    replayed, *_ = start_top_ups([wishes[0], TopUpRequest("none", anna.id, yuan(1))])
    assert replayed == first
    assert bank.taken() == 7100
    assert books_are_true()
