"""L05, L06, L07 through the room of payments: what is set aside is spent by nobody else, captured once, and never when dead."""

from __future__ import annotations

from functools import partial

from tests.databases import FreshDatabase
from tests.factories.holding import a_hold, a_later_transfer, an_agreement, by, the_hold, the_transfer, to_hold
from tests.factories.money import a_key, a_payer, a_shop, an_order, books_are_true, has, purse, the_payment
from walletdesk.foundation.clock.public import at
from walletdesk.money.agreements.public import agreement
from walletdesk.money.payments.public import (
    CancelTransferIntent,
    CaptureIntent,
    HoldDone,
    HoldRefused,
    VoidIntent,
    authorise_many,
    cancel_many,
    capture_many,
    void_many,
)
from walletdesk.money.payments.services.make_due_transfers import make_due_transfers


def codes(answers: list) -> list[str]:
    """``done`` or the code of each refusal."""
    return ["done" if not isinstance(one, HoldRefused) else one.refusal.code for (one,) in answers]


def test_l05_the_sixth_hold_is_refused_also_from_fifty_threads(fresh_database: FreshDatabase) -> None:
    lin, bakery = a_payer(5000), a_shop()
    wishes = [[to_hold(lin, an_order(bakery, 1000))] for _ in range(12)]
    said = codes(fresh_database.at_once(*(partial(authorise_many, wish) for wish in wishes)))
    assert (said.count("done"), said.count("not_enough_money")) == (5, 7)
    assert (has(lin), purse(lin).held.plain) == ("0.00", "5000.00")
    assert books_are_true()


def test_l06_one_of_twenty_captures_wins_and_voids_race_in_vain(fresh_database: FreshDatabase) -> None:
    lin, bakery = a_payer(100), a_shop()
    held = a_hold(lin, bakery, 50)
    captures = [partial(capture_many, [CaptureIntent(a_key(), held.id, bakery.id, 3000)]) for _ in range(14)]
    voids = [partial(void_many, [VoidIntent(a_key(), held.id, bakery.id)]) for _ in range(6)]
    said = codes(fresh_database.at_once(*captures, *voids))
    captured, state = said[:14].count("done"), the_hold(held.id).state
    assert (captured, state) in ((1, "captured"), (0, "voided"))
    assert set(said) <= {"done", "hold_ended"}
    assert has(lin) == ("70.00" if captured else "100.00")
    if captured:
        assert the_payment(held.id).amount.plain == "30.00"
    assert books_are_true()


def test_l07_a_voided_hold_is_never_captured(fresh_database: FreshDatabase) -> None:
    lin, bakery = a_payer(100), a_shop()
    held = a_hold(lin, bakery, 50)
    void_many([VoidIntent(a_key(), held.id, bakery.id)])
    (late,) = capture_many([CaptureIntent(a_key(), held.id, bakery.id)])
    assert isinstance(late, HoldRefused)
    assert (late.refusal.code, late.refusal.status) == ("hold_ended", 409)
    assert has(lin) == "100.00"


def test_the_caps_of_an_agreement_hold_when_all_come_at_once(fresh_database: FreshDatabase) -> None:
    lin, bakery = a_payer(1000), a_shop()
    agreed = an_agreement(lin, bakery, single=30, day=100)
    wishes = [[to_hold(lin, an_order(bakery, 30), consent=by(agreed))] for _ in range(10)]
    answers = fresh_database.at_once(*(partial(authorise_many, wish) for wish in wishes))
    assert sum(isinstance(one, HoldDone) for (one,) in answers) == 3
    found = agreement(agreed.id)
    assert found is not None
    assert found.used_today.plain == "90.00"


def test_a_later_transfer_is_made_or_cancelled_and_never_both(fresh_database: FreshDatabase) -> None:
    lin, wang = a_payer(100), a_payer()
    planned = a_later_transfer(lin, wang, 60)

    def make() -> list[str]:
        with at(planned.due_at):
            make_due_transfers()
        return ["made"]

    def cancel() -> list:
        with at(planned.due_at):
            return cancel_many([CancelTransferIntent(a_key(), planned.id, lin.id)])

    fresh_database.at_once(*[make, cancel] * 5)
    ended = the_transfer(planned.id).state
    assert (ended, has(lin), has(wang)) in (("made", "40.00", "60.00"), ("cancelled", "100.00", "0.00"))
    assert books_are_true()
