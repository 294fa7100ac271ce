"""Sign-in and devices: every way to prove oneself, every device, the password, the addresses. For whoever is signed in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from walletdesk.doors._shared.device import device_id_of, sign_out_elsewhere
from walletdesk.doors._shared.guards import signed_in_only, user_id_of
from walletdesk.doors._shared.refusal_pages import sentences
from walletdesk.doors._shared.step_up import is_fresh, lead_to_step_up, stepped_up_at
from walletdesk.doors.public_web.views.choices import safe_next
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.identity.public import (
    REMINDER_MONTHS,
    ApprovalClosed,
    FactorNotFound,
    LastFactor,
    PeriodUnknown,
    answer_approval,
    approval,
    can_be_asked,
    choose_password_reminder,
    devices_of,
    end_device,
    factors_of,
    months_old,
    password_reminder,
    remove_factor,
    strong_factors_of,
    user,
    verified_addresses,
)
from walletdesk.service.freezes.public import freeze_state
from walletdesk.trust.customers.public import customer_of_user

_EVERY = {6: Words("每 6 个月", "Every 6 months"), 12: Words("每 12 个月", "Every 12 months")}
_GONE = Words("已去掉", "Removed")
_ENDED = Words("那台设备已经退出", "That device is signed out")
_ALL_ENDED = Words("别处都已经退出", "Signed out everywhere else")
_SAID_YES = Words("好，那台设备可以进来了", "Done: that device may come in")
_WILL_REMIND = Words("每 {n} 个月提醒您一次", "You are reminded every {n} months")
_NO_REMINDER = Words("不再提醒", "You are not reminded any more")
_SAID_NO = Words("没有放行。有人知道您的密码，请现在就换", "Not let in. Somebody knows your password: change it now")


def home_of(user_id: UUID) -> str:
    """Where the page's back button leads."""
    return "/wallet/me/" if customer_of_user(user_id) else "/after-sign-in/"


@require_safe
@signed_in_only
def security(request: HttpRequest) -> HttpResponse:
    user_id = user_id_of(request)
    person = customer_of_user(user_id)
    standing = freeze_state(person.id) if person is not None else None
    factors, here = factors_of(user_id), device_id_of(request)
    devices, found = devices_of(user_id, here), user(user_id)
    fields = {
        "back": home_of(user_id),
        "state": standing if standing is not None and standing.frozen else None,
        "passkeys": [one for one in factors if one.kind == "passkey"],
        "totp": next((one for one in factors if one.kind == "totp"), None),
        "codes": next((one for one in factors if one.kind == "recovery_code"), None),
        "push": can_be_asked(user_id, here),
        "strong": bool(strong_factors_of(user_id)),
        "devices": devices,
        "replaces": len(devices) > 1 and any(one.current and one.limits_until for one in devices),
        "addresses": verified_addresses(user_id),
        "user": found,
        "password_age": _age(months_old(found.password_set_at, now())) if found else "",
        "reminder": password_reminder(user_id),
        "reminders": [(0, Words("不提醒", "Never")), *((n, _EVERY[n]) for n in REMINDER_MONTHS)],
        "proved_at": stepped_up_at(request),
        "next": safe_next(request, request.GET.get("next", ""), ""),
    }
    return render(request, "public_web/security.html", fields)


def _age(months: int) -> Words:
    if months == 0:
        return Words("不到一个月前换的", "Changed less than a month ago")
    return Words(f"{months} 个月前换的", f"Changed {months} month{'s' if months > 1 else ''} ago")


@require_POST
@signed_in_only
def remind(request: HttpRequest) -> HttpResponse:
    """Every so many months, or never: a wish, so no proof is asked."""
    typed = request.POST.get("months", "")
    if not typed.isascii() or not typed.isdigit() or len(typed) > 2:
        raise PeriodUnknown()
    choose_password_reminder(user_id_of(request), int(typed))
    messages.success(request, _WILL_REMIND.say(n=typed) if int(typed) else str(_NO_REMINDER))
    return redirect("security")


@require_POST
@signed_in_only
def remove(request: HttpRequest, factor_id: int) -> HttpResponse:
    """One way to prove oneself goes, after a fresh proof; never the last."""
    user_id = user_id_of(request)
    if factor_id not in {one.id for one in factors_of(user_id)}:
        raise FactorNotFound()
    if not is_fresh(stepped_up_at(request), 5):
        return lead_to_step_up(request, "/security/")
    try:
        remove_factor(user_id, factor_id)
    except LastFactor as refusal:
        said = sentences(refusal)
        messages.error(request, f"{said.what}{Words('。', '. ')}{said.next}")
    else:
        messages.success(request, str(_GONE))
    return redirect("security")


@require_POST
@signed_in_only
def end(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """One tap: its sessions die at once."""
    end_device(user_id_of(request), device_id)
    if device_id == device_id_of(request):
        return redirect("account_login")
    messages.success(request, str(_ENDED))
    return redirect("security")


@require_POST
@signed_in_only
def end_others(request: HttpRequest) -> HttpResponse:
    """Everywhere but here."""
    sign_out_elsewhere(request, user_id_of(request))
    messages.success(request, str(_ALL_ENDED))
    return redirect("security")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def approve(request: HttpRequest, approval_id: UUID) -> HttpResponse:
    """Another device asks: is it you? The two digits that it shows are typed here, or a no is said."""
    user_id, refusal = user_id_of(request), None
    one = approval(user_id, approval_id)
    if one is None:
        raise Http404
    if request.method == "POST":
        here = device_id_of(request)
        typed = request.POST.get("number", "")[:8] if request.POST.get("answer") == "yes" else ""
        try:
            if here is None:
                raise ApprovalClosed()
            answer = answer_approval(user_id, here, approval_id, typed)
        except Refusal as refused:
            refusal = refused
        else:
            return _after_answer(request, answer)
    fields: dict[str, Any] = {
        "one": one,
        "refusal": sentences(refusal) if refusal else None,
        "back": home_of(user_id),
    }
    return render(request, "public_web/approve.html", fields, status=refusal.status if refusal else 200)


def _after_answer(request: HttpRequest, answer: str) -> HttpResponse:
    if answer == "approved":
        messages.success(request, str(_SAID_YES))
        return redirect("after_sign_in")
    messages.warning(request, str(_SAID_NO))
    return redirect("security")
