"""Signing in and out: allauth does the work, axes counts the failures, this file says it in our words.

One sentence answers a wrong password and an unknown address alike. After five failures for one address from one place
the lock page says why, when it opens by itself, and how to reach a person.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.account.views import LoginView, LogoutView
from axes.decorators import axes_dispatch, axes_form_invalid
from axes.helpers import get_client_ip_address
from axes.models import AccessAttempt
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator

from walletdesk.doors._shared.form_words import in_form
from walletdesk.doors._shared.language import SESSION_FIELD
from walletdesk.foundation.clock.public import now

_NOT_THESE = in_form("邮箱或密码不对", "E-mail address or password is not right")
_TOO_OFTEN = in_form("试得太快了，请过几分钟再试", "Too many tries; wait a few minutes")
ADDRESS_TAKEN = in_form("这个邮箱已经注册过，请直接登录", "This address has an account; sign in with it")

_PASSWORD_ERRORS = {
    "password_too_short": in_form("至少 8 位", "At least 8 characters"),
    "password_too_common": in_form("这个密码太常见，一猜就中", "This password is on every list of guesses"),
    "password_too_similar": in_form("和您的名字或邮箱太像", "Too much like your name or address"),
}


class SignInAdapter(DefaultAccountAdapter):
    """allauth, with our words and our places."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _NOT_THESE,
        "invalid_login": _NOT_THESE,
        "too_many_login_attempts": _TOO_OFTEN,
        "email_taken": ADDRESS_TAKEN,
    }

    def clean_password(self, password: str, user: Any = None) -> str:
        """The laws of ``AUTH_PASSWORD_VALIDATORS``, the first one broken said in our words."""
        try:
            validate_password(password, user)
        except ValidationError as refused:
            first = refused.error_list[0]
            raise ValidationError(_PASSWORD_ERRORS.get(first.code or "", first)) from refused
        return password

    def post_login(self, request: HttpRequest, user: Any, **rest: Any) -> HttpResponse:
        """The signed-in user's language goes with the session; a choice made in this browser stays stronger."""
        request.session[SESSION_FIELD] = user.language
        return super().post_login(request, user, **rest)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No "you have signed in": the page that opens says it."""


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = in_form("邮箱", "E-mail address")
        self.fields["login"].widget.attrs = {"autocomplete": "username", "inputmode": "email", "spellcheck": "false"}
        self.fields["login"].error_messages |= {
            "required": in_form("请填邮箱", "Give your e-mail address"),
            "invalid": _NOT_THESE,
        }
        self.fields["password"].label = in_form("密码", "Password")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}
        self.fields["password"].error_messages |= {"required": in_form("请填密码", "Give your password")}
        self.fields["remember"].label = in_form("在这台设备上保持登录", "Stay signed in on this device")

    def user_credentials(self) -> dict[str, str]:
        """With ``login``, so that axes counts the address that was typed."""
        credentials = super().user_credentials()
        return credentials | {"login": credentials.get("email", "")}


@method_decorator(axes_dispatch, name="dispatch")
@method_decorator(axes_form_invalid, name="form_invalid")
class SignIn(LoginView):
    form_class = SignInForm
    template_name = "public_web/sign_in.html"

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


class SignOut(LogoutView):
    """A visit asks, a POST does it."""

    template_name = "public_web/sign_out.html"


def locked_out(request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    """The page after five failures (429): why, when it opens by itself, the official contact. The same for an address
    that nobody has."""
    typed = request.POST.get("login", "")[:254]
    wait = timedelta(hours=float(settings.AXES_COOLOFF_TIME))
    here = AccessAttempt.objects.filter(username=typed, ip_address=get_client_ip_address(request))
    attempt = here.order_by("-attempt_time").first()
    since = attempt.attempt_time if attempt else now()
    fields = {"since": since, "opens_at": since + wait, "typed": typed, "tries": settings.AXES_FAILURE_LIMIT}
    page = render(request, "public_web/locked.html", fields, status=429)
    page.headers["Retry-After"] = str(max(1, int((since + wait - now()).total_seconds())))
    add_never_cache_headers(page)
    return page
