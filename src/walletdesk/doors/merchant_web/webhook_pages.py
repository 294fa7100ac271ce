"""Webhooks of the shop: addresses that hear what happens, what went to them, and once more. For the owner alone."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from walletdesk.doors._shared.guards import member_only
from walletdesk.doors._shared.step_up import step_up
from walletdesk.doors.merchant_web.at_the_till import TillRequest
from walletdesk.doors.merchant_web.key_owners import first_found, owners_of
from walletdesk.doors.merchant_web.said import Said, said
from walletdesk.doors.merchant_web.showing import shop, webhook
from walletdesk.doors.merchant_web.webhook_form import MODES, WebhookForm, make_from
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.merchants.public import MemberView
from walletdesk.service.webhooks.public import (
    DeliveryView,
    EndpointView,
    change_endpoint,
    deliveries_of,
    delivery,
    endpoint,
    endpoints_of,
    remove_endpoint,
    replay,
    rotate_secret,
    send_test,
)

LINES = 30
SHOWN_ALREADY = Words(
    "这个通知地址刚才已经建好，密钥只显示一次。没有记下就更换密钥",
    "This webhook was made a moment ago and its secret shown. If you did not keep it, change the secret",
)
TEST_SENT = Words("测试事件已发出，结果见投递记录", "The test event is on its way; the log shows how it ended")
SENT_AGAIN = Words("已排队再送一次", "It is on its way once more")
REMOVED = Words("通知地址 {name} 已删除", "The webhook {name} is removed")
SAVED = Words("已保存", "Saved")


@require_GET
@member_only("owner")
def webhooks(request: TillRequest) -> HttpResponse:
    rows = [webhook.row(one) for owner in owners_of(request.member) for one in endpoints_of(owner)]
    return render(request, "till/webhooks.html", _frame(request) | {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@member_only("owner")
@step_up(minutes=15)
def new_webhook(request: TillRequest) -> HttpResponse:
    """GET: the form. POST: the webhook, with its secret on this one answer and nowhere else."""
    if request.method != "POST":
        return _form(request, WebhookForm())
    form = WebhookForm.of(request.POST)
    try:
        made = make_from(form, request.member)
    except Refusal as refusal:
        return _form(request, form, said(refusal))
    if isinstance(made, uuid.UUID):
        messages.warning(request, SHOWN_ALREADY.say())
        return redirect("till-webhook", made)
    return _secret(request, *made, status=201)


@require_http_methods(["GET", "HEAD", "POST"])
@member_only("owner")
def webhook_page(request: TillRequest, endpoint_id: uuid.UUID) -> HttpResponse:
    """GET: the webhook and what went to it. POST: its name, its address and what it hears."""
    found = _own(request.member, endpoint_id)
    if request.method != "POST":
        return _page(request, found)
    form = WebhookForm.of(request.POST)
    try:
        change_endpoint(found.owner, found.id, address=form.address, types=form.types, name=form.name)
    except Refusal as refusal:
        return _page(request, found, said(refusal), form)
    messages.success(request, SAVED.say())
    return redirect("till-webhook", found.id)


@require_POST
@member_only("owner")
def rotate(request: TillRequest, endpoint_id: uuid.UUID) -> HttpResponse:
    """A new secret, shown on this one answer; the old one holds for a day beside it. Another's is not found, before anybody is
    asked for a proof.
    """
    return _rotate(request, _own(request.member, endpoint_id))


@step_up(minutes=15)
def _rotate(request: TillRequest, found: EndpointView) -> HttpResponse:
    try:
        changed, secret = rotate_secret(found.owner, found.id)
    except Refusal as refusal:
        return _page(request, found, said(refusal))
    return _secret(request, changed, secret)


@require_POST
@member_only("owner")
def test(request: TillRequest, endpoint_id: uuid.UUID) -> HttpResponse:
    found = _own(request.member, endpoint_id)
    try:
        send_test(found.owner, found.id)
    except Refusal as refusal:
        return _page(request, found, said(refusal))
    messages.success(request, TEST_SENT.say())
    return redirect("till-webhook", found.id)


@require_POST
@member_only("owner")
def switch(request: TillRequest, endpoint_id: uuid.UUID) -> HttpResponse:
    """On or off, as the button said."""
    found = _own(request.member, endpoint_id)
    change_endpoint(found.owner, found.id, enabled=request.POST.get("to") == "on")
    return redirect("till-webhook", found.id)


@require_POST
@member_only("owner")
def remove(request: TillRequest, endpoint_id: uuid.UUID) -> HttpResponse:
    found = _own(request.member, endpoint_id)
    remove_endpoint(found.owner, found.id)
    messages.success(request, REMOVED.say(name=webhook.called(found)))
    return redirect("till-webhooks")


@require_GET
@member_only("owner")
def delivery_page(request: TillRequest, delivery_id: uuid.UUID) -> HttpResponse:
    return _delivery(request, _own_delivery(request.member, delivery_id))


@require_POST
@member_only("owner")
def again(request: TillRequest, delivery_id: uuid.UUID) -> HttpResponse:
    """The same event once more, under the same id: a receiver that heard it already knows it."""
    found = _own_delivery(request.member, delivery_id)
    try:
        sent = first_found(owners_of(request.member), lambda owner: replay(owner, delivery_id))
    except Refusal as refusal:
        return _delivery(request, found, said(refusal))
    messages.success(request, SENT_AGAIN.say())
    return redirect("till-webhook-delivery", sent.id)


def _own(member: MemberView, endpoint_id: uuid.UUID) -> EndpointView:
    """The webhook, if it is this shop's or its twin's; another's is not found."""
    return first_found(owners_of(member), lambda owner: endpoint(owner, endpoint_id))


def _own_delivery(member: MemberView, delivery_id: uuid.UUID) -> DeliveryView:
    return first_found(owners_of(member), lambda owner: delivery(owner, delivery_id))


def _frame(request: TillRequest) -> dict[str, Any]:
    return {"area": "shop", "shop": shop.line(request.member)}


def _form(request: TillRequest, form: WebhookForm, refusal: Said | None = None) -> HttpResponse:
    modes = [{"value": value, "words": words, "on": value == form.mode} for value, words in MODES.items()]
    context = _frame(request) | {
        "form": form,
        "refusal": refusal,
        "modes": modes,
        "types": webhook.types(form.types),
    }
    return render(request, "till/webhook_new.html", context, status=refusal.status if refusal else 200)


def _page(
    request: TillRequest, found: EndpointView, refusal: Said | None = None, form: WebhookForm | None = None
) -> HttpResponse:
    typed = form or WebhookForm(found.address, found.name, found.mode, list(found.types))
    context = _frame(request) | {
        "hook": webhook.row(found),
        "form": typed,
        "types": webhook.types(typed.types),
        "lines": [webhook.line(one) for one in deliveries_of(found.owner, found.id, LINES)],
        "refusal": refusal,
    }
    return render(request, "till/webhook.html", context, status=refusal.status if refusal else 200)


def _secret(request: TillRequest, made: EndpointView, secret: str, status: int = 200) -> HttpResponse:
    context = _frame(request) | {"hook": webhook.row(made), "secret": secret}
    return render(request, "till/webhook_secret.html", context, status=status)


def _delivery(request: TillRequest, found: DeliveryView, refusal: Said | None = None) -> HttpResponse:
    context = _frame(request) | {
        "hook": webhook.row(_own(request.member, found.endpoint_id)),
        "one": webhook.page(found),
        "refusal": refusal,
    }
    return render(request, "till/webhook_delivery.html", context, status=refusal.status if refusal else 200)
