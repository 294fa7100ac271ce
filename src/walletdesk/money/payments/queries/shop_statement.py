"""What moved money at a shop: its payments and refunds in a time, the oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.queries.sums import amount_of

LINES = """
    SELECT * FROM (
        (SELECT id, 'payment', captured_at AS at, receipt_number, amount_minor, -fee_minor, asset_code, order_reference, note
         FROM payments_payment
         WHERE merchant_id = %(shop)s AND captured_at >= %(since)s AND captured_at < %(until)s
         ORDER BY captured_at, id LIMIT %(limit)s)
        UNION ALL
        (SELECT r.refund_id, 'refund', r.made_at, r.number, -r.amount_minor, r.fee_back_minor, p.asset_code,
                p.order_reference, r.reason
         FROM payments_paymentrefund r JOIN payments_payment p ON p.id = r.payment_id
         WHERE p.merchant_id = %(shop)s AND r.made_at >= %(since)s AND r.made_at < %(until)s
         ORDER BY r.made_at, r.refund_id LIMIT %(limit)s)
    ) AS lines ORDER BY at, id LIMIT %(limit)s
"""
KIND_WORDS = {"payment": Words("收款", "Payment"), "refund": Words("退款", "Refund")}


@dataclass(frozen=True, slots=True)
class ShopLine:
    """``kind`` is ``payment`` or ``refund``. ``amount`` and ``fee`` are signed as the shop sees them: a fee is taken from it,
    a part of it comes back with a refund.
    """

    id: UUID
    kind: str
    at: datetime
    number: str
    amount: Amount
    fee: Amount
    order_reference: str
    note: str

    @property
    def kind_words(self) -> Words:
        return KIND_WORDS[self.kind]


def shop_statement(merchant_id: UUID, since: datetime, until: datetime, limit: int = 1000) -> list[ShopLine]:
    """From ``since`` to before ``until``, at most ``limit`` lines."""
    with connection.cursor() as cursor:
        cursor.execute(LINES, {"shop": merchant_id, "since": since, "until": until, "limit": limit})
        return [
            ShopLine(id_, kind, at, number, amount_of(minor, asset), amount_of(fee, asset), reference, note)
            for id_, kind, at, number, minor, fee, asset, reference, note in cursor.fetchall()
        ]
