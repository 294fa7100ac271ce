"""What the shop took: today so far, and day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from walletdesk.doors._shared.reader_time import local, near_day_words, weekday_words
from walletdesk.doors.merchant_web.showing import status
from walletdesk.doors.merchant_web.showing.order import payer_words
from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.public import PaymentView, Takings, payments_of_merchant, takings, takings_by_day
from walletdesk.service.cases.public import cases_of_merchant
from walletdesk.trust.customers.public import customers

JUST_NOW = 6
MOST_OF_A_DAY = 300
DAYS = 30
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Row:
    at: datetime
    href: str
    status: status.Status
    who: Words
    amount: Amount


@dataclass(frozen=True, slots=True)
class Today:
    taken: Amount
    count: int
    open_cases: int
    due: Words | None
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Day:
    iso: str
    words: str
    weekday: str
    count: int
    taken: Amount
    fee: Amount
    refunded: Amount
    net: Amount
    chosen: bool


def rows(found: list[PaymentView]) -> list[Row]:
    people = customers({one.customer_id for one in found})
    result: list[Row] = []
    for one in found:
        payer = people.get(one.customer_id)
        href = reverse("till-order", args=[one.order_id])
        who = payer_words(payer.number) if payer else Words("", "")
        result.append(Row(one.captured_at, href, status.of_payment(one), who, one.amount))
    return result


def today(merchant_id: UUID) -> Today:
    """Today's sum and count, the latest payments, and the open cases with the next due time."""
    sums = takings(merchant_id)
    since = datetime.combine(sums.day, time(), timezone.get_default_timezone())
    cases = [case for case in cases_of_merchant(merchant_id) if case.is_open]
    latest = payments_of_merchant(merchant_id, since=since, limit=JUST_NOW)
    return Today(sums.gross, sums.payments, len(cases), _next_due(cases), rows(latest))


def _next_due(cases: list[Any]) -> Words | None:
    left = [case.promise.seconds_left for case in cases if case.promise and not case.promise.clock.is_fulfilled]
    seconds = min(left, default=0)
    if not seconds:
        return None
    if seconds < _HOUR:
        return Words(f"剩 {max(1, seconds // 60)} 分", f"{max(1, seconds // 60)} min left")
    return Words(f"剩 {seconds // _HOUR} 小时", f"{seconds // _HOUR} h left")


def days(merchant_id: UUID, chosen: date) -> list[Day]:
    """The last days with something in them, and the chosen one."""
    found = takings_by_day(merchant_id, DAYS)
    return [_day(one, chosen) for one in found if one.payments or one.refunds or one.day == chosen]


def _day(one: Takings, chosen: date) -> Day:
    return Day(
        iso=one.day.isoformat(),
        words=near_day_words(one.day),
        weekday=weekday_words(one.day),
        count=one.payments,
        taken=one.gross,
        fee=one.fees,
        refunded=one.refunded,
        net=one.net,
        chosen=one.day == chosen,
    )


def day_named(text: str) -> date:
    """The day of ``?day=``; today for anything else."""
    here = local(now()).date()
    try:
        wanted = date.fromisoformat(text)
    except ValueError:
        return here
    return wanted if here - timedelta(days=DAYS) < wanted <= here else here


def payments_on(merchant_id: UUID, day: date) -> list[Row]:
    since = datetime.combine(day, time(), timezone.get_default_timezone())
    return rows(payments_of_merchant(merchant_id, since, since + timedelta(days=1), MOST_OF_A_DAY))


def total(found: list[Day]) -> dict[str, Any]:
    """The sum under the double rule."""
    zero = found[0].net - found[0].net if found else None
    if zero is None:
        return {}
    net = sum((day.net for day in found), zero)
    refunded = sum((day.refunded for day in found), zero)
    return {"count": sum(day.count for day in found), "refunded": refunded, "net": net}
