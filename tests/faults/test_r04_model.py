"""R04: random operations on the books beside an independent model; the same answers, the same balances, true books.

2,000 operations on every change; in ``bin/soak`` round after round. Each round prints its seed.
"""

from __future__ import annotations

import os
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from tests.databases import cloned, django_on
from tests.faults.ledger_model import Model, ModelAccount
from tests.faults.rounds import rounds
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.money.ledger.public import (
    AccountSpec,
    Entry,
    HoldRequest,
    Line,
    balances,
    check_books,
    open_accounts,
    place_holds,
    post_many,
    release_holds,
    set_freeze,
    system_account,
)

pytestmark = pytest.mark.serial
OPERATIONS = 2_000


class Player:
    """Draws operations that are mostly sensible, often contested and sometimes absurd."""

    def __init__(self, dice: Random) -> None:
        self.dice, self.model, self.number = dice, Model(), 0
        self.run = uuid7().hex
        self.people: dict[str, list[int]] = {}
        for code in ("CNY", "JPY"):
            bank = system_account("bank_clearing", code)
            people = open_accounts([AccountSpec("customer_wallet", code, f"{self.run} {n}") for n in range(5)])
            self.model.accounts[bank] = ModelAccount(code, gives_by_debit=False, protected=False)
            for person in people:
                self.model.accounts[person] = ModelAccount(code, gives_by_debit=True, protected=True)
            self.people[code] = [bank, *people]

    def account(self, code: str) -> int:
        if self.dice.random() < 0.02:
            return self.dice.choice([999_999_999, *self.people["JPY"]])
        return self.dice.choice(self.people[code])

    def amount(self) -> int:
        return self.dice.choice([0, -5, 2**53]) if self.dice.random() < 0.03 else self.dice.randint(1, 60)

    def lines(self) -> tuple[Line, ...]:
        code = self.dice.choice(["CNY", "CNY", "JPY"])
        if self.dice.random() < 0.3:
            return (Line(self.people[code][0], self.account(code), self.amount()),)
        count = self.dice.choice([0, 1, 1, 1, 1, 2, 2, 3])
        return tuple(Line(self.account(code), self.account(code), self.amount()) for _ in range(count))

    def entry(self) -> Entry:
        roll = self.dice.random()
        known = list(self.model.entries.values())
        self.number += 1
        fresh = f"{self.run} {self.number}"
        if known and roll < 0.08:  # a retry, true to the first or not
            again = self.dice.choice(known)
            lines = again.lines if self.dice.random() < 0.7 else self.lines()
            return Entry(uuid7(), again.kind, again.reference, lines, again.reverses, again.refunds, "", again.captures)
        if known and roll < 0.16:
            original = self.dice.choice(known)
            opposite = tuple(Line(line.credit, line.debit, line.amount) for line in original.lines)
            return Entry(uuid7(), "reversal", fresh, opposite, reverses=original.id)
        if known and roll < 0.26:
            original = self.dice.choice(known)
            first = original.lines[0]
            part = Line(first.credit, first.debit, self.dice.randint(1, first.amount))
            lines = (part,) if self.dice.random() < 0.8 else self.lines()
            return Entry(uuid7(), "refund", fresh, lines, refunds=original.id)
        if self.model.holds and roll < 0.36:
            hold = self.dice.choice(list(self.model.holds.values()))
            code = self.model.accounts[hold.account].asset
            lines = (Line(hold.account, self.account(code), self.dice.randint(1, hold.amount + 2)),)
            return Entry(uuid7(), "capture", fresh, lines, captures=hold.id)
        return Entry(uuid7(), self.dice.choice(["payment", "transfer"]), fresh, self.lines())

    def batch(self) -> list[Entry]:
        entries = [self.entry() for _ in range(self.dice.choice([1, 1, 2, 5, 20, 60]))]
        if self.dice.random() < 0.2:
            entries.append(self.dice.choice(entries))
        return entries

    def step(self) -> int:
        """One act on both; how many operations it was."""
        roll = self.dice.random()
        if roll < 0.7:
            return self._both(post_many, self.model.post_many, self.batch())
        if roll < 0.85:
            return self._both(
                place_holds, self.model.place_holds, [self._hold() for _ in range(self.dice.randint(1, 4))]
            )
        if roll < 0.93 and self.model.holds:
            known = self.dice.choices(list(self.model.holds), k=1)
            return self._both(release_holds, self.model.release_holds, [*known, uuid7()])
        account, mode = (
            self.dice.choice(self.people["CNY"][1:]),
            self.dice.choice(["none", "none", "debit", "credit", "full"]),
        )
        set_freeze([account], mode)  # type: ignore[arg-type]
        self.model.accounts[account].frozen = mode
        return 1

    def _hold(self) -> HoldRequest:
        self.number += 1
        account = self.dice.choice(self.people["CNY"][1:])
        return HoldRequest(
            uuid7(), account, self.dice.randint(0, 40), f"{self.run} {self.number}", now() + timedelta(days=1)
        )

    def _both(self, real: Any, modelled: Any, batch: list[Any]) -> int:
        assert real(batch) == modelled(batch), batch
        return len(batch)

    def compare(self) -> None:
        real = balances(self.model.accounts)
        for number, account in self.model.accounts.items():
            seen = real[number]
            assert (seen.available, seen.held, seen.freeze) == (account.available, account.held, account.frozen), number


def test_r04_the_books_answer_as_the_model_does(django_db_setup: None, django_db_blocker: Any) -> None:
    for place, dice in enumerate(rounds("R04 model", small=1)):
        name = f"walletdesk_r04_{os.getpid()}_{place}"  # the model begins with empty books, so the books do as well
        with django_db_blocker.unblock(), cloned(name), django_on(name):
            player, done = Player(dice), 0
            while done < OPERATIONS:
                done += player.step()
                player.compare()
            assert check_books().findings == ()
        print(f"R04 model: {done} operations, {len(player.model.entries)} entries, {len(player.model.holds)} holds")
