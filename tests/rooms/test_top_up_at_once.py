"""Top-ups with real commits: the same key from many phones, the timer in many workers: the money comes once."""

from __future__ import annotations

from datetime import timedelta

from tests.databases import FreshDatabase
from tests.factories.money import a_payer, bank_is, books_are_true, has, yuan
from tests.fakes.bank import FakeBank
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.idempotency.public import KeyInFlight
from walletdesk.money.payments.models import TopUp
from walletdesk.money.payments.public import TopUpView, open_top_ups, settle_top_ups, start_top_up


def test_one_key_from_twenty_phones_asks_the_bank_once(fresh_database: FreshDatabase) -> None:
    anna = a_payer()
    with bank_is(FakeBank()) as bank:
        answers = fresh_database.at_once(lambda: start_top_up("one", anna.id, yuan(50)), times=20)
        assert all(isinstance(answer, TopUpView | KeyInFlight) for answer in answers), answers
        assert len([one for one, _ in bank.asked if one == "pull"]) == 1
    assert (has(anna), TopUp.objects.count()) == ("50.00", 1)
    assert books_are_true()


def test_ten_workers_settle_each_open_top_up_once(fresh_database: FreshDatabase) -> None:
    people = [a_payer() for _ in range(8)]
    with bank_is(FakeBank(lose_answer=True)) as bank:
        for person in people:
            assert start_top_up("one", person.id, yuan(50)).state == "unknown"

        def settle() -> int:
            with at(now() + timedelta(minutes=5)):
                return settle_top_ups()

        settled = fresh_database.at_once(settle, times=10)
        assert sum(settled) == len(people)
        assert len([one for one, _ in bank.asked if one == "ask"]) == len(people)
    assert [has(person) for person in people] == ["50.00"] * len(people)
    assert open_top_ups() == []
    assert books_are_true()
