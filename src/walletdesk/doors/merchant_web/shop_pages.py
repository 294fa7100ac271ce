"""The shop itself: signing it up, what it is called, who works there."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from walletdesk.doors._shared.guards import member_only
from walletdesk.doors.merchant_web.at_the_till import TillRequest
from walletdesk.doors.merchant_web.said import Said, said
from walletdesk.doors.merchant_web.showing import shop as shop_view
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.merchants.public import (
    CATEGORIES,
    add_cashier,
    member_of_user,
    members_of,
    shop_balance,
    sign_up_merchant,
)

ROLES = {"owner": Words("店主", "Owner"), "cashier": Words("收银员", "Cashier")}
ADDED = Words("{name} 可以收款了", "{name} can take payments now")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sign_up(request: HttpRequest) -> HttpResponse:
    """A shop for whoever is signed in and has none; then straight to the till."""
    user_id: uuid.UUID | None = request.user.pk
    if user_id is None or member_of_user(user_id):
        return redirect("till")
    fields = {name: request.POST.get(name, "") for name in ("name_zh", "name_en", "category")}
    refusal: Said | None = None
    if request.method == "POST":
        try:
            sign_up_merchant(user_id, fields["name_zh"], fields["name_en"], fields["category"])
        except Refusal as refused:
            refusal = said(refused)
        else:
            return redirect("till")
    categories = [(key, category.words) for key, category in CATEGORIES.items()]
    context = {"fields": fields, "refusal": refusal, "categories": categories}
    return render(request, "till/sign_up.html", context, status=refusal.status if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_only
def shop(request: TillRequest) -> HttpResponse:
    """GET: the shop and its people. POST: its owner takes on a cashier."""
    fields = {name: request.POST.get(name, "").strip() for name in ("email", "name")}
    refusal: Said | None = None
    if request.method == "POST":
        try:
            add_cashier(request.member.merchant_id, request.member.id, _user_at(fields["email"]), fields["name"])
        except Refusal as refused:
            refusal = said(refused)
        else:
            messages.success(request, ADDED.say(name=fields["name"]))
            return redirect("till-shop")
    context = {
        "area": "shop",
        "shop": _shop(request),
        "members": _members(request),
        "refusal": refusal,
        "fields": fields,
    }
    return render(request, "till/shop.html", context, status=refusal.status if refusal else 200)


def _user_at(email: str) -> uuid.UUID:
    """Who signs in with this address; an id that is nobody's when there is none, so that the room says so."""
    user = get_user_model().objects.filter(email__iexact=email).first()
    return user.pk if user else uuid.uuid4()


def _shop(request: TillRequest) -> dict[str, Any]:
    line, found = shop_view.line(request.member), shop_view.of_member(request.member)
    balance = shop_balance(found.id)
    return {
        "name": line.name,
        "till": line.till,
        "member": line.member,
        "open_cases": line.open_cases,
        "unread": line.unread,
        "name_zh": found.name_zh,
        "name_en": found.name_en,
        "category": found.category_words,
        "fee": f"{found.fee_bps / 100:.2f}%",
        "payable": balance.available if balance else None,
        "owner": request.member.role == "owner",
    }


def _members(request: TillRequest) -> list[dict[str, Any]]:
    return [
        {"name": one.name, "role": ROLES[one.role], "you": one.id == request.member.id}
        for one in members_of(request.member.merchant_id)
    ]
