"""Adding a passkey, an authenticator app or recovery codes; another password; another address."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth import get_user_model, update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from walletdesk.doors._shared.device import PROVING
from walletdesk.doors._shared.guards import signed_in_only, user_id_of
from walletdesk.doors._shared.refusal_pages import sentences
from walletdesk.doors._shared.step_up import is_fresh, note_proof, step_up, strong_proof_at
from walletdesk.doors.public_web.proving import origin_of_page, password_is
from walletdesk.doors.public_web.views.choices import safe_next
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.identity.public import (
    AddressNotUsable,
    AddressTaken,
    FactorWrong,
    add_passkey,
    add_totp,
    begin_passkey,
    change_address,
    factor_kinds,
    mask_address,
    new_recovery_codes,
    new_totp_secret,
    read_address,
    set_password,
    user,
    verified_addresses,
)
from walletdesk.service.notifications.public import post_code
from walletdesk.trust.customers.public import customer_of_user
from walletdesk.trust.risk.public import restrict
from walletdesk.trust.verification.public import make_code, prove_code

NEW_PASSKEY, NEW_TOTP, NEW_ADDRESS = "new_passkey", "new_totp", "new_address"
_VISITED_OR_SENT = ["GET", "HEAD", "POST"]
_ADDED = Words("加好了", "Added")
_PASSWORD_SET = Words("密码换好了，别处都已经退出", "Your password is changed; every other place is signed out")
_ADDRESS_SET = Words(
    "换好了。24 小时内不能付给新的对象，旧地址也会收到通知",
    "Changed. Nothing goes to new payees for 24 hours, and the old address is told too",
)
AFTER_ADDRESS = timedelta(hours=24)


def _onward(request: HttpRequest) -> str:
    asked = request.POST if request.method == "POST" else request.GET
    return safe_next(request, asked.get("next", ""), "")


def _after_adding(request: HttpRequest, kind: str) -> HttpResponse:
    """Back; by way of the recovery codes when there are none yet. Who has just shown a new one has proved it."""
    note_proof(request.session, kind, now())
    messages.success(request, str(_ADDED))
    onward = _onward(request)
    if "recovery_code" not in factor_kinds(user_id_of(request)):
        return redirect(f"/security/codes/?{urlencode({'next': onward})}" if onward else "/security/codes/")
    return redirect(onward or "security")


def _page(request: HttpRequest, template: str, refusal: Refusal | None = None, **fields: Any) -> HttpResponse:
    fields |= {"refusal": sentences(refusal) if refusal else None, "next": _onward(request)}
    return render(request, f"public_web/{template}.html", fields, status=refusal.status if refusal else 200)


@sensitive_post_parameters("code")
@require_http_methods(_VISITED_OR_SENT)
@signed_in_only
@step_up()
def totp(request: HttpRequest) -> HttpResponse:
    """The QR code and its text; kept only when the app's first code came back."""
    user_id, refusal = user_id_of(request), None
    secret = request.session.get(NEW_TOTP)
    if request.method == "POST" and secret:
        try:
            add_totp(user_id, secret, request.POST.get("code", "")[:20])
        except Refusal as refused:
            refusal = refused
        else:
            del request.session[NEW_TOTP]
            return _after_adding(request, "totp")
    elif not secret:
        secret = request.session[NEW_TOTP] = new_totp_secret()
    found = user(user_id)
    label = (found.email or found.phone) if found else ""
    link = f"otpauth://totp/Walletdesk:{label}?{urlencode({'secret': secret, 'issuer': 'Walletdesk'})}"
    picture = mark_safe(segno.make(link, error="m").svg_inline(scale=4, border=2, svgclass="qr", omitsize=True))  # noqa: S308
    fours = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return _page(request, "security_totp", refusal, picture=picture, secret=fours, link=link)


@sensitive_post_parameters("credential")
@require_http_methods(_VISITED_OR_SENT)
@signed_in_only
@step_up()
def passkey(request: HttpRequest) -> HttpResponse:
    """The browser makes the key; without a script this page says so."""
    user_id = user_id_of(request)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            made = json.loads(request.POST.get("credential", "")[:16_000])
            name = request.POST.get("name", "")
            add_passkey(user_id, origin_of_page(request), request.session.pop(NEW_PASSKEY, None), made, name)
            return _after_adding(request, "passkey")
        except ValueError:
            refusal = FactorWrong()
        except Refusal as refused:
            refusal = refused
    options, request.session[NEW_PASSKEY] = begin_passkey(user_id, origin_of_page(request))
    return _page(request, "security_passkey", refusal, options=json.dumps(options))


