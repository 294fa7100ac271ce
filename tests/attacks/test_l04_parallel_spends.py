"""L04: fifty parallel spends of the whole balance: one succeeds, nothing goes below zero."""

from __future__ import annotations

from tests.databases import FreshDatabase
from tests.factories.money import a_key, a_payer, a_shop, an_order, books_are_true, has, pay, proof_of, to_pay, yuan
from walletdesk.money.payments.errors import NotEnoughMoney
from walletdesk.money.payments.public import Paid, Transferred, transfer


def test_l04_fifty_payments_of_everything(fresh_database: FreshDatabase) -> None:
    anna, shop = a_payer(100), a_shop()
    wishes = [to_pay(anna, an_order(shop, 100)) for _ in range(50)]
    answers = fresh_database.at_once(*[lambda wish=wish: pay(wish) for wish in wishes])
    assert sum(isinstance(answer, Paid) for answer in answers) == 1
    assert sum(isinstance(answer, NotEnoughMoney) for answer in answers) == 49, answers
    assert has(anna) == "0.00"
    assert books_are_true()


def test_l04_payments_and_transfers_of_everything_at_once(fresh_database: FreshDatabase) -> None:
    anna, bert, shop = a_payer(100), a_payer(), a_shop()
    orders = [to_pay(anna, an_order(shop, 100)) for _ in range(15)]
    answers = fresh_database.at_once(
        *[lambda wish=wish: pay(wish) for wish in orders],
        *[lambda: transfer(a_key(), anna.id, bert.id, yuan(100), "", proof_of(anna.id))] * 15,
    )
    assert sum(isinstance(answer, Paid | Transferred) for answer in answers) == 1
    assert sum(isinstance(answer, NotEnoughMoney) for answer in answers) == 29, answers
    assert has(anna) == "0.00"
    assert books_are_true()


def test_l04_fifty_people_want_one_order(fresh_database: FreshDatabase) -> None:
    asked = an_order(a_shop(), 10)
    people = [a_payer(10) for _ in range(12)]
    answers = fresh_database.at_once(*[lambda p=person: pay(to_pay(p, asked)) for person in people], times=2)
    assert sum(isinstance(answer, Paid) for answer in answers) == 1
    assert {getattr(answer, "code", "paid") for answer in answers} == {"paid", "order_paid"}
    assert sorted(has(person) for person in people) == ["0.00"] + ["10.00"] * 11
    assert books_are_true()
