"""Once a month the home page asks to look the last month's bills through: what is strange is best said early.

A cookie of this browser remembers which month was looked at; who never paid in that month is not asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from walletdesk.doors._shared.reader_time import local
from walletdesk.foundation.clock.public import now
from walletdesk.money.payments.public import activity

COOKIE, AGE = "bills_reviewed", 62 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Review:
    """Which month, and where its bills are."""

    first: date
    href: str


def _last_month() -> tuple[date, date]:
    """Its first and its last day, as the reader's calendar has them."""
    last = local(now()).date().replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def review_due(request: HttpRequest, customer_id: UUID) -> Review | None:
    """The month that waits to be looked at."""
    first, last = _last_month()
    if request.COOKIES.get(COOKIE) == f"{first:%Y-%m}":
        return None
    since, until = _midnight(first), _midnight(last + timedelta(days=1))
    if not activity(customer_id, since=since, until=until, limit=1).rows:
        return None
    return Review(first, f"/wallet/bills/?{urlencode({'since': first, 'until': last, 'review': 'yes'})}")


def is_review(request: HttpRequest) -> bool:
    """Whether this is the page to which the question led."""
    return request.GET.get("review") == "yes"


def reviewed(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """Not asked again for this month, once its bills were opened."""
    if is_review(request):
        month = f"{_last_month()[0]:%Y-%m}"
        page.set_cookie(
            COOKIE, month, max_age=AGE, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return page