@require_http_methods(_VISITED_OR_SENT)
@signed_in_only
@step_up()
def codes(request: HttpRequest) -> HttpResponse:
    """Ten new codes, shown once; those from before are dead."""
    made = new_recovery_codes(user_id_of(request)) if request.method == "POST" else []
    has = "recovery_code" in factor_kinds(user_id_of(request))
    return _page(request, "security_codes", made=made, has=has)


@sensitive_post_parameters("password1")
@require_http_methods(_VISITED_OR_SENT)
@signed_in_only
@step_up()
def password(request: HttpRequest) -> HttpResponse:
    """A new password; every other session dies."""
    refusal: Refusal | None = None
    if request.method == "POST":
        user_id = user_id_of(request)
        try:
            set_password(user_id, request.POST.get("password1", "")[:4096], request.session.session_key)
        except Refusal as refused:
            refusal = refused
        else:
            update_session_auth_hash(request, get_user_model().objects.get(pk=user_id))
            messages.success(request, str(_PASSWORD_SET))
            return redirect(_onward(request) or "security")
    return _page(request, "security_password", refusal)


@sensitive_post_parameters("code", "old_code", "password")
@require_http_methods(_VISITED_OR_SENT)
@signed_in_only
@step_up()
def address(request: HttpRequest) -> HttpResponse:
    """Another address. Beside the code that proves the new one, two proofs of the person: the fresh one that opened this
    page, and the password or, where that was the first, a code to an address that is on file (A11).
    """
    refusal: Refusal | None = None
    waiting = request.session.get(NEW_ADDRESS)
    if request.method == "POST":
        try:
            if "address" in request.POST:
                request.session[NEW_ADDRESS] = _send_codes(request, request.POST["address"][:254])
                return redirect("security_address")
            if waiting:
                return _change(request, waiting)
        except AddressTaken as refused:
            request.session.pop(NEW_ADDRESS, None)
            waiting, refusal = None, refused
        except Refusal as refused:
            refusal = refused
    elif request.GET.get("again"):
        request.session.pop(NEW_ADDRESS, None)
        waiting = None
    masked = mask_address(waiting["kind"], waiting["address"]) if waiting else ""
    fields = {"masked": masked, "old": waiting["old"] if waiting else "", "user": user(user_id_of(request))}
    return _page(request, "security_address", refusal, **fields)


def _send_codes(request: HttpRequest, typed: str) -> dict[str, str]:
    """One to the new address; one to an old address as well, when nothing stronger than knowledge opened the page."""
    read = read_address(typed)
    if read is None:
        raise AddressNotUsable()
    change, on_file = str(uuid7()), verified_addresses(user_id_of(request))
    strong = is_fresh(strong_proof_at(request, PROVING), 15)
    if not strong and not on_file:
        raise FactorWrong()  # nothing is left that could be a second proof
    _send(*read, f"address:{change}")
    old = "" if strong else on_file[0].masked
    if old:
        _send(on_file[0].kind, on_file[0].value, f"address_old:{change}")
    return {"id": change, "kind": read[0], "address": read[1], "old": old}


def _send(kind: str, to: str, subject: str) -> None:
    with transaction.atomic():
        made = make_code("address", subject, kind)
        post_code(kind, to, "address", made.digits, translation.get_language() or "zh-hans", made.minutes)


def _change(request: HttpRequest, waiting: dict[str, str]) -> HttpResponse:
    """The second proof, then the code, then the address and the pause of payments in one transaction."""
    user_id = user_id_of(request)
    if waiting["old"]:
        prove_code("address", f"address_old:{waiting['id']}", request.POST.get("old_code", "")[:40])
    elif not password_is(request, user_id, request.POST.get("password", "")):
        raise FactorWrong()
    prove_code("address", f"address:{waiting['id']}", request.POST.get("code", "")[:40])
    customer = customer_of_user(user_id)
    with transaction.atomic():
        change_address(user_id, waiting["address"])
        if customer is not None:
            restrict(customer.id, "address_changed", now() + AFTER_ADDRESS, "address changed by its owner", "identity")
    request.session.pop(NEW_ADDRESS, None)
    messages.success(request, str(_ADDRESS_SET))
    return redirect("security")
