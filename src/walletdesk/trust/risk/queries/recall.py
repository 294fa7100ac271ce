"""What risk remembers of a batch of asks: one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from walletdesk.foundation.arrays.public import flag_array, text_array, uuid_array
from walletdesk.foundation.statements.public import rows_of
from walletdesk.trust.risk.rules.asks import RiskAsk
from walletdesk.trust.risk.rules.checks import HOUSE_ASSET
from walletdesk.trust.risk.rules.looks import Past, PayeeSeen

RECALL = (Path(__file__).parent.parent / "sql" / "recall.sql").read_text()
PAST_COLUMNS = 9


@dataclass(frozen=True, slots=True)
class Remembered:
    """``marks`` of the payer, each with its end; None for one without."""

    past: Past
    payee: PayeeSeen
    marks: dict[str, datetime | None]


def recall(asks: Sequence[RiskAsk], moment: datetime) -> list[Remembered]:
    """In the order of the asks. Only risk's own tables are read; nothing is locked."""
    rows = rows_of(
        RECALL,
        {
            "customers": uuid_array([ask.customer_id for ask in asks]),
            "payees": uuid_array([ask.payee_id for ask in asks]),
            "assets": text_array([ask.asset for ask in asks]),
            "persons": flag_array([ask.kind == "transfer" for ask in asks]),
            "moment": moment,
            "house": HOUSE_ASSET,
        },
    )
    return [_remembered(row) for row in rows]


def _remembered(row: tuple) -> Remembered:
    known_since, collecting, own, untils, others = row[PAST_COLUMNS:]
    payee = PayeeSeen(known_since, collecting, "reported" in (others or ()), "fake" in (others or ()))
    return Remembered(Past(*row[:PAST_COLUMNS]), payee, _latest(own or (), untils or ()))


def _latest(kinds: Sequence[str], untils: Sequence[datetime | None]) -> dict[str, datetime | None]:
    """Each kind once, with its latest end; one that has no end has none."""
    marks: dict[str, datetime | None] = {}
    for kind, until in zip(kinds, untils, strict=True):
        known = marks.get(kind, until)
        marks[kind] = None if until is None or known is None else max(known, until)
    return marks
