"""Transfers between people: made, waiting for their moment, or come to nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.models import PersonTransfer, ScheduledTransfer
from walletdesk.money.payments.queries.reasons import reason_of
from walletdesk.money.payments.queries.sums import amount_of
from walletdesk.money.payments.rules.holding import MADE, WAITING
from walletdesk.trust.risk.public import why_delayed

MOST = 201  # a page of 200, and one more to know whether there is another


@dataclass(frozen=True, slots=True)
class TransferView:
    """``state`` is ``made``, ``waiting``, ``cancelled`` or ``failed`` (``code`` and ``reason`` say why). ``due_at`` is None for
    one that was made at once. ``delay_reason`` is the rule for whose sake risk delayed it; ``ended_by`` who stopped it then,
    where it was not its payer in the app.
    """

    id: UUID
    number: str
    from_customer: UUID
    to_customer: UUID
    from_name: str
    to_name: str
    amount: Amount
    note: str
    state: str
    code: str
    asked_at: datetime
    due_at: datetime | None
    made_at: datetime | None
    ended_at: datetime | None
    delay_reason: str = ""
    ended_by: str = ""

    @property
    def delayed_because(self) -> Words | None:
        """In the payer's words."""
        return why_delayed(self.delay_reason) if self.delay_reason else None

    @property
    def reason(self) -> Words | None:
        return reason_of(self.code)


def _of_made(row: PersonTransfer, planned: ScheduledTransfer | None) -> TransferView:
    return TransferView(
        id=row.id,
        number=row.number,
        from_customer=row.from_customer_id,
        to_customer=row.to_customer_id,
        from_name=row.from_name,
        to_name=row.to_name,
        amount=amount_of(row.amount_minor, row.asset_code),
        note=row.note,
        state=MADE,
        code="",
        asked_at=planned.asked_at if planned else row.made_at,
        due_at=planned.due_at if planned else None,
        made_at=row.made_at,
        ended_at=row.made_at,
        delay_reason=planned.delay_reason if planned else "",
    )


def _of_planned(row: ScheduledTransfer) -> TransferView:
    return TransferView(
        id=row.id,
        number=row.number,
        from_customer=row.from_customer_id,
        to_customer=row.to_customer_id,
        from_name=row.from_name,
        to_name=row.to_name,
        amount=amount_of(row.amount_minor, row.asset_code),
        note=row.note,
        state=row.state,
        code=row.code,
        asked_at=row.asked_at,
        due_at=row.due_at,
        made_at=None,
        ended_at=row.ended_at,
        delay_reason=row.delay_reason,
        ended_by=row.ended_by,
    )


def _views(made: Iterable[PersonTransfer], planned: Iterable[ScheduledTransfer]) -> list[TransferView]:
    made = list(made)
    plans = ScheduledTransfer.objects.in_bulk([row.id for row in made])
    return [_of_made(row, plans.get(row.id)) for row in made] + [_of_planned(row) for row in planned]


def transfer_views(ids: Iterable[UUID]) -> dict[UUID, TransferView]:
    """The transfers with these ids, made or planned; an id that is none is absent. Whose they are is the caller's to ask."""
    wanted = set(ids)
    planned = ScheduledTransfer.objects.filter(id__in=wanted).exclude(state=MADE)
    return {view.id: view for view in _views(PersonTransfer.objects.filter(id__in=wanted), planned)}


def transfer_view(transfer_id: UUID) -> TransferView | None:
    return transfer_views([transfer_id]).get(transfer_id)


def transfers_of(customer_id: UUID, before: UUID | None = None, limit: int = 50) -> list[TransferView]:
    """All that a customer sent, received or planned to send, the latest asked for first, at most 200; ``before`` is the id of
    the last one seen. What another one plans to send is not theirs to know.
    """
    most = max(1, min(limit, MOST))
    mine = Q(from_customer_id=customer_id) | Q(to_customer_id=customer_id)
    made = PersonTransfer.objects.filter(mine)
    planned = ScheduledTransfer.objects.filter(from_customer_id=customer_id).exclude(state=MADE)
    if before:
        made, planned = made.filter(id__lt=before), planned.filter(id__lt=before)
    views = _views(made.order_by("-id")[:most], planned.order_by("-id")[:most])
    return sorted(views, key=lambda view: view.id, reverse=True)[:most]


def scheduled_of(customer_id: UUID) -> list[TransferView]:
    """What waits for its moment, the next one first, then what came to nothing, the latest first."""
    rows = ScheduledTransfer.objects.filter(from_customer_id=customer_id)
    waiting = rows.filter(state=WAITING).order_by("due_at", "id")[:MOST]
    over = rows.exclude(state__in=[WAITING, MADE]).order_by("-ended_at", "-id")[:20]
    return [_of_planned(row) for row in (*waiting, *over)]
