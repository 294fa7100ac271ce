"""What was said of payees, and whether a payer is to be warned. No payment reads any of this: pages do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.risk.models import PayeeReport
from walletdesk.trust.risk.queries.marks import in_force
from walletdesk.trust.risk.rules.reports import KINDS, WARNING, gravest


@dataclass(frozen=True, slots=True)
class ReportView:
    """``outcome`` is empty while it is open."""

    id: UUID
    payer_id: UUID
    payee_id: UUID
    about: str
    kind: str
    kind_words: Words
    words: str
    reference: str
    made_at: datetime
    closed_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class ReportedPayee:
    """A payee with open reports: how many people, and when the last of them wrote."""

    payee_id: UUID
    about: str
    people: int
    last_at: datetime


def view(row: PayeeReport) -> ReportView:
    return ReportView(
        row.id,
        row.payer_id,
        row.payee_id,
        row.about,
        row.kind,
        KINDS[row.kind],
        row.words,
        row.reference,
        row.made_at,
        row.closed_at,
        row.outcome,
    )


def _views(rows: Iterable[PayeeReport]) -> list[ReportView]:
    return [view(row) for row in rows]


def open_report(payer_id: UUID, payee_id: UUID) -> ReportView | None:
    """What this payer said of this payee and nobody has answered yet."""
    return next(iter(_views(PayeeReport.objects.filter(payer_id=payer_id, payee_id=payee_id, closed_at=None))), None)


def reports_on(payee_id: UUID, limit: int = 50) -> list[ReportView]:
    """All that was said of this payee, the latest first."""
    return _views(PayeeReport.objects.filter(payee_id=payee_id).order_by("-made_at", "-id")[:limit])


def payees_reported(limit: int = 50) -> list[ReportedPayee]:
    """Payees with open reports: those of whom most people speak first."""
    rows = (
        PayeeReport.objects.filter(closed_at=None)
        .values("payee_id", "about")
        .annotate(people=Count("id"), last_at=Max("made_at"))
        .order_by("-people", "-last_at")[:limit]
    )
    return [ReportedPayee(row["payee_id"], row["about"], row["people"], row["last_at"]) for row in rows]


def payee_warning(payee_id: UUID) -> str:
    """The gravest mark of which a payer is warned before paying; empty for nearly everybody."""
    return gravest(in_force(now()).filter(subject_id=payee_id, kind__in=WARNING).values_list("kind", flat=True))
