"""Reads of papers: what waits for a reviewer, one set in full, what was accepted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from walletdesk.trust.verification.models import IdentityPapers
from walletdesk.trust.verification.models.papers import ACCEPTED, WAITING


@dataclass(frozen=True, slots=True)
class PhotoView:
    side: str
    file_id: UUID
    quality: dict[str, float]


@dataclass(frozen=True, slots=True)
class PapersView:
    """One set of papers. ``state``: waiting, accepted, rejected."""

    id: UUID
    customer_id: UUID
    purpose: str
    document: str
    case_id: UUID | None
    state: str
    handed_in_at: datetime
    reviewer_id: UUID | None
    reason: str
    decided_at: datetime | None
    photos: tuple[PhotoView, ...]

    def photo(self, side: str) -> PhotoView | None:
        return next((one for one in self.photos if one.side == side), None)


def as_view(row: IdentityPapers) -> PapersView:
    photos = tuple(
        PhotoView(one.side, one.file_id, one.quality) for one in sorted(row.photos.all(), key=lambda one: one.pk)
    )
    return PapersView(
        row.id,
        row.customer_id,
        row.purpose,
        row.document,
        row.case_id,
        row.state,
        row.handed_in_at,
        row.reviewer_id,
        row.reason,
        row.decided_at,
        photos,
    )


def _rows() -> QuerySet[IdentityPapers]:
    return IdentityPapers.objects.prefetch_related("photos")


def papers(papers_id: UUID) -> PapersView | None:
    row = _rows().filter(id=papers_id).first()
    return as_view(row) if row else None


def waiting_papers(limit: int = 100) -> list[PapersView]:
    """What waits for a reviewer, the oldest first."""
    return [as_view(row) for row in _rows().filter(state=WAITING).order_by("handed_in_at")[:limit]]


def decided_papers(since: datetime, limit: int = 20) -> list[PapersView]:
    rows = _rows().filter(decided_at__gte=since).order_by("-decided_at")
    return [as_view(row) for row in rows[:limit]]


def papers_of_customer(customer_id: UUID, purpose: str) -> PapersView | None:
    """The last set of this customer for this purpose."""
    row = _rows().filter(customer_id=customer_id, purpose=purpose).order_by("-handed_in_at").first()
    return as_view(row) if row else None


def papers_of_case(case_id: UUID) -> PapersView | None:
    """The last set that was handed in for a case."""
    row = _rows().filter(case_id=case_id).order_by("-handed_in_at").first()
    return as_view(row) if row else None


def papers_accepted_since(customer_id: UUID, purpose: str, since: datetime) -> PapersView | None:
    """The last set of this customer that a second agent accepted after ``since``."""
    rows = _rows().filter(customer_id=customer_id, purpose=purpose, state=ACCEPTED, decided_at__gte=since)
    row = rows.order_by("-decided_at").first()
    return as_view(row) if row else None
