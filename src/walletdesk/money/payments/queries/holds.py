"""Money set aside for orders, as shop and payer see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.models import Authorisation
from walletdesk.money.payments.queries.sums import amount_of
from walletdesk.money.payments.rules.holding import hold_state

MOST = 201  # a page of 200, and one more to know whether there is another


@dataclass(frozen=True, slots=True)
class HoldView:
    """``id`` is the payment's, also once it is captured. ``state`` is ``authorised``, ``captured``, ``voided`` or ``expired``;
    ``captured`` is what was charged of ``amount``, zero if nothing.
    """

    id: UUID
    order_id: UUID
    merchant_id: UUID
    customer_id: UUID
    payee: Words
    amount: Amount
    captured: Amount
    state: str
    authorised_at: datetime
    expires_at: datetime
    ended_at: datetime | None


def views_of(rows: Iterable[Authorisation]) -> list[HoldView]:
    moment = now()
    return [
        HoldView(
            id=row.id,
            order_id=row.order_id,
            merchant_id=row.merchant_id,
            customer_id=row.customer_id,
            payee=Words(row.payee_zh, row.payee_en),
            amount=amount_of(row.amount_minor, row.asset_code),
            captured=amount_of(row.captured_minor, row.asset_code),
            state=hold_state(row.state, row.expires_at, moment),
            authorised_at=row.authorised_at,
            expires_at=row.expires_at,
            ended_at=row.ended_at,
        )
        for row in rows
    ]


def holds(ids: Iterable[UUID]) -> dict[UUID, HoldView]:
    """The holds with these payment ids; an id that is none is absent."""
    return {view.id: view for view in views_of(Authorisation.objects.filter(id__in=set(ids)))}


def hold(payment_id: UUID) -> HoldView | None:
    return holds([payment_id]).get(payment_id)


def holds_of_merchant(merchant_id: UUID, before: UUID | None = None, limit: int = 50) -> list[HoldView]:
    """A shop's, the newest first, at most 201; ``before`` is the id of the last one seen."""
    rows = Authorisation.objects.filter(merchant_id=merchant_id).order_by("-id")
    return views_of((rows.filter(id__lt=before) if before else rows)[: max(1, min(limit, MOST))])


def holds_of_customer(customer_id: UUID, limit: int = 50, before: UUID | None = None) -> list[HoldView]:
    """A payer's, the newest first, at most 201; ``before`` is the id of the last one seen."""
    rows = Authorisation.objects.filter(customer_id=customer_id).order_by("-id")
    return views_of((rows.filter(id__lt=before) if before else rows)[: max(1, min(limit, MOST))])
