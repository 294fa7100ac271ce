"""Ask whether the books are true, in one snapshot, and name the first record that is not.

A check is one SQL statement that answers a row for each thing that is wrong: ``(record, words zh, words en)``, first one
first. The books bring their own (``sql/checks``); other rooms add theirs with :func:`register_check` when they start.
Checks run in the order of cause and effect: a line that somebody changed breaks its seal, then the balance of its
account, then the sum of all. What stands first is where to look.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.ledger.models import FundsHold, JournalEntry, JournalLine, LedgerAccount

_OWN = Path(__file__).resolve().parent.parent / "sql" / "checks"
_SHOWN_PER_CHECK = 20
_COUNTED: dict[str, Any] = {
    "accounts": LedgerAccount,
    "entries": JournalEntry,
    "lines": JournalLine,
    "holds": FundsHold,
}


@dataclass(frozen=True, slots=True)
class Check:
    """A question to the books: the invariant it stands for, what it promises, and the statement that finds breaches."""

    id: str
    words: Words
    sql: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: which invariant, what, and the record, as ``table id``."""

    invariant: str
    what: Words
    record: str


@dataclass(frozen=True, slots=True)
class BooksReport:
    """``findings`` in the order of cause and effect, at most 20 per check; ``checked`` rows per table; ``took`` seconds."""

    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]
    checked: dict[str, int]
    took: float
    at: datetime

    @property
    def true(self) -> bool:
        return not self.findings

    @property
    def first_wrong(self) -> Finding | None:
        return self.findings[0] if self.findings else None

    def findings_of(self, invariant: str) -> list[Finding]:
        return [finding for finding in self.findings if finding.invariant == invariant]


def _own(name: str, zh: str, en: str) -> Check:
    return Check(name.partition("_")[0].upper(), Words(zh, en), (_OWN / f"{name}.sql").read_text())


_checks: list[Check] = [
    _own("i8_seals", "记过的账一个字节都没有变", "No byte of a posted row has changed"),
    _own("i2_lines", "每一行两个账户、同一货币、金额为正", "Each line has two accounts, one asset, a positive amount"),
    _own("i7_holds", "每笔冻结只结束一次，扣款不超过冻结", "A hold ends once, captured at most what was held"),
    _own("i3_balances", "余额等于它的分录之和", "A stored balance equals the sum of its lines"),
    _own("i4_available", "可用余额等于余额减冻结，不低于零", "Available is posted minus held, never below zero"),
    _own("i1_zero", "每种货币所有余额之和为零", "Per asset the sum of all balances is zero"),
    _own("i5_keys", "一个业务编号只有一笔分录", "One business key, one entry"),
    _own("i9_ids", "编号来自数据库或是随机的", "Ids are given by the database or are random"),
    _own("i8_guards", "守卫都在岗", "The guards stand"),
]


def register_check(check_id: str, words: Words, sql: str) -> None:
    """Add a room's check (``I6``, ``I10`` …), from its ``AppConfig.ready``. The same id and words once more replace it.

    ``sql``: one SELECT without parameters and without a final semicolon, whose rows are ``(record, words zh, words en)``.
    """
    check = Check(check_id, words, sql)
    for place, known in enumerate(_checks):
        if (known.id, known.words) == (check_id, words):
            _checks[place] = check
            return
    _checks.append(check)


def check_books() -> BooksReport:
    """Run every check and count what was looked at. Reads only; refuses nothing."""
    started = time.perf_counter()
    with _one_snapshot(), connection.cursor() as cursor:
        findings = look_through(cursor)
        checked = {name: table.objects.count() for name, table in _COUNTED.items()}
    return BooksReport(tuple(findings), tuple(_checks), checked, time.perf_counter() - started, now())


def look_through(cursor: Any) -> list[Finding]:
    """What every check finds through this cursor, at most 20 each."""
    findings: list[Finding] = []
    for check in _checks:
        cursor.execute(f"SELECT * FROM (\n{check.sql}\n) wrong LIMIT {_SHOWN_PER_CHECK}")  # noqa: S608 (no outside text)
        findings += [Finding(check.id, Words(zh, en), record) for record, zh, en in cursor.fetchall()]
    return findings


@contextmanager
def _one_snapshot() -> Iterator[None]:
    """All checks see one moment; inside a transaction that has begun already (a test's) each sees its own."""
    inside = connection.in_atomic_block
    with transaction.atomic():
        if not inside:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
