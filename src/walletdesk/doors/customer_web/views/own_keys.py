"""API keys of one's own: made after a fresh proof and the PIN, their secret shown once, taken back by one tap."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.refusal_pages import sentences
from walletdesk.doors._shared.step_up import step_up
from walletdesk.doors.customer_web.key import fresh_key
from walletdesk.doors.customer_web.own_key_form import OwnKeyForm
from walletdesk.foundation.errors import Conflict, Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.agreements.public import (
    OwnKeyMadeAlready,
    end_own_key,
    make_own_key,
    own_keys_of,
)
from walletdesk.trust.api_keys.public import SCOPES
from walletdesk.trust.customers.public import PinWrong, prove_pin

PAGE = "/wallet/me/keys/"
PROOF_MINUTES = 15
_REVOKED = Words("密钥 {name} 已停用", "The key {name} is revoked")


@require_safe
@customer_only
def keys_page(request: CustomerRequest) -> HttpResponse:
    """Keys in use, the newest first; those that are over below."""
    found = own_keys_of(request.customer.id)
    rows = [(one, [str(SCOPES[name].words) for name in one.key.scopes if name in SCOPES]) for one in found]
    fields = {
        "alive": [row for row in rows if row[0].key.standing == "live"],
        "over": [row for row in rows if row[0].key.standing != "live"],
    }
    return render(request, "customer_web/own_keys.html", fields)


@sensitive_post_parameters("pin")
@require_http_methods(["GET", "HEAD", "POST"])
@customer_only
@step_up(minutes=PROOF_MINUTES)
def new_key(request: CustomerRequest) -> HttpResponse:
    """GET: the form. POST: the key, with its secret on this one answer and nowhere else."""
    if request.method != "POST":
        return _form(request, OwnKeyForm(), fresh_key())
    form, key = OwnKeyForm(request.POST), request.POST.get("key", "")
    if not form.is_valid():
        return _form(request, form, key, status=422)
    try:
        proof = prove_pin(request.customer.id, request.POST.get("pin", ""))
        made, secret = make_own_key(form.wish(key, request.customer.id), proof)
    except OwnKeyMadeAlready as already:
        said = sentences(already)
        messages.warning(request, f"{said.what}{Words('。', '. ')}{said.next}")
        return redirect(PAGE)
    except Refusal as refusal:
        return _form(request, form, key, refusal, refusal.status)
    return render(request, "customer_web/own_key_made.html", {"made": made, "secret": secret}, status=201)


@require_POST
@customer_only
def revoke(request: CustomerRequest, key_id: UUID) -> HttpResponse:
    """What was taken back already stays so. No proof is asked: it only makes things safer."""
    with suppress(Conflict):
        messages.success(request, _REVOKED.say(name=end_own_key(request.customer.id, key_id).key.name))
    return redirect(PAGE)


def _form(
    request: CustomerRequest, form: OwnKeyForm, key: str, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    wrong_pin = isinstance(refusal, PinWrong)
    fields = {
        "form": form,
        "key": key,
        "has_pin": request.customer.has_pin,
        "pin_error": sentences(refusal).what if refusal and wrong_pin else "",
        "refusal": sentences(refusal) if refusal and not wrong_pin else None,
    }
    return render(request, "customer_web/own_key_new.html", fields, status=status)
