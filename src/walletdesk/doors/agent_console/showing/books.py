"""The books on one page: where the money is, whose it is, each law with what was looked at, and the first wrong record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from walletdesk.doors.agent_console.showing import status
from walletdesk.foundation.amount.public import CNY, Amount
from walletdesk.foundation.audit.public import chain_head, verify_chain
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.ledger.public import BooksReport, trial_balance
from walletdesk.money.ledger.public import TrialRow as LedgerRow

HOLDS = status.Status(Words("成立", "Holds"), "go", "done")
BROKEN = status.Status(Words("不成立", "Broken"), "bad", "x")
WHERE = Words("钱在哪里", "Where the money is")
WHOSE = Words("钱是谁的", "Whose it is")
COUNTED = {
    "lines": Words("{count} 行", "{count} lines"),
    "accounts": Words("{count} 户", "{count} accounts"),
    "entries": Words("{count} 笔", "{count} entries"),
    "holds": Words("{count} 笔冻结", "{count} holds"),
}
LOOKED_AT = {
    "I1": "accounts",
    "I3": "accounts",
    "I4": "accounts",
    "I5": "entries",
    "I7": "holds",
    "I2": "lines",
    "I8": "lines",
}
WHOLE = Words("记录链没有断", "The record’s chain is whole")
CUT = Words("记录链在第 {number} 条断了", "The record’s chain breaks at act {number}")
HEAD = Words("sha256 {hash} · 第 {number} 条", "sha256 {hash} · act {number}")


@dataclass(frozen=True, slots=True)
class TrialRow:
    number: str
    words: Words
    debit: str
    credit: str


@dataclass(frozen=True, slots=True)
class Group:
    words: Words
    rows: list[TrialRow]


@dataclass(frozen=True, slots=True)
class BooksPage:
    true: bool
    even: bool
    checked_at: datetime
    took: str
    findings: list[dict[str, Any]]
    debits: Amount
    credits: Amount
    groups: list[Group]
    debit_total: str
    credit_total: str
    laws: list[dict[str, Any]]
    broken: int
    chain: dict[str, Any]


def page(report: BooksReport) -> BooksPage:
    """The page of one report, with the trial balance of this moment."""
    rows = trial_balance("CNY")
    where = [_trial(row) for row in rows if not row.credit_normal]
    whose = [_trial(row) for row in rows if row.credit_normal]
    debits = Amount(sum(row.debit_minor for row in rows), CNY)
    credits = Amount(sum(row.credit_minor for row in rows), CNY)
    laws = _laws(report)
    return BooksPage(
        true=report.true,
        even=debits == credits,
        checked_at=report.at,
        took=_took(report.took),
        findings=[{"words": one.what, "law": one.invariant, "record": one.record} for one in report.findings],
        debits=debits,
        credits=credits,
        groups=[Group(WHERE, where), Group(WHOSE, whose)],
        debit_total=_figure(debits),
        credit_total=_figure(credits),
        laws=laws,
        broken=sum(1 for law in laws if law["status"] is BROKEN),
        chain=_chain(report.true),
    )


def _figure(amount: Amount) -> str:
    return f"{'−' if amount.minor < 0 else ''}{amount.whole}{amount.decimals}"


def _trial(row: LedgerRow) -> TrialRow:
    debit, credit = Amount(row.debit_minor, CNY), Amount(row.credit_minor, CNY)
    return TrialRow(
        str(row.number), row.words, _figure(debit) if debit.minor else "", _figure(credit) if credit.minor else ""
    )


def _laws(report: BooksReport) -> list[dict[str, Any]]:
    """One row per check, by the number of its law; what was counted stands at the first check of a law."""
    laws: list[dict[str, Any]] = []
    counted: set[str] = set()
    for check in report.checks:
        table = LOOKED_AT.get(check.id) if check.id not in counted else None
        counted.add(check.id)
        looked = COUNTED[table].say(count=f"{report.checked[table]:,}") if table in report.checked else "—"
        broken = any(one.invariant == check.id for one in report.findings)
        laws.append({"id": check.id, "words": check.words, "checked": looked, "status": BROKEN if broken else HOLDS})
    return sorted(laws, key=lambda law: _place(law["id"]))


def _place(law: str) -> tuple[str, int, str]:
    """I2 before I10 before J12."""
    figures = re.search(r"\d+", law)
    return law[:1], int(figures[0]) if figures else 0, law


def _took(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def _chain(books_true: bool) -> dict[str, Any]:
    """The chain of acts with its last hash; the seal beside it stands for the books and the chain together."""
    first_bad = verify_chain()
    number, seal = chain_head()
    if first_bad is not None:
        return {"sealed": False, "words": CUT.both(number=first_bad), "more": ""}
    short = f"{seal[:4]} {seal[4:8]} … {seal[-4:]}" if seal else "—"
    return {"sealed": books_true, "words": WHOLE, "more": HEAD.both(hash=short, number=f"{number:,}")}
