"""Flags, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.risk.models import RING, RiskFlag, SeenTransfer

WORDS = {RING: Words("钱在几个人之间转了一圈", "Money went round in a ring")}


@dataclass(frozen=True, slots=True)
class FlagView:
    id: UUID
    kind: str
    words: Words
    customer_ids: tuple[UUID, ...]
    transfer_ids: tuple[UUID, ...]
    amount_minor: int
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class SeenLeg:
    """One transfer of a ring."""

    transfer_id: UUID
    from_customer_id: UUID
    to_customer_id: UUID
    amount_minor: int
    at: datetime


def _views(rows: Iterable[RiskFlag]) -> list[FlagView]:
    return [
        FlagView(
            row.id,
            row.kind,
            WORDS[row.kind],
            tuple(row.customer_ids),
            tuple(row.transfer_ids),
            row.amount_minor,
            row.raised_at,
        )
        for row in rows
    ]


def _latest() -> QuerySet[RiskFlag]:
    return RiskFlag.objects.order_by("-raised_at", "-id")


def flags(limit: int = 50) -> list[FlagView]:
    """The latest flags."""
    return _views(_latest()[:limit])


def flags_of_customer(customer_id: UUID, limit: int = 20) -> list[FlagView]:
    """The latest flags in which this customer stands."""
    return _views(_latest().filter(customer_ids__contains=[customer_id])[:limit])


def flag(flag_id: UUID) -> FlagView | None:
    return next(iter(_views(RiskFlag.objects.filter(pk=flag_id))), None)


def transfers_of(found: FlagView) -> list[SeenLeg]:
    """The transfers of a flag in the order of time; those that risk has forgotten meanwhile are missing."""
    rows = SeenTransfer.objects.filter(pk__in=found.transfer_ids).order_by("at", "pk")
    return [SeenLeg(row.pk, row.from_customer_id, row.to_customer_id, row.amount_minor, row.at) for row in rows]
