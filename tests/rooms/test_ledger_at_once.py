"""Batches at the same time, with real commits."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from django.db import connection, transaction

from tests.databases import FreshDatabase
from tests.factories.ledger import Bookkeeper
from walletdesk.foundation.clock.public import uuid7
from walletdesk.money.ledger.models import JournalLine
from walletdesk.money.ledger.public import (
    AccountSpec,
    Declined,
    Entry,
    Line,
    Posted,
    balances,
    check_books,
    open_accounts,
    post_many,
    set_freeze,
)


def test_batches_over_the_same_accounts_in_opposite_order_never_deadlock(fresh_database: FreshDatabase) -> None:
    books = Bookkeeper()
    ring = [books.account(f"c{n}", opening="10.00") for n in range(12)]
    there = [Entry(uuid7(), "there", str(n), (Line(a, b, 1),)) for n, (a, b) in enumerate(pairwise(ring))]
    back = [Entry(uuid7(), "back", str(n), (Line(b, a, 1),)) for n, (a, b) in enumerate(pairwise(ring))][::-1]
    results = fresh_database.at_once(partial(post_many, there), partial(post_many, back), times=4)
    assert all(type(answer) is Posted for answers in results for answer in answers)
    assert JournalLine.objects.count() == 12 + 22
    assert not check_books().findings


def test_twins_of_one_key_with_other_accounts_give_one_entry(fresh_database: FreshDatabase) -> None:
    """The accounts do not meet, so no lock helps: here the unique index is the judge, and the loser is told."""
    books = Bookkeeper()
    pairs = [(books.account(f"a{n}", opening="10.00"), books.account(f"b{n}")) for n in range(6)]

    def pay(debit: int, credit: int) -> list[Posted | Declined]:
        around = [Entry(uuid7(), "own", f"{debit} {n}", (Line(debit, credit, 1),)) for n in (1, 2)]
        return post_many([around[0], Entry(uuid7(), "p", "same", (Line(debit, credit, 5),)), around[1]])

    results = fresh_database.at_once(*(partial(pay, *pair) for pair in pairs))
    assert all(type(first) is type(last) is Posted for first, _, last in results)
    middles = [middle for _, middle, _ in results]
    assert sum(type(middle) is Posted for middle in middles) == 1
    assert [middle.code for middle in middles if type(middle) is Declined] == ["reference_used"] * 5
    assert not check_books().findings


def test_a_waiting_twin_sees_the_answer_of_the_first(fresh_database: FreshDatabase) -> None:
    books = Bookkeeper()
    anna, ben = books.account("anna", opening="10.00"), books.account("ben")
    entries = [Entry(uuid7(), "p", "same", (Line(anna, ben, 5),)) for _ in range(20)]
    results = fresh_database.at_once(*(partial(post_many, [entry]) for entry in entries))
    assert sorted(answer.replayed for [answer] in results) == [False] + [True] * 19
    assert len({answer.entry_id for [answer] in results}) == 1


def test_what_the_caller_rolls_back_was_never_posted(fresh_database: FreshDatabase) -> None:
    books = Bookkeeper()
    anna, ben = books.account("anna", opening="10.00"), books.account("ben")
    entry = Entry(uuid7(), "p", "1", (Line(anna, ben, 5),))
    with transaction.atomic():
        assert post_many([entry]) == [Posted(entry.id)]
        transaction.set_rollback(True)
    assert balances([ben])[ben].posted == 0
    assert post_many([entry]) == [Posted(entry.id)]


def test_accounts_opened_by_twenty_at_once_are_one(fresh_database: FreshDatabase) -> None:
    spec = AccountSpec("customer_wallet", "CNY", "anna")
    opened = fresh_database.at_once(lambda: open_accounts([spec]), times=20)
    assert len({account for [account] in opened}) == 1


def test_no_debit_begins_after_a_freeze_has_committed(fresh_database: FreshDatabase) -> None:
    books = Bookkeeper()
    anna, ben = books.account("anna", opening="10.00"), books.account("ben")

    def spend(n: int) -> Posted | Declined:
        return post_many([Entry(uuid7(), "p", str(n), (Line(anna, ben, 1),))])[0]

    results = fresh_database.at_once(lambda: set_freeze([anna], "debit"), *(partial(spend, n) for n in range(30)))
    declined = [answer.code for answer in results if type(answer) is Declined]
    assert set(declined) <= {"account_frozen"}
    assert spend(100) == Declined("account_frozen", anna, 1)
    assert balances([ben])[ben].posted == 30 - len(declined)
    assert not check_books().findings


def test_lines_of_an_account_are_numbered_in_the_order_in_which_they_took_effect(fresh_database: FreshDatabase) -> None:
    books = Bookkeeper()
    shop = books.account("shop", "merchant_settlement")
    payers = [books.account(f"c{n}", opening="10.00") for n in range(8)]

    def pay(payer: int) -> None:
        for n in range(10):
            post_many([Entry(uuid7(), "p", f"{payer} {n}", (Line(payer, shop, 1),))])

    fresh_database.at_once(*(partial(pay, payer) for payer in payers))
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*) FROM (SELECT e.posted_at < lag(e.posted_at) OVER (ORDER BY l.id) AS backwards
                                  FROM journal_line l JOIN journal_entry e ON e.id = l.entry_id
                                  WHERE l.credit_id = %s) steps WHERE backwards""",
            [shop],
        )
        assert cursor.fetchone() == (0,)
