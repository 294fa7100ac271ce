"""Reads about questions between devices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.models import Approval


@dataclass(frozen=True, slots=True)
class ApprovalView:
    """``number`` is shown to the asker only; the answering page asks for it. ``state``: open, approved, denied, late."""

    id: UUID
    purpose: str
    device_name: str
    place: str
    number: int
    asked_at: datetime
    expires_at: datetime
    state: str


def as_approval(row: Approval) -> ApprovalView:
    state = row.answer or ("open" if row.expires_at > now() else "late")
    return ApprovalView(
        row.id, row.purpose, row.device_name, row.place, row.number, row.asked_at, row.expires_at, state
    )


def open_approvals(user_id: UUID) -> list[ApprovalView]:
    """What this user's devices are asked at this moment."""
    rows = Approval.objects.filter(user_id=user_id, answer="", expires_at__gt=now()).order_by("asked_at")
    return [as_approval(row) for row in rows]


def approval(user_id: UUID, approval_id: UUID) -> ApprovalView | None:
    """One question to this user's devices, in whatever state."""
    row = Approval.objects.filter(pk=approval_id, user_id=user_id).first()
    return as_approval(row) if row else None


def approval_of_session(user_id: UUID, asker: str, purpose: str) -> ApprovalView | None:
    """The last question that this session asked."""
    rows = Approval.objects.filter(user_id=user_id, asker=asker, purpose=purpose)
    row = rows.order_by("-asked_at").first()
    return as_approval(row) if row else None
