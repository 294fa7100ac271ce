"""What a shop took: by day, as its owner's clock has days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.clock.public import now
from walletdesk.money.payments.queries.sums import amount_of

BY_DAY = """
    WITH days AS (SELECT generate_series(%(first)s::date, %(last)s::date, '1 day')::date AS day),
    taken AS (
        SELECT (captured_at AT TIME ZONE %(zone)s)::date AS day, count(*) AS payments, sum(amount_minor) AS gross,
               sum(fee_minor) AS fees
        FROM payments_payment
        WHERE merchant_id = %(shop)s AND captured_at >= %(since)s AND captured_at < %(until)s GROUP BY 1),
    returned AS (
        SELECT (r.made_at AT TIME ZONE %(zone)s)::date AS day, count(*) AS refunds, sum(r.amount_minor) AS gave,
               sum(r.fee_back_minor) AS fee_back
        FROM payments_paymentrefund r JOIN payments_payment p ON p.id = r.payment_id
        WHERE p.merchant_id = %(shop)s AND r.made_at >= %(since)s AND r.made_at < %(until)s GROUP BY 1)
    SELECT day, coalesce(payments, 0), coalesce(gross, 0)::bigint, (coalesce(fees, 0) - coalesce(fee_back, 0))::bigint,
           coalesce(refunds, 0), coalesce(gave, 0)::bigint
    FROM days LEFT JOIN taken USING (day) LEFT JOIN returned USING (day) ORDER BY day DESC
"""


@dataclass(frozen=True, slots=True)
class Takings:
    """A day at a shop: what was paid, the fees (less those given back), what was refunded on that day."""

    day: date
    payments: int
    gross: Amount
    fees: Amount
    refunds: int
    refunded: Amount

    @property
    def net(self) -> Amount:
        return self.gross - self.fees - self.refunded


def takings(merchant_id: UUID, day: date | None = None, asset_code: str = "CNY") -> Takings:
    """One day; today if none is named."""
    day = day or timezone.localtime(now(), timezone.get_default_timezone()).date()
    return _days(merchant_id, day, day, asset_code)[0]


def takings_by_day(merchant_id: UUID, days: int = 30, asset_code: str = "CNY") -> list[Takings]:
    """The last ``days`` days (1 to 400), today first; days without a payment too."""
    last = timezone.localtime(now(), timezone.get_default_timezone()).date()
    return _days(merchant_id, last - timedelta(days=max(1, min(days, 400)) - 1), last, asset_code)


def _days(merchant_id: UUID, first: date, last: date, asset_code: str) -> list[Takings]:
    zone = timezone.get_default_timezone()
    parameters: dict[str, Any] = {
        "shop": merchant_id,
        "first": first,
        "last": last,
        "zone": str(zone),
        "since": datetime.combine(first, time(), zone),
        "until": datetime.combine(last + timedelta(days=1), time(), zone),
    }
    with connection.cursor() as cursor:
        cursor.execute(BY_DAY, parameters)
        return [
            Takings(
                day,
                payments,
                amount_of(gross, asset_code),
                amount_of(fees, asset_code),
                refunds,
                amount_of(gave, asset_code),
            )
            for day, payments, gross, fees, refunds, gave in cursor.fetchall()
        ]
