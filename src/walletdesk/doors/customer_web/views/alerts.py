"""What the customer wants to hear outside of the app, and by which browsers."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from walletdesk.doors._shared.device import device_of
from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.refusal_pages import sentences
from walletdesk.doors._shared.step_up import is_fresh, lead_to_step_up, stepped_up_at
from walletdesk.doors.customer_web.alert_form import AlertForm
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.identity.public import device_name, verified_addresses
from walletdesk.service.notifications.public import (
    Browser,
    alert_choices,
    browsers_of,
    choose_alerts,
    push_key,
    quieter,
    stop_push,
    subscribe_push,
    usable_choices,
)

PAGE = "/wallet/me/alerts/"
FRESH_MINUTES, WISH = 5, "wish"
_KEPT = Words("提醒设好了", "Your alerts are set")
_STOPPED = Words("这台设备不再收推送", "This device gets no more pushes")


@require_http_methods(["GET", "HEAD", "POST"])
@customer_only
def alerts(request: CustomerRequest) -> HttpResponse:
    """Read and change the choices. What makes debits quieter asks who is there first: a thief would begin with that."""
    standing = alert_choices(request.customer.id)
    if request.method != "POST":
        return _page(request, AlertForm(request.GET) if WISH in request.GET else AlertForm.of(standing))
    form = AlertForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    wished = form.choices()
    asks = usable_choices(wished) and quieter(standing, wished)
    if asks and not is_fresh(stepped_up_at(request), FRESH_MINUTES):
        return lead_to_step_up(request, f"{PAGE}?{_wish(request.POST)}")
    try:
        choose_alerts(request.customer.id, wished)
    except Refusal as refusal:
        said = sentences(refusal)
        form.add_error(None, f"{said.what}{Words('。', '. ')}{said.next}")
        return _page(request, form, refusal.status)
    messages.success(request, str(_KEPT))
    return redirect(PAGE)


def _wish(sent: QueryDict) -> str:
    """What was ticked, so that it stands there again after the proof."""
    typed = [(name, one) for name in AlertForm.base_fields for one in sent.getlist(name)]
    return urlencode([(WISH, "1"), *typed])


def _page(request: CustomerRequest, form: AlertForm, status: int = 200) -> HttpResponse:
    addresses = {one.kind: one.masked for one in verified_addresses(request.customer.user_id)}
    here = device_of(request)
    fields = {
        "form": form,
        "browsers": browsers_of(request.customer.id),
        "here": here.id if here else None,
        "phone": addresses.get("sms", ""),
        "email": addresses.get("email", ""),
        "push_key": push_key(),
        "open_quiet": form["quiet"].value(),
        "wished": request.method == "GET" and WISH in request.GET,
    }
    return render(request, "customer_web/alerts.html", fields, status=status)


@require_POST
@customer_only
def browser(request: CustomerRequest) -> HttpResponse:
    """The browser itself brings what it was given by its push service."""
    here = device_of(request)
    gave = Browser(
        endpoint=request.POST.get("endpoint", ""),
        p256dh=request.POST.get("p256dh", ""),
        auth=request.POST.get("auth", ""),
        name=here.name if here else device_name(request.headers.get("user-agent", "")),
        device_id=here.id if here else None,
    )
    try:
        subscribed = subscribe_push(request.customer.id, gave)
    except Refusal as refusal:
        said = sentences(refusal)
        return JsonResponse({"code": refusal.code, "what": said.what, "next": said.next}, status=refusal.status)
    return JsonResponse({"id": str(subscribed)}, status=201)


@require_POST
@customer_only
def stop(request: CustomerRequest, subscription_id: UUID) -> HttpResponse:
    """One browser hears nothing more; another's is not found. The browser of another device asks for a proof first."""
    here = device_of(request)
    others = {one.id for one in browsers_of(request.customer.id) if one.device_id != (here.id if here else None)}
    if subscription_id in others and not is_fresh(stepped_up_at(request), FRESH_MINUTES):
        return lead_to_step_up(request, PAGE)
    stop_push(request.customer.id, subscription_id)
    messages.success(request, str(_STOPPED))
    return redirect(PAGE)
