"""On which of their devices somebody is: the cookie, the session's device, and from where a payment comes.

    device_of(request)                  DeviceView, or None in a session that no sign-in page made
    origin_of(request)                  what risk is told about this request
    settle_in(request, user_id, proof)  after a sign-in: the browser becomes a device, the session knows it
    keep_device_cookie(request, answer) once, on the answer to that request
    sign_out_elsewhere(request, user_id) every other device and session of this user ends

The cookie holds a random token and nothing else; it opens no door by itself. A session whose device was ended is gone
with its row, so nobody asks here whether it still may.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from walletdesk.doors._shared.language import SESSION_FIELD
from walletdesk.doors._shared.step_up import note_proof, note_sign_in, stepped_up_at
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.public import (
    DeviceView,
    device,
    devices_of,
    end_all_sessions,
    end_device,
    enrol_device,
    touch_device,
)
from walletdesk.service.hotline.public import speaking_now
from walletdesk.trust.risk.public import Origin

COOKIE_AGE = 400 * 24 * 3600  # as long as browsers keep one
DEVICE, SEEN = "device", "device_seen"
SEEN_EVERY = timedelta(minutes=10)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PROVING = ("passkey", "totp", "push", "recovery_code")


def device_token(request: HttpRequest) -> str:
    """What this browser's cookie holds; empty without one."""
    return request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")[:128]


def device_id_of(request: HttpRequest) -> UUID | None:
    """The device of this session, without asking the database."""
    kept = request.session.get(DEVICE)
    return UUID(kept) if kept else None


def device_of(request: HttpRequest) -> DeviceView | None:
    """The device of this session; read once for each request."""
    if not hasattr(request, "_device"):
        device_id, user_id = device_id_of(request), request.user.pk
        request._device = device(user_id, device_id) if device_id and user_id else None  # type: ignore[attr-defined]
    found: DeviceView | None = request._device  # type: ignore[attr-defined]
    return found


def origin_of(request: HttpRequest) -> Origin:
    """From where this wish comes, for the risk rules: the page, its device, the last fresh proof, a call at this moment."""
    here, customer = device_of(request), getattr(request, "customer", None)
    return Origin(
        channel="page",
        device_id=here.id if here else None,
        device_limits_until=here.limits_until if here else None,
        stepped_up_at=stepped_up_at(request),
        on_call=customer is not None and speaking_now(customer.id).who in ("talking", "calling_you"),
    )


def note_seen(request: HttpRequest) -> None:
    """The device was here: written at most every ten minutes."""
    device_id, moment = device_id_of(request), now()
    if device_id is None:
        return
    seen = request.session.get(SEEN)
    if seen is None or moment - datetime.fromisoformat(seen) > SEEN_EVERY:
        request.session[SEEN] = moment.isoformat()
        touch_device(device_id, moment)


def settle_in(request: HttpRequest, user_id: UUID, proof: str) -> DeviceView:
    """The signed-in browser becomes a device of this user, or is recognised as one. ``proof``: by what it was let in."""
    moment = now()
    enrolled = enrol_device(user_id, request.headers.get("User-Agent", ""), proof, device_token(request))
    request.session[DEVICE] = str(enrolled.view.id)
    request.session[SEEN] = moment.isoformat()
    note_sign_in(request.session, moment)
    request._device = enrolled.view  # type: ignore[attr-defined]
    request._device_token = enrolled.token  # type: ignore[attr-defined]
    touch_device(enrolled.view.id, moment)
    if proof in PROVING:
        note_proof(request.session, proof, moment)
    return enrolled.view


def keep_device_cookie(request: HttpRequest, answer: HttpResponseBase) -> None:
    """Give the browser its token; each sign-in prolongs it."""
    token = getattr(request, "_device_token", "")
    if token:
        answer.set_cookie(
            settings.DEVICE_COOKIE_NAME,
            token,
            max_age=COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def sign_in_here(request: HttpRequest, user_id: UUID, proof: str) -> None:
    """Sign somebody in whom another page has proved: a new session key, the device, the language. The caller also calls
    :func:`keep_device_cookie` on its answer.
    """
    user: Any = get_user_model().objects.get(pk=user_id)
    login(request, user, backend=BACKEND)
    request.session[SESSION_FIELD] = user.language
    settle_in(request, user_id, proof)


def sign_out_elsewhere(request: HttpRequest, user_id: UUID) -> None:
    """Everywhere but here."""
    here = device_id_of(request)
    for one in devices_of(user_id):
        if one.id != here:
            end_device(user_id, one.id)
    end_all_sessions(user_id, request.session.session_key)
