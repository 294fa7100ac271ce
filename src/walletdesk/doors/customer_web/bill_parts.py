"""A bill as its page shows it: the headline, and pairs of a term and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from walletdesk.doors.customer_web.rows import Status
from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words


@dataclass(frozen=True, slots=True)
class Pair:
    term: Words
    value: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Bill:
    id: UUID
    title: str
    amount: Amount
    chip: Status | None
    pairs: list[Pair]
    counts: bool = True
    original: UUID | None = None
