"""What the shop's software asked of the API in the last thirty days: find it, read it, send it again. For the owner alone."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from walletdesk.doors._shared.guards import member_only
from walletdesk.doors._shared.step_up import step_up
from walletdesk.doors.merchant_web.at_the_till import TillRequest
from walletdesk.doors.merchant_web.key_owners import own_request, owners_of
from walletdesk.doors.merchant_web.said import said
from walletdesk.doors.merchant_web.send_again import Again, send_again
from walletdesk.doors.merchant_web.showing import api_request, shop
from walletdesk.foundation.errors import Refusal
from walletdesk.trust.api_keys.public import KeyOwner, LoggedRequest, requests_of

ON_A_PAGE = 50
METHODS = ("GET", "POST", "PATCH", "DELETE")
CLASSES = ("2", "4", "5")
MODES = ("live", "test")


@require_GET
@member_only("owner")
def requests(request: TillRequest) -> HttpResponse:
    """Newest first, of the shop and its twin; narrowed by mode, method, kind of answer and words; older ones by ``before``."""
    sought = {
        "mode": _one_of(request.GET.get("mode"), MODES),
        "method": _one_of(request.GET.get("method"), METHODS),
        "status": _one_of(request.GET.get("status"), CLASSES),
        "text": request.GET.get("text", "").strip()[:100],
    }
    found = _found(request, sought, _moment(request.GET.get("before", "")))
    rows = [api_request.row(one) for one in found[:ON_A_PAGE]]
    context = _frame(request) | {
        "sought": sought,
        "narrowed": any(sought.values()),
        "rows": rows,
        "older": rows[-1].at.isoformat() if len(found) > ON_A_PAGE else "",
        "choices": api_request.choices(sought),
    }
    return render(request, "till/requests.html", context)


@require_GET
@member_only("owner")
def request_page(request: TillRequest, request_id: uuid.UUID) -> HttpResponse:
    _, logged = own_request(request.member, request_id)
    return _page(request, logged)


@require_POST
@member_only("owner")
def again(request: TillRequest, request_id: uuid.UUID) -> HttpResponse:
    """Send it once more under its own idempotency key, and show what came back this time."""
    owner, logged = own_request(request.member, request_id)
    return _sent_again(request, owner, logged)


@step_up(minutes=15)
def _sent_again(request: TillRequest, owner: KeyOwner, logged: LoggedRequest) -> HttpResponse:
    try:
        return _page(request, logged, came=send_again(owner, logged.id, f"member:{request.member.id}"))
    except Refusal as refusal:
        return _page(request, logged, refusal=refusal)


def _found(request: TillRequest, sought: dict[str, str], before: datetime | None) -> list[LoggedRequest]:
    """One more than a page shows, of all owners together."""
    found = [
        one
        for owner in owners_of(request.member)
        for one in requests_of(
            owner,
            mode=sought["mode"] or None,
            method=sought["method"] or None,
            status=sought["status"] or None,
            text=sought["text"],
            before=before,
            limit=ON_A_PAGE + 1,
        )
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)[: ON_A_PAGE + 1]


def _page(
    request: TillRequest, logged: LoggedRequest, *, came: Again | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    context: dict[str, Any] = _frame(request) | {
        "one": api_request.page(logged),
        "came": api_request.came(came) if came else None,
        "refusal": said(refusal) if refusal else None,
    }
    return render(request, "till/request.html", context, status=refusal.status if refusal else 200)


def _frame(request: TillRequest) -> dict[str, Any]:
    return {"area": "shop", "shop": shop.line(request.member)}


def _one_of(given: str | None, known: tuple[str, ...]) -> str:
    """What is not offered is as if nothing had been chosen."""
    return given if given in known else ""


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
