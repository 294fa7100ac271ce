"""What risk remembers of a batch of asks: two statements, a third for those who pay people. They go out in one flight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from walletdesk.foundation.arrays.public import of_uuid_arrays, text_array, uuid_array
from walletdesk.foundation.statements.public import Asked, Rows, asked, in_one_flight
from walletdesk.trust.risk.rules.asks import RiskAsk
from walletdesk.trust.risk.rules.checks import HOUSE_ASSET
from walletdesk.trust.risk.rules.looks import DAY, HOUR, MONTH, SHORT, Past, PayeeSeen

SQL = Path(__file__).parent.parent / "sql"
RECALL = (SQL / "recall.sql").read_text()
COLLECTING = (SQL / "collecting.sql").read_text()
MARKS = """
SELECT subject_id, kind, until FROM risk_mark
WHERE subject_id = ANY (%s::uuid[]) AND ended_at IS NULL AND (until IS NULL OR until > %s::timestamptz)
"""
PAST_COLUMNS = 9
Marks = dict[str, datetime | None]
NONE: Marks = {}
UNSEEN = PayeeSeen()


class Remembered(NamedTuple):
    """``marks`` of the payer, each with its latest end; None for one without."""

    past: Past
    payee: PayeeSeen
    marks: Marks


@dataclass(frozen=True, slots=True)
class Memory:
    """Statements under way. ``payers``: with each, by its place, the payees whom it was asked about."""

    moment: datetime
    payers: dict[tuple[UUID, str], dict[UUID, int]]
    pasts: Asked[Rows]
    marks: Asked[dict[UUID, Marks]]
    collecting: Asked[dict[UUID, int]] | None

    def of(self, asks: Iterable[RiskAsk]) -> list[Remembered]:
        """In the order of the asks, which are among those that were asked about."""
        pasts = dict(zip(self.payers, self.pasts.value(), strict=True))
        past_of = {payer: Past(*row[:PAST_COLUMNS]) for payer, row in pasts.items()}
        marks = self.marks.value()
        collecting = self.collecting.value() if self.collecting else {}
        seen: list[Remembered] = []
        for ask in asks:
            payer = ask.customer_id, ask.asset
            since = pasts[payer][PAST_COLUMNS][self.payers[payer][ask.payee_id]]
            theirs = marks.get(ask.payee_id, NONE)
            payers = collecting.get(ask.payee_id, 0) if ask.kind == "transfer" else 0
            payee = (
                PayeeSeen(since, payers, "reported" in theirs, "fake" in theirs)
                if since or theirs or payers
                else UNSEEN
            )
            seen.append(Remembered(past_of[payer], payee, marks.get(ask.customer_id, NONE)))
        return seen


def ask_memory(asks: Sequence[RiskAsk], moment: datetime) -> Memory:
    """Only risk's own tables are read; nothing is locked."""
    payers: dict[tuple[UUID, str], dict[UUID, int]] = {}
    for ask in asks:
        payees = payers.setdefault((ask.customer_id, ask.asset), {})
        payees.setdefault(ask.payee_id, len(payees))
    pasts = asked(
        RECALL,
        {
            "customers": uuid_array([customer for customer, _ in payers]),
            "assets": text_array([asset for _, asset in payers]),
            "payees": of_uuid_arrays(payers.values()),
            "short": moment - SHORT,
            "hour": moment - HOUR,
            "day": moment - DAY,
            "month": moment - MONTH,
            "house": HOUSE_ASSET,
        },
        read=list,
    )
    subjects = {ask.customer_id for ask in asks} | {ask.payee_id for ask in asks}
    marks = asked(MARKS, uuid_array(list(subjects)), moment, read=_latest)
    persons = {ask.payee_id for ask in asks if ask.kind == "transfer"}
    collecting = asked(COLLECTING, uuid_array(list(persons)), moment - DAY, read=_counts) if persons else None
    return Memory(moment, payers, pasts, marks, collecting)


def recall(asks: Sequence[RiskAsk], moment: datetime) -> list[Remembered]:
    """In the order of the asks."""
    with in_one_flight():
        memory = ask_memory(asks, moment)
    return memory.of(asks)


def _counts(rows: Rows) -> dict[UUID, int]:
    return dict(rows)


def _latest(rows: Rows) -> dict[UUID, Marks]:
    """By subject each kind once, with its latest end; one that has no end has none."""
    marks: dict[UUID, Marks] = {}
    for subject, kind, until in rows:
        own = marks.setdefault(subject, {})
        known = own.get(kind, until)
        own[kind] = None if until is None or known is None else max(known, until)
    return marks
