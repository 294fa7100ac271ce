"""Fifty at the limit at the same moment: exactly as many go through as the limit allows, by whatever way they come."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.databases import FreshDatabase
from tests.factories.limits import a_limited_payer, sheet_for, used
from tests.factories.money import (
    a_key,
    a_payer,
    a_shop,
    an_order,
    bank_is,
    books_are_true,
    has,
    pay,
    proof_of,
    to_pay,
    yuan,
)
from tests.fakes.bank import FakeBank
from walletdesk.money.payments.public import start_top_up, transfer
from walletdesk.money.wallets.public import payee_limits_of, set_own_limit, set_payee_limit


def words(answers: list[Any]) -> Counter[str]:
    """Refusals by their code; what went through is ``done``, and a surprise is named."""
    surprise = [type(one).__name__ for one in answers if isinstance(one, BaseException) and not hasattr(one, "code")]
    return Counter(surprise or [getattr(answer, "code", "") or "done" for answer in answers])


def test_fifty_payments_at_the_limit_of_a_day(fresh_database: FreshDatabase) -> None:
    """5,000 a day, 50 times 300: sixteen, and 200.00 are left."""
    anna, shop = a_limited_payer(9_000), a_shop()
    wishes = [to_pay(anna, an_order(shop, 300)) for _ in range(50)]
    answers = fresh_database.at_once(*[lambda wish=wish: pay(wish) for wish in wishes])
    assert words(answers) == {"done": 16, "limit_day": 34}
    assert (used(anna), has(anna)) == ("4800.00", "4200.00")
    assert books_are_true()


def test_payments_and_transfers_share_the_day(fresh_database: FreshDatabase) -> None:
    anna, bert, shop = a_limited_payer(9_000), a_payer(), a_shop()
    wishes = [to_pay(anna, an_order(shop, 500)) for _ in range(15)]
    answers = fresh_database.at_once(
        *[lambda wish=wish: pay(wish) for wish in wishes],
        *[lambda: transfer(a_key(), anna.id, bert.id, yuan(500), "", proof_of(anna.id))] * 15,
    )
    assert words(answers) == {"done": 10, "limit_day": 20}
    assert used(anna) == "5000.00"
    assert books_are_true()


def test_many_give_to_one_who_is_nearly_full_while_money_comes_from_the_bank(fresh_database: FreshDatabase) -> None:
    """Room for 1,000.00: twenty gifts and twenty top-ups of 100.00, ten of all those."""
    full, givers = a_limited_payer(9_000), [a_payer(100) for _ in range(20)]
    with bank_is(FakeBank()):
        answers = fresh_database.at_once(
            *[
                lambda giver=giver: transfer(a_key(), giver.id, full.id, yuan(100), "", proof_of(giver.id))
                for giver in givers
            ],
            *[lambda: start_top_up(a_key(), full.id, yuan(100))] * 20,
        )
    said = words(answers)
    assert set(said) == {"done", "limit_balance", "payee_cannot_receive"}
    assert said["done"] == 10
    assert has(full) == "10000.00"
    assert books_are_true()


def test_a_limit_lowered_in_the_middle_holds_for_all_that_begin_after_it(fresh_database: FreshDatabase) -> None:
    """Whoever was let through before the lowering was committed may have gone; together never more than either allows."""
    sheet_for(4, {"out.day": 1_000})
    anna, shop = a_limited_payer(9_000), a_shop()
    wishes = [to_pay(anna, an_order(shop, 100)) for _ in range(20)]
    answers = fresh_database.at_once(
        *[lambda wish=wish: pay(wish) for wish in wishes], lambda: set_own_limit(anna.id, "out", "day", yuan(300))
    )
    gone = words(answers[:-1])["done"]
    assert 3 <= gone <= 10
    assert used(anna) == f"{gone * 100}.00"
    after = fresh_database.at_once(lambda: pay(to_pay(anna, an_order(shop, "0.01"))))
    assert words(after) == {"limit_day": 1}


def test_fifty_payments_at_the_limit_of_one_payee_while_others_are_free(fresh_database: FreshDatabase) -> None:
    """1,000 a day to this shop, of which 100 are gone: nine times 100, and the other shop has all of its ten."""
    anna, shop, other = a_limited_payer(9_000, tier=1), a_shop(), a_shop("别家", "Another")
    pay(to_pay(anna, an_order(shop, 100)))
    set_payee_limit(anna.id, shop.id, "day", yuan(1_000))
    limited = [to_pay(anna, an_order(shop, 100)) for _ in range(30)]
    free = [to_pay(anna, an_order(other, 100)) for _ in range(10)]
    answers = fresh_database.at_once(*[lambda wish=wish: pay(wish) for wish in [*limited, *free]])
    assert words(answers[:30]) == {"done": 9, "limit_payee_day": 21}
    assert words(answers[30:]) == {"done": 10}
    day = next(line for line in payee_limits_of(anna.id) if line.kind == "day")
    assert (str(day.used), str(day.left)) == (str(yuan(1_000)), str(yuan(0)))
    assert books_are_true()
