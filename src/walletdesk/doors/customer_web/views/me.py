"""Me: who I am here, my PIN, my language and light, and who looked at my account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.reader_time import moment_words
from walletdesk.doors._shared.refusal_pages import sentences
from walletdesk.doors._shared.step_up import is_fresh, lead_to_step_up, other_proof_at, signed_in_at, stepped_up_at
from walletdesk.doors.customer_web.rows import by_day
from walletdesk.doors.customer_web.way_back import way_back
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.identity.public import factor_kinds
from walletdesk.service.agent_actions.public import VIEWS, SeenAct, acts_seen_by_customer
from walletdesk.trust.customers.public import reset_pin, set_pin

_SET = Words("支付密码设好了", "Your payment PIN is set")
_DIFFER = Words("两次输入的不一样", "The two do not agree")
_LOOKS = {
    **dict.fromkeys(VIEWS, ("eye", "")),
    "look_up": ("eye", ""),
    "unmask": ("eye", "wait"),
    "propose": ("refund", ""),
    "approve": ("check", "go"),
}
FORGOTTEN, PROVED_MINUTES = "/wallet/me/pin/?forgotten=1", 10
_OLD_PIN = ("pin_wrong", "pin_old_needed", "pin_locked", "pin_busy")


@require_safe
@customer_only
def me(request: CustomerRequest) -> HttpResponse:
    customer = request.customer
    return render(request, "customer_web/me.html", {"customer": customer, "since": moment_words(customer.since, "day")})


@sensitive_post_parameters("pin", "again", "old_pin")
@require_http_methods(["GET", "HEAD", "POST"])
@customer_only
def pin(request: CustomerRequest) -> HttpResponse:
    """Set the first PIN, just signed in or proved once more: a page that stood open is not enough. Or change it by the old one
    or, where that is forgotten, by another proof. PINs are never put back into the page.
    """
    onward = way_back(request.POST.get("next", "") or request.GET.get("next", ""))
    forgotten = request.customer.has_pin and "forgotten" in {**request.GET.dict(), **request.POST.dict()}
    fields: dict[str, Any] = {"customer": request.customer, "next": onward, "forgotten": forgotten}
    if forgotten and not is_fresh(other_proof_at(request), PROVED_MINUTES):
        if factor_kinds(request.customer.user_id):
            return lead_to_step_up(request, FORGOTTEN)
        return render(request, "customer_web/pin_forgotten.html", fields)
    if not request.customer.has_pin and not _came_lately(request):
        return lead_to_step_up(request, f"{request.path}?{urlencode({'next': onward})}" if onward else request.path)
    if request.method != "POST":
        return render(request, "customer_web/pin.html", fields)
    chosen = request.POST.get("pin", "")
    if chosen != request.POST.get("again", ""):
        return render(request, "customer_web/pin.html", fields | {"again_error": _DIFFER}, status=422)
    try:
        if forgotten:
            reset_pin(request.customer.id, chosen, other_proof_at(request))
        else:
            set_pin(request.customer.id, chosen, request.POST.get("old_pin") if request.customer.has_pin else None)
    except Refusal as refusal:
        said = sentences(refusal)
        where = "old_error" if refusal.code in _OLD_PIN else "pin_error"
        problem = {where: f"{said.what}{Words('。', '. ')}{said.next}"}
        return render(request, "customer_web/pin.html", fields | problem, status=refusal.status)
    messages.success(request, str(_SET))
    return redirect(onward or "/wallet/me/")


def _came_lately(request: CustomerRequest) -> bool:
    return any(is_fresh(at, PROVED_MINUTES) for at in (signed_in_at(request), stepped_up_at(request)))


@dataclass(frozen=True, slots=True)
class ActRow:
    at: datetime
    words: str
    who: str
    reason: str
    reference: str
    icon: str
    tone: str
    number: int
    objection: str


@require_safe
@customer_only
def who_looked(request: CustomerRequest) -> HttpResponse:
    """Every time one of our people opened, uncovered or changed something here, newest first."""
    rows = [_act_row(act) for act in acts_seen_by_customer(request.customer.id)]
    return render(request, "customer_web/who_looked.html", {"days": by_day(rows)})


def _act_row(act: SeenAct) -> ActRow:
    icon, tone = _LOOKS.get(act.verb, ("info", ""))
    who = Words("工号 {n} {name}", "Agent {n}, {name}").say(n=act.agent_number, name=act.agent_name)
    return ActRow(act.at, str(act.what), who, act.reason, act.case_reference, icon, tone, act.number, act.objection)
