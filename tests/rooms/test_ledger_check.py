"""The checker: silent over true books, and precise over false ones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.databases import FreshDatabase
from tests.factories.ledger import tampered, told
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.ledger.public import check_books, register_check
from walletdesk.money.ledger.services import check_books as module
from walletdesk.money.ledger.services.check_books import look_through

LIFE = """
    account  anna   customer_wallet      CNY  50.00
    account  yuki   customer_wallet      JPY  5000
    account  shop   merchant_settlement  CNY
    payment  1      anna > shop 10.00 + shop > fee_income:CNY 0.06    | posted
    refund   2      shop > anna 2.00 refunds 1                        | posted
    hold     trip   anna 10.00                                        | placed
    hold     taxi   anna 5.00                                         | placed
    capture  3      anna > shop 7.00 captures trip                    | posted
"""


@pytest.fixture
def registry() -> Iterator[None]:
    before = list(module._checks)
    yield
    module._checks[:] = before


@pytest.mark.django_db
def test_true_books_say_so_and_what_was_looked_at() -> None:
    told(LIFE)
    report = check_books()
    assert report.true
    assert report.first_wrong is None
    assert {"accounts", "entries", "lines", "holds"} == set(report.checked)
    assert report.checked["lines"] == 6
    assert {"I1", "I2", "I3", "I4", "I5", "I7", "I8", "I9"} <= {check.id for check in report.checks}


@pytest.mark.django_db
def test_other_rooms_add_their_checks(registry: None) -> None:
    words = Words("冻结后没有支出", "Nothing left after a freeze")
    register_check("I10", words, "SELECT 'wallet 7', '冻结后有支出', 'something left' WHERE false")
    assert not check_books().findings
    register_check("I10", words, "SELECT 'wallet 7', '冻结后有支出', 'something left'")
    [finding] = check_books().findings_of("I10")
    assert (finding.record, finding.what) == ("wallet 7", Words("冻结后有支出", "something left"))


# What a person with the keys to the database might do, and what the checker says first.
TAMPERING = [
    ("UPDATE journal_line SET amount = amount + 1 WHERE id = {line}", "I8", "journal_entry {entry}"),
    ("UPDATE journal_line SET debit_id = credit_id, credit_id = debit_id WHERE id = {line}", "I8", "journal_entry {entry}"),
    ("DELETE FROM journal_line WHERE id = {line}", "I8", "journal_entry {entry}"),
    ("UPDATE journal_entry SET memo = 'gift' WHERE id = '{entry}'", "I8", "journal_entry {entry}"),
    ("DELETE FROM journal_entry WHERE id = '{entry}'", "I2", "journal_line {line}"),
    ("INSERT INTO journal_line (entry_id, debit_id, credit_id, amount) VALUES ('{entry}', {anna}, {shop}, 1)", "I8",
     "journal_entry {entry}"),
    ("UPDATE ledger_account SET credits_posted = credits_posted + 1 WHERE id = {anna}", "I3", "ledger_account {anna}"),
    ("UPDATE ledger_account SET debits_pending = 0 WHERE id = {anna}", "I4", "ledger_account {anna}"),
    ("UPDATE ledger_account SET overdraft = 100000 WHERE id = {anna}", "I8", "ledger_account {anna}"),
    ("UPDATE ledger_account SET frozen = 'full' WHERE id = {anna}", "I8", "ledger_account {anna}"),
    ("UPDATE funds_hold SET amount = amount - 1 WHERE id = '{taxi}'", "I8", "funds_hold {taxi}"),
    ("UPDATE funds_hold SET open = true WHERE id = '{trip}'", "I7", "funds_hold {trip}"),
    ("UPDATE funds_hold SET open = false WHERE id = '{taxi}'", "I7", "funds_hold {taxi}"),
    ("UPDATE funds_hold_resolution SET captured = captured - 1", "I8", "funds_hold_resolution {trip}"),
    ("DELETE FROM funds_hold_resolution", "I7", "funds_hold {trip}"),
    ("ALTER TABLE journal_line DISABLE TRIGGER journal_line_never_changes", "I8",
     "trigger journal_line_never_changes on journal_line"),
    ("GRANT UPDATE ON journal_line TO walletdesk_app", "I8", "privilege UPDATE on journal_line"),
    ("ALTER TABLE journal_entry DROP CONSTRAINT journal_entry_key_once", "I5", "index journal_entry_key_once"),
]  # fmt: skip


def test_each_tampering_is_named_by_its_record(fresh_database: FreshDatabase) -> None:
    books = told(LIFE)
    [[entry, line]] = fresh_database.as_owner(
        "SELECT e.id, min(l.id) FROM journal_entry e JOIN journal_line l ON l.entry_id = e.id"
        " WHERE e.kind = 'payment' GROUP BY e.id"
    )
    names = {**books.accounts, **books.holds, "entry": entry, "line": line}
    for act, invariant, record in TAMPERING:
        statement = act.format(**names)
        with tampered(fresh_database, statement) as cursor:
            first = look_through(cursor)[0]
        assert (first.invariant, first.record) == (invariant, record.format(**names)), statement
    assert check_books().true
