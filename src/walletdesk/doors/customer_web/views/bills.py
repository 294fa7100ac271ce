"""Bills: found by words and filters, grouped by day, one page after another, and as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.reader_time import local
from walletdesk.doors.customer_web.forms import BillsForm
from walletdesk.doors.customer_web.monthly_review import is_review, reviewed
from walletdesk.doors.customer_web.rows import by_day
from walletdesk.doors.customer_web.views.home import rows_with_cases
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.public import StatementRow, activity, statement_rows

A_PAGE = 30
_HEAD = (
    Words("时间", "Time"),
    Words("种类", "Kind"),
    Words("对方", "With"),
    Words("金额", "Amount"),
    Words("之后余额", "Balance after"),
    Words("币种", "Currency"),
    Words("单号", "Number"),
    Words("商户订单", "Shop’s order"),
    Words("附言", "Note"),
)
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@require_safe
@customer_only
def bills(request: CustomerRequest) -> HttpResponse:
    form = BillsForm(request.GET or None)
    filters = form.filters() if form.is_bound else {}
    before = request.GET.get("before", "")[:100] or None
    page = activity(request.customer.id, before=before, limit=A_PAGE, **filters)
    fields = {
        "form": form,
        "days": by_day(rows_with_cases(page.rows)),
        "more": page.next,
        "searched": bool(filters),
        "filtered": bool(set(filters) - {"text"}) or bool(form.is_bound and form.errors),
    }
    return reviewed(request, render(request, "customer_web/bills.html", fields | {"review": is_review(request)}))


class _Line:
    """What csv.writer writes to: hands each line on instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def safe_cell(text: str) -> str:
    """A cell that a spreadsheet shows and never runs: text that would be a formula gets a quote before it."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _cells(line: StatementRow) -> list[str]:
    row = line.row
    return [
        f"{local(row.at):%Y-%m-%d %H:%M:%S}",
        str(row.kind_words),
        safe_cell(str(row.title)),
        row.amount.plain,
        line.balance.plain,
        row.amount.asset.code,
        row.number,
        safe_cell(row.order_reference),
        safe_cell(row.note),
    ]


def _lines(rows: Iterator[StatementRow], language: str, zone: Any) -> Iterator[str]:
    writer = csv.writer(_Line())
    with translation.override(language), timezone.override(zone):
        head = "\ufeff" + str(writer.writerow([str(words) for words in _HEAD]))
    yield head
    for row in rows:
        with translation.override(language), timezone.override(zone):
            line = writer.writerow(_cells(row))
        yield line


@require_safe
@customer_only
def bills_csv(request: CustomerRequest) -> StreamingHttpResponse:
    """What moved money among the bills that the page shows, the oldest first, with the balance after each; marked for Excel."""
    filters = BillsForm(request.GET or None).filters() if request.GET else {}
    since, until = filters.pop("since", _BEGINNING), filters.pop("until", now())
    rows = statement_rows(request.customer.id, since, until, **filters)
    language, zone = translation.get_language() or "en", timezone.get_current_timezone()
    response = StreamingHttpResponse(_lines(rows, language, zone), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="walletdesk-{local(now()):%Y%m%d}.csv"'
    return response
