"""A refused payment is kept as an attempt: the payer finds it in the bills, and the desk can say why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.clock.public import uuid7
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.models import Order, PaymentAttempt
from walletdesk.money.payments.queries.counter import CounterOrder


@dataclass(frozen=True, slots=True)
class Attempt:
    customer_id: UUID
    order: Order | CounterOrder
    payee: Words
    refusal: Refusal


def keep_attempts(attempts: Sequence[Attempt | None], moment: datetime) -> None:
    """One statement for all of them, none for none."""
    rows = [
        PaymentAttempt(
            id=uuid7(),
            customer_id=one.customer_id,
            order_id=one.order.id,
            merchant_id=one.order.merchant_id,
            payee_zh=one.payee.zh,
            payee_en=one.payee.en,
            amount_minor=one.order.amount_minor,
            asset_code=one.order.asset_code,
            code=one.refusal.code,
            short_by_minor=short.minor if isinstance(short := one.refusal.fields.get("short_by"), Amount) else None,
            tried_at=moment,
        )
        for one in attempts
        if one is not None
    ]
    if rows:
        PaymentAttempt.objects.bulk_create(rows)
