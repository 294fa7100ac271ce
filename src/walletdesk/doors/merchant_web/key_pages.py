"""API keys of the shop: what there is, a new one whose secret is shown once, and taking one back. For the owner alone."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from walletdesk.doors._shared.guards import member_only
from walletdesk.doors._shared.step_up import step_up
from walletdesk.doors.merchant_web.at_the_till import TillRequest
from walletdesk.doors.merchant_web.key_form import KeyForm, make_from
from walletdesk.doors.merchant_web.key_owners import own_key, owners_of
from walletdesk.doors.merchant_web.said import Said, said
from walletdesk.doors.merchant_web.showing import api_key, shop
from walletdesk.foundation.errors import Conflict, Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.api_keys.public import keys_of, revoke_key

REVOKED = Words("密钥 {name} 已停用", "The key {name} is revoked")
SHOWN_ALREADY = Words(
    "这把密钥刚才已经建好，密文只显示一次。没有记下就停用它，再建一把",
    "This key was made a moment ago and its secret shown. If you did not keep it, revoke it and make another",
)


@require_GET
@member_only("owner")
def keys(request: TillRequest) -> HttpResponse:
    """Keys in use first, the newest first; those that ended below."""
    shown = [api_key.row(key) for owner in owners_of(request.member) for key in keys_of(owner)]
    context = _frame(request) | {
        "keys": [one for one in shown if one.in_use],
        "ended": [one for one in shown if not one.in_use],
    }
    return render(request, "till/keys.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_only("owner")
@step_up(minutes=15)
def new_key(request: TillRequest) -> HttpResponse:
    """GET: the form. POST: the key, with its secret on this one answer and nowhere else."""
    if request.method != "POST":
        return _form(request, KeyForm())
    form = KeyForm.of(request.POST)
    try:
        made = make_from(form, request.member)
    except Refusal as refusal:
        return _form(request, form, said(refusal))
    if isinstance(made, uuid.UUID):
        messages.warning(request, SHOWN_ALREADY.say())
        return redirect("till-key", made)
    key, secret = made
    context = _frame(request) | {"key": api_key.row(key), "secret": secret, "address": settings.PUBLIC_URL}
    return render(request, "till/key_made.html", context, status=201)


@require_GET
@member_only("owner")
def key_page(request: TillRequest, key_id: uuid.UUID) -> HttpResponse:
    context = _frame(request) | {"key": api_key.row(own_key(request.member, key_id))}
    return render(request, "till/key.html", context)


@require_POST
@member_only("owner")
def revoke(request: TillRequest, key_id: uuid.UUID) -> HttpResponse:
    """Take it back; what was taken back already stays so. No second proof is asked: this can only ever help."""
    key = own_key(request.member, key_id)
    try:
        revoke_key(key.id, key.owner, f"member:{request.member.id}")
        messages.success(request, REVOKED.say(name=key.name))
    except Conflict:
        pass
    return redirect("till-keys")


def _frame(request: TillRequest) -> dict[str, Any]:
    return {"area": "shop", "shop": shop.line(request.member)}


def _form(request: TillRequest, form: KeyForm, refusal: Said | None = None) -> HttpResponse:
    context = _frame(request) | {"form": form, "refusal": refusal} | form.choices()
    return render(request, "till/key_new.html", context, status=refusal.status if refusal else 200)
