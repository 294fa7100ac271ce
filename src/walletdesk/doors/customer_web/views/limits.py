"""My limits: what is used, what is left, when it starts again; and those that one sets oneself, of all or of one payee."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.reader_time import moment_words
from walletdesk.doors._shared.refusal_pages import Sentences, sentences
from walletdesk.doors._shared.step_up import is_fresh, lead_to_step_up, stepped_up_at
from walletdesk.doors.customer_web.forms import OwnLimitForm
from walletdesk.doors.customer_web.limit_lines import LimitRow, ladder, panels, payee_rows, row_of, zone_note
from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.profiles.public import value
from walletdesk.money.wallets.public import (
    LimitsView,
    OwnLimitSet,
    cancel_payee_raise,
    cancel_raise,
    limits_of,
    payee_limit,
    payee_limits_of,
    set_own_limit,
    set_payee_limit,
)

PAGE = "/wallet/me/limits/"
FRESH_MINUTES = 5
_LOWERED = Words("已生效：{limit}", "In force now: {limit}")
_RAISED = Words("从 {at} 起：{limit}。在那之前可以取消", "From {at}: {limit}. Until then you can cancel it")
_CANCELLED = Words("已取消，限额不变", "Cancelled; the limit stays as it is")
_NONE = Words("不设自己的限额", "no limit of your own")

Setting = Callable[[Amount | None], OwnLimitSet]


def _limits(request: CustomerRequest) -> LimitsView:
    found = limits_of(request.customer.id)
    if found is None:
        raise Http404
    return found


@require_safe
@customer_only
def limits_page(request: CustomerRequest) -> HttpResponse:
    limits = _limits(request)
    rows = [*map(row_of, limits.lines), *payee_rows(payee_limits_of(request.customer.id))]
    fields = {
        "tier": limits.tier,
        "panels": panels(rows),
        "rows": rows,
        "planned": [row for row in rows if row.line.planned],
        "ladder": ladder(limits),
        "zone": zone_note(limits.zone),
        "delay_hours": _delay_hours(),
    }
    return render(request, "customer_web/limits.html", fields)


@require_http_methods(["GET", "HEAD", "POST"])
@customer_only
def own_limit(request: CustomerRequest, group: str, window: str) -> HttpResponse:
    """One limit of all that leaves, or of what is sent."""
    return _one(request, _own_row(request, group, window), partial(set_own_limit, request.customer.id, group, window))


@require_http_methods(["GET", "HEAD", "POST"])
@customer_only
def payee_limit_page(request: CustomerRequest, payee_id: UUID, window: str) -> HttpResponse:
    """One limit of what goes to somebody who was paid before; anybody else is not there."""
    row = _payee_row(request, payee_id, window)
    return _one(request, row, partial(set_payee_limit, request.customer.id, payee_id, window))


@require_POST
@customer_only
def cancel(request: CustomerRequest, group: str, window: str) -> HttpResponse:
    """What waits to rise stays as it is: no proof is asked, because it only makes things safer."""
    _own_row(request, group, window)
    cancel_raise(request.customer.id, group, window)
    messages.success(request, str(_CANCELLED))
    return redirect(PAGE)


@require_POST
@customer_only
def cancel_payee(request: CustomerRequest, payee_id: UUID, window: str) -> HttpResponse:
    """As :func:`cancel`."""
    _payee_row(request, payee_id, window)
    cancel_payee_raise(request.customer.id, payee_id, window)
    messages.success(request, str(_CANCELLED))
    return redirect(PAGE)


def _own_row(request: CustomerRequest, group: str, window: str) -> LimitRow:
    line = _limits(request).line(group, window)
    if line is None or not line.settable:
        raise Http404
    return row_of(line)


def _payee_row(request: CustomerRequest, payee_id: UUID, window: str) -> LimitRow:
    line = payee_limit(request.customer.id, payee_id, window)
    row = next(iter(payee_rows([line])), None) if line else None
    if row is None:
        raise Http404
    return row


def _one(request: CustomerRequest, row: LimitRow, put: Setting) -> HttpResponse:
    """GET shows the one limit; POST sets it, or takes it away. What lets more through asks who is there first."""
    line = row.line
    if request.method != "POST":
        wish = request.GET.get("amount", "")[:24] or (line.own.plain if line.own else "")
        return _form(request, row, OwnLimitForm(initial={"amount": wish}))
    form = OwnLimitForm(request.POST)
    if not form.is_valid():
        return _form(request, row, form, status=422)
    amount: Amount | None = form.cleaned_data["amount"]
    if line.would_rise(amount) and not is_fresh(stepped_up_at(request), FRESH_MINUTES):
        asked = f"?amount={amount.plain}" if amount else ""
        return lead_to_step_up(request, f"{row.address}{asked}")
    try:
        done = put(amount)
    except Refusal as refusal:
        return _form(request, row, form, sentences(refusal), refusal.status)
    shown = str(amount) if amount else str(_NONE)
    said = _RAISED.say(at=_second(done.holds_from), limit=shown) if done.raised else _LOWERED.say(limit=shown)
    messages.success(request, said)
    return redirect(PAGE)


def _delay_hours() -> int:
    seconds: int = value("limits.raise_delay_seconds")
    return -(-seconds // 3600)


def _second(moment: datetime) -> str:
    return f"{moment_words(moment, 'near')} {moment_words(moment, 'seconds')}"


def _form(
    request: CustomerRequest, row: LimitRow, form: OwnLimitForm, refusal: Sentences | None = None, status: int = 200
) -> HttpResponse:
    fields = {"row": row, "line": row.line, "form": form, "refusal": refusal, "delay_hours": _delay_hours()}
    return render(request, "customer_web/own_limit.html", fields, status=status)
