"""The messages of the wallet to its customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.stored_words import told
from walletdesk.doors.customer_web.way_back import own_page
from walletdesk.service.notifications.public import NoticeView, mark_read, notices, unread_count

A_PAGE = 50
_ICONS = (("refund", "refund"), ("payment", "receipt"), ("top_up", "topup"), ("transfer", "transfer"), ("case", "help"))


@dataclass(frozen=True, slots=True)
class NoticeRow:
    words: str
    under: str
    link: str
    icon: str
    at: datetime
    unread: bool


def _row(notice: NoticeView) -> NoticeRow:
    icon = "shield" if notice.safety else next((icon for part, icon in _ICONS if part in notice.kind), "bell")
    return NoticeRow(
        told(notice.words),
        told(notice.more),
        own_page(notice.link),
        icon,
        notice.created_at,
        notice.read_at is None,
    )


@require_safe
@customer_only
def inbox(request: CustomerRequest) -> HttpResponse:
    customer_id = request.customer.id
    rows = [_row(notice) for notice in notices("customer", customer_id, limit=A_PAGE)]
    fields = {"notices": rows, "unread": unread_count("customer", customer_id)}
    return render(request, "customer_web/messages.html", fields)


@require_POST
@customer_only
def all_read(request: CustomerRequest) -> HttpResponse:
    mark_read("customer", request.customer.id)
    return redirect("/wallet/messages/")
