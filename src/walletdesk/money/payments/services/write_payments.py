"""Payments as rows, many at once: the one writer. An order that is captured becomes the payment that is kept for ever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from walletdesk.foundation.arrays.public import int_array, text_array, texts_or_null, uuid_array
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.foundation.statements.public import sent
from walletdesk.money.payments.events import PaymentCaptured

WRITE = (Path(__file__).resolve().parent.parent / "sql" / "write_payments.sql").read_text()


class NewPayment(NamedTuple):
    """What is captured. Sums in minor units of ``asset``; ``authorised_at`` where the limits counted it before."""

    id: UUID
    receipt_number: str
    customer_id: UUID
    wallet_id: UUID
    merchant_id: UUID
    order_id: UUID
    order_reference: str
    payee_zh: str
    payee_en: str
    note: str
    amount_minor: int
    asset: str
    fee_minor: int
    instrument: str
    authorised_at: datetime | None
    entry_id: UUID


def write_payments(rows: Sequence[NewPayment], moment: datetime) -> None:
    """The rows, the end of their orders, and ``PaymentCaptured`` of each: two statements, none for nobody.

    The orders are locked by the caller and the entries posted. The database refuses a row that does not stand on its order,
    shop, payer and wallet.
    """
    if not rows:
        return
    sent(WRITE, moment, *_columns(rows))
    publish_many([_fact(row, moment) for row in rows])


def _columns(rows: Sequence[NewPayment]) -> tuple[str | None, ...]:
    """In the order of ``sql/write_payments.sql``."""
    columns: Any = zip(*rows, strict=True)
    each: Any = NewPayment(*columns)  # a whole column under each name
    return (
        uuid_array(each.id),
        text_array(each.receipt_number),
        uuid_array(each.customer_id),
        uuid_array(each.wallet_id),
        uuid_array(each.merchant_id),
        uuid_array(each.order_id),
        text_array(each.order_reference),
        text_array(each.payee_zh),
        text_array(each.payee_en),
        text_array(each.note),
        int_array(each.amount_minor),
        text_array(each.asset),
        int_array(each.fee_minor),
        text_array(each.instrument),
        texts_or_null([at and at.isoformat() for at in each.authorised_at]),
        uuid_array(each.entry_id),
    )


def _fact(row: NewPayment, moment: datetime) -> PaymentCaptured:
    return PaymentCaptured(
        payment_id=row.id,
        customer_id=row.customer_id,
        merchant_id=row.merchant_id,
        order_id=row.order_id,
        order_reference=row.order_reference,
        receipt_number=row.receipt_number,
        amount_minor=row.amount_minor,
        asset=row.asset,
        at=moment,
    )
