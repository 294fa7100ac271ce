"""A bookkeeper who reads stories: accounts, entries and expected balances as a table, posted through the real books.

    told('''
        account  anna      customer_wallet      CNY   50.00
        account  shop      merchant_settlement  CNY
        batch
          payment  order-1   anna > shop 38.00                  | posted
          payment  order-2   anna > shop 38.00                  | insufficient_available anna
        balance  anna      12.00
        balance  shop      38.00
    ''')

A line is a step. ``batch`` gathers the indented entries under it into one ``post_many``; an entry outside a batch is a
batch of one. Several movements are joined by ``+``; ``reverses``, ``refunds`` and ``captures`` name an earlier entry or
hold. After ``|`` stands what the books answer: ``posted``, ``replayed``, or a code with the account it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from textwrap import dedent
from typing import Any
from uuid import UUID

import psycopg

from tests.databases import FreshDatabase
from walletdesk.foundation.amount.public import Asset
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.money.ledger.public import (
    AccountSpec,
    Declined,
    Entry,
    HoldRequest,
    Line,
    asset,
    balances,
    check_books,
    expire_holds,
    open_accounts,
    place_holds,
    post_many,
    release_holds,
    set_freeze,
    system_account,
)

LINKS = ("reverses", "refunds", "captures")


def minor(figure: str, unit: Asset) -> int:
    """``38.00`` in the minor units of the asset; a table may also hold what the books must refuse: ``-1``, ``0``."""
    whole, _, decimals = figure.partition(".")
    sign = -1 if whole.startswith("-") else 1
    return sign * int(whole.lstrip("-") + decimals.ljust(unit.digits, "0"))


@dataclass
class Bookkeeper:
    """Keeps the names of a story: accounts, entries and holds."""

    accounts: dict[str, int] = field(default_factory=dict)
    assets: dict[str, Asset] = field(default_factory=dict)
    entries: dict[str, UUID] = field(default_factory=dict)
    holds: dict[str, UUID] = field(default_factory=dict)

    def account(self, name: str, kind: str = "customer_wallet", code: str = "CNY", opening: str = "") -> int:
        """Open an account and, when an opening is given, fund it from the bank."""
        self.accounts[name] = open_accounts([AccountSpec(kind, code, f"{name} {uuid7()}")])[0]
        self.assets[name] = asset(code)
        if opening:
            bank = system_account("bank_clearing", code)
            amount = minor(opening, self.assets[name])
            [answer] = post_many([Entry(uuid7(), "opening", str(uuid7()), (Line(bank, self.accounts[name], amount),))])
            assert not isinstance(answer, Declined), answer
        return self.accounts[name]

    def id_of(self, name: str) -> int:
        """``nobody`` is an account that does not exist; ``bank:CNY`` is the house's own."""
        if name == "nobody":
            return 999_999_999
        kind, _, code = name.partition(":")
        return system_account(kind, code) if code else self.accounts[name]

    def lines(self, words: list[str]) -> tuple[Line, ...]:
        text = " ".join(words)
        return tuple(self._line(part.split()) for part in text.split("+") if part.strip())

    def _line(self, words: list[str]) -> Line:
        debit, arrow, credit, figure = words
        assert arrow == ">", words
        unit = self.assets.get(debit) or self.assets.get(credit) or asset("CNY")
        return Line(self.id_of(debit), self.id_of(credit), minor(figure, unit))

    def entry(self, text: str) -> Entry:
        """``kind reference debit > credit amount [+ …] [reverses|refunds|captures name]``."""
        kind, reference, *words = text.split()
        links: dict[str, Any] = {}
        while len(words) >= 2 and words[-2] in LINKS:
            link, name = words[-2:]
            links[link] = (self.holds if link == "captures" else self.entries).get(name) or uuid7()
            words = words[:-2]
        made = Entry(uuid7(), kind, reference, self.lines(words), **links)
        self.entries.setdefault(reference, made.id)
        return made

    def said(self, answer: Any, fresh: str = "posted") -> str:
        """An answer of the books in the words of a table."""
        if isinstance(answer, Declined):
            names = [name for name, number in self.accounts.items() if number == answer.account_id]
            return " ".join([answer.code, *names])
        return "replayed" if answer.replayed else fresh

    def post(self, rows: list[tuple[str, str]]) -> None:
        said = [self.said(answer) for answer in post_many([self.entry(text) for text, _ in rows])]
        assert list(zip([text for text, _ in rows], said, strict=True)) == rows

    def hold(self, name: str, account: str, figure: str, seconds: str = "3600") -> str:
        hold_id = self.holds.setdefault(name, uuid7())
        amount = minor(figure, self.assets[account])
        expires = now() + timedelta(seconds=int(seconds))
        return self.said(
            place_holds([HoldRequest(hold_id, self.accounts[account], amount, name, expires)])[0], "placed"
        )

    def balance(self, name: str, posted: str, held: str = "") -> None:
        seen, unit = balances([self.id_of(name)])[self.id_of(name)], self.assets.get(name) or asset("CNY")
        assert seen.posted == minor(posted, unit), f"{name} has {seen.posted}, not {posted}"
        if held:
            assert seen.held == minor(held, unit), f"{name} holds {seen.held}, not {held}"
        assert seen.available == seen.posted - seen.held


def told(story: str, books: Bookkeeper | None = None) -> Bookkeeper:
    """Do what the story says, compare what the books answer, and ask in the end whether the books are true."""
    books = books or Bookkeeper()
    batch: list[tuple[str, str]] = []
    for line in dedent(story).strip().splitlines():
        text, _, expected = (part.strip() for part in line.partition("|"))
        verb, *words = text.split()
        if batch and not line.startswith(" "):
            books.post(batch)
            batch = []
        if verb in _STEPS:
            said = _STEPS[verb](books, *words)
            assert not expected or said == expected, f"{text}: {said}, not {expected}"
        else:
            batch.append((text, expected))
    if batch:
        books.post(batch)
    assert not check_books().findings
    return books


SEALED_TABLES = ("journal_entry", "journal_line", "ledger_account", "funds_hold", "funds_hold_resolution")


@contextmanager
def tampered(database: FreshDatabase, statement: str) -> Iterator[psycopg.Cursor]:
    """The books as somebody with the owner's password left them: triggers off, a change by hand, triggers on again.

    Nothing is committed: the cursor sees the change, and afterwards it never was.
    """
    with psycopg.connect(database.owner_url) as connection:
        cursor = connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        off = statement.split()[0] in ("UPDATE", "DELETE", "INSERT")
        for table in SEALED_TABLES if off else ():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
        cursor.execute(statement.encode())
        for table in SEALED_TABLES if off else ():
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER".encode())
        yield cursor
        connection.rollback()


def _freeze(books: Bookkeeper, account: str, mode: str) -> None:
    set_freeze([books.accounts[account]], mode)  # type: ignore[arg-type]


def _release(books: Bookkeeper, name: str) -> str:
    return books.said(release_holds([books.holds.get(name) or uuid7()])[0], "released")


_STEPS: dict[str, Any] = {
    "account": Bookkeeper.account,
    "balance": Bookkeeper.balance,
    "hold": Bookkeeper.hold,
    "release": _release,
    "freeze": _freeze,
    "expire": lambda books: str(expire_holds()),
    "batch": lambda books: None,
}
