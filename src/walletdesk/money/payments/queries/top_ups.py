"""Top-ups as their owner sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.errors import Refusal
from walletdesk.money.payments.errors import BankDeclined, BankUnavailable
from walletdesk.money.payments.models import TopUp
from walletdesk.money.payments.queries.sums import amount_of
from walletdesk.money.payments.rules.top_ups import DECLINED, PENDING, UNKNOWN


@dataclass(frozen=True, slots=True)
class TopUpView:
    """``state`` is ``pending``, ``done``, ``declined`` or ``unknown``; ``due_at`` is when an unknown one is settled by."""

    id: UUID
    number: str
    customer_id: UUID
    amount: Amount
    state: str
    code: str
    bank_reference: str
    started_at: datetime
    due_at: datetime
    settled_at: datetime | None
    entry_id: UUID | None

    @property
    def open(self) -> bool:
        return self.state in (PENDING, UNKNOWN)

    @property
    def refusal(self) -> Refusal | None:
        """Why it was declined, in words; None unless it was."""
        if self.state != DECLINED:
            return None
        if self.code == "bank_unavailable":
            return BankUnavailable(retry_after=60)
        return BankDeclined(reason=self.code)


def as_view(row: TopUp) -> TopUpView:
    return TopUpView(
        id=row.id,
        number=row.number,
        customer_id=row.customer_id,
        amount=amount_of(row.amount_minor, row.asset_code),
        state=row.state,
        code=row.code,
        bank_reference=row.bank_reference,
        started_at=row.started_at,
        due_at=row.due_at,
        settled_at=row.settled_at,
        entry_id=row.entry_id,
    )


def top_up(top_up_id: UUID) -> TopUpView | None:
    row = TopUp.objects.filter(id=top_up_id).first()
    return as_view(row) if row else None


def open_top_ups(older_than: datetime | None = None, limit: int = 100) -> list[TopUpView]:
    """Top-ups whose end is open, the oldest first; those begun before a moment only, if one is given."""
    rows = TopUp.objects.filter(state__in=[PENDING, UNKNOWN]).order_by("started_at")
    return [as_view(row) for row in (rows.filter(started_at__lt=older_than) if older_than else rows)[:limit]]
