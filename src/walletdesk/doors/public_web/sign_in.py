"""Signing in and out: allauth does the work, axes counts the failures, this file says it in our words.

One sentence answers a wrong password and an unknown address alike. After five failures for one address from one place
the lock page says why, when it opens by itself, and how to reach a person. After fifty from all places within an hour
only devices that are known may still try a password: a crowd cannot guess, and cannot lock the owner out either.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.account.internal.stagekit import clear_login
from allauth.account.views import LoginView, LogoutView
from axes.decorators import axes_dispatch, axes_form_invalid
from axes.models import AccessAttempt
from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator

from walletdesk.doors._shared.device import device_token, keep_device_cookie, settle_in
from walletdesk.doors._shared.form_words import in_form
from walletdesk.doors._shared.language import SESSION_FIELD
from walletdesk.doors._shared.place import counted_place_of, plain_address
from walletdesk.doors.public_web.views.locked import account_locked
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.public import (
    has_devices,
    known_device,
    read_address,
    tell_of_lock,
    under_attack_until,
    users_by_address,
    words_for,
)
from walletdesk.trust.verification.public import sign_in_lock

_NOT_THESE = in_form("邮箱、手机号或密码不对", "Address or password is not right")
_TOO_OFTEN = in_form("试得太快了，请过几分钟再试", "Too many tries; wait a few minutes")


class SignInAdapter(DefaultAccountAdapter):
    """allauth, with our words, our places and our one stage."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _NOT_THESE,
        "phone_password_mismatch": _NOT_THESE,
        "username_password_mismatch": _NOT_THESE,
        "invalid_login": _NOT_THESE,
        "too_many_login_attempts": _TOO_OFTEN,
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """Else every IPv4 address in IPv6 clothes were one block for allauth's own counts."""
        return plain_address(super().get_client_ip(request))

    def clean_password(self, password: str, user: Any = None) -> str:
        """The laws of ``AUTH_PASSWORD_VALIDATORS``, the first one broken said in our words."""
        try:
            validate_password(password, user)
        except ValidationError as refused:
            raise ValidationError(words_for(refused)) from refused
        return password

    def get_user_by_phone(self, phone: str) -> Any:
        return get_user_model().objects.filter(phone=phone).first()

    def get_phone(self, user: Any) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified_at is not None) if user.phone else None

    def get_login_stages(self) -> list[str]:
        """After the password: is this a device that we know? (``second_factor.py``)"""
        return ["walletdesk.doors.public_web.second_factor.DeviceStage"]

    def pre_login(self, request: HttpRequest, user: Any, **rest: Any) -> HttpResponse | None:
        """Whoever was locked, by themselves, by us or by risk, reads why and what opens it."""
        refused = super().pre_login(request, user, **rest)
        if refused is not None:
            return refused
        lock = sign_in_lock(user.pk)
        if lock is None:
            return None
        clear_login(request)
        return account_locked(request, lock)

    def post_login(self, request: HttpRequest, user: Any, **rest: Any) -> HttpResponse:
        """The browser becomes a device. The signed-in user's language goes with the session; a choice made in this
        browser stays stronger.
        """
        request.session[SESSION_FIELD] = user.language
        by = "password" if has_devices(user.pk) else "first"
        settle_in(request, user.pk, getattr(request, "proved_by", "") or by)
        response = super().post_login(request, user, **rest)
        keep_device_cookie(request, response)
        return response

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No "you have signed in": the page that opens says it."""


def login_in_one_form(typed: str) -> str:
    """The address as it is kept, however it was typed; what is none, in small letters."""
    read = read_address(typed)
    return read[1] if read else typed.strip().lower()[:254]


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Under which name axes counts a failure."""
    return login_in_one_form((credentials or {}).get("login") or request.POST.get("login", ""))


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = in_form("邮箱或手机号", "E-mail address or phone number")
        login.widget.attrs = {"autocomplete": "username webauthn", "spellcheck": "false", "autocapitalize": "off"}
        login.error_messages |= {"required": in_form("请填邮箱或手机号", "Give your address or number")}
        self.fields["password"].label = in_form("密码", "Password")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}
        self.fields["password"].error_messages |= {"required": in_form("请填密码", "Give your password")}
        self.fields["remember"].label = in_form("在这台设备上保持登录", "Stay signed in on this device")

    def user_credentials(self) -> dict[str, str]:
        """With ``login``, so that axes counts the address in its one form."""
        typed = self.cleaned_data["login"]
        read = read_address(typed)
        address = login_in_one_form(typed)
        kind = "phone" if read and read[0] == "sms" else "email"
        return {kind: address, "login": address, "password": self.cleaned_data.get("password", "")}


@method_decorator(axes_dispatch, name="dispatch")
@method_decorator(axes_form_invalid, name="form_invalid")
class SignIn(LoginView):
    form_class = SignInForm
    template_name = "public_web/sign_in.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        until = _closed_to_strangers(request)
        if until is not None:
            return lock_page(request, "stuffing", until - timedelta(hours=1), until)
        return super().post(request, *args, **kwargs)

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        """Who comes back here before the second proof begins anew, perhaps as somebody else."""
        clear_login(request)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


class SignOut(LogoutView):
    """A visit asks, a POST does it."""

    template_name = "public_web/sign_out.html"


def _closed_to_strangers(request: HttpRequest) -> datetime | None:
    """Until when this browser may not even try, because a crowd tries; None for a device that its owner used before."""
    typed = login_in_one_form(request.POST.get("login", ""))
    until = under_attack_until(typed)
    if until is None:
        return None
    theirs = users_by_address(typed)
    return None if any(known_device(one.id, device_token(request)) for one in theirs) else until


def locked_out(request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    """What axes answers from the fifth failure on."""
    wait = timedelta(hours=float(settings.AXES_COOLOFF_TIME))
    place = counted_place_of(request)
    here = AccessAttempt.objects.filter(username=counted_name(request, credentials), ip_address=place)
    attempt = here.order_by("-attempt_time").first()
    since = attempt.attempt_time if attempt else now()
    return lock_page(request, "wrong_password", since, since + wait)


def lock_page(request: HttpRequest, reason: str, since: datetime, until: datetime) -> HttpResponse:
    """The page of a lock (429): why, when it opens by itself, the official contact. The same for an address that nobody
    has; the owner of one that somebody has is told, once for each lock.
    """
    name, typed = counted_name(request), request.POST.get("login", "")[:254]
    seconds = max(1, int((until - now()).total_seconds()))
    if cache.add(f"sign-in-lock:{reason}:{name}", "told", seconds):
        for one in users_by_address(name):
            tell_of_lock(one.id, reason, until)
    fields = {"since": since, "opens_at": until, "typed": typed, "tries": settings.AXES_FAILURE_LIMIT, "reason": reason}
    page = render(request, "public_web/locked.html", fields, status=429)
    page.headers["Retry-After"] = str(seconds)
    add_never_cache_headers(page)
    return page
