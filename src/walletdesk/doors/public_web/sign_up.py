"""Signing up in a minute: a name, an e-mail address or a telephone number, a password, and the code that was sent there.

Nobody exists before the code has come back: user, customer and wallet come then, in one transaction. Until then what was
typed waits in this browser's session, the password as its hash. Whether an address has an account already is told to
nobody but the one who can read what is sent to it (OWASP ASVS 5.0, 6.3.8).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import available_timezones

from allauth.decorators import rate_limit
from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from walletdesk.doors._shared.device import keep_device_cookie, sign_in_here
from walletdesk.doors._shared.form_words import in_form
from walletdesk.doors._shared.refusal_pages import Sentences, sentences
from walletdesk.doors.public_web.views.choices import safe_next
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.identity.public import (
    AddressTaken,
    mask_address,
    read_address,
    sign_up_user,
    strength_of,
    words_for,
)
from walletdesk.money.wallets.public import open_wallet
from walletdesk.service.notifications.public import post_code
from walletdesk.trust.customers.public import LONGEST_NAME, NameNotUsable, read_name, register_customer
from walletdesk.trust.verification.public import make_code, prove_code

WAITING, LIFETIME = "sign_up", timedelta(minutes=60)
_WHERE = {"sms": Words("短信", "text messages"), "email": Words("邮箱", "mailbox")}
HAS_ACCOUNT = Words("这个地址已经有账户了，请直接登录", "This address has an account already; sign in with it")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sign-up whose address is not proved yet. ``id`` binds the code to it; ``password`` is a hash."""

    id: str
    name: str
    kind: str
    address: str
    password: str
    time_zone: str
    next: str
    since: str

    @property
    def subject(self) -> str:
        return f"sign_up:{self.id}"

    @property
    def masked(self) -> str:
        return mask_address(self.kind, self.address)


class SignUpForm(forms.Form):
    name = forms.CharField(
        label=in_form("姓名", "Your name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": in_form("请填姓名", "Give your name")},
    )
    address = forms.CharField(
        label=in_form("手机号或邮箱", "Phone number or e-mail address"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false", "autocapitalize": "off"}),
        error_messages={"required": in_form("请填手机号或邮箱", "Give your number or address")},
    )
    password1 = forms.CharField(
        label=in_form("密码", "Password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "minlength": "8"}),
        error_messages={"required": in_form("请填密码", "Choose a password")},
    )
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-zone": ""}), max_length=64)

    def clean_name(self) -> str:
        name = read_name(self.cleaned_data["name"])
        if name is None:
            raise ValidationError(sentences(NameNotUsable(longest=LONGEST_NAME)).what)
        return name

    def clean_time_zone(self) -> str:
        zone = self.cleaned_data["time_zone"]
        return zone if zone in available_timezones() else ""

    def clean_address(self) -> tuple[str, str]:
        read = read_address(self.cleaned_data["address"])
        if read is None:
            raise ValidationError(
                in_form(
                    "这不像手机号，也不像邮箱，例如 138 0000 0000 或 name@example.com",
                    "Neither a number nor an address, for example +49 151 23456789 or name@example.com",
                )
            )
        return read

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        password = self.cleaned_data.get("password1")
        if password:
            self._check_password(password)
        return fields

    def _check_password(self, password: str) -> None:
        kind, address = self.cleaned_data.get("address", ("email", ""))
        somebody = get_user_model()(email=address if kind == "email" else None, phone=address)
        try:
            validate_password(password, somebody)
        except ValidationError as refused:
            self.add_error("password1", words_for(refused))
            return
        strength = strength_of(password, [self.cleaned_data.get("name", ""), address])
        if not strength.enough:
            self.add_error("password1", f"{strength.words}{in_form('。', '. ')}{strength.advice}")


@sensitive_post_parameters("password1")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@rate_limit(action="signup")
def sign_up(request: HttpRequest) -> HttpResponseBase:
    """What was typed is kept in this session, and a code is on its way; known and unknown addresses look the same."""
    if request.user.is_authenticated:
        return redirect("after_sign_in")
    form = SignUpForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        fields = {"form": form, "next": _next_of(request)}
        return render(request, "public_web/sign_up.html", fields, status=422 if form.is_bound else 200)
    kind, address = form.cleaned_data["address"]
    waiting = Waiting(
        id=str(uuid7()),
        name=form.cleaned_data["name"],
        kind=kind,
        address=address,
        password=make_password(form.cleaned_data["password1"]),
        time_zone=form.cleaned_data["time_zone"],
        next=_next_of(request),
        since=now().isoformat(),
    )
    request.session[WAITING] = asdict(waiting)
    _send_code(waiting)
    return redirect("sign_up_code")


def _next_of(request: HttpRequest) -> str:
    asked = request.POST if request.method == "POST" else request.GET
    return safe_next(request, asked.get("next", ""), "")


def _send_code(waiting: Waiting) -> None:
    with transaction.atomic():
        made = make_code("sign_up", waiting.subject, waiting.kind)
        language = translation.get_language() or "zh-hans"
        post_code(waiting.kind, waiting.address, "sign_up", made.digits, language, made.minutes)


def _waiting(request: HttpRequest) -> Waiting | None:
    kept = request.session.get(WAITING)
    return Waiting(**kept) if kept else None


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@rate_limit(action="signup")
def sign_up_code(request: HttpRequest) -> HttpResponseBase:
    """The six digits; then the wallet opens."""
    waiting = _waiting(request)
    if waiting is None or request.user.is_authenticated:
        return redirect("account_signup")
    refusal: Sentences | None = None
    status = 200
    if request.method == "POST":
        try:
            if request.POST.get("again"):
                _send_code(waiting)
                messages.success(request, str(Words("又发了一次", "Sent once more")))
                return redirect("sign_up_code")
            prove_code("sign_up", waiting.subject, request.POST.get("code", "")[:40])
            return _open(request, waiting)
        except AddressTaken:
            request.session.pop(WAITING, None)
            messages.info(request, str(HAS_ACCOUNT))
            return redirect("account_login")
        except Refusal as refused:
            refusal, status = sentences(refused), refused.status
    fields = {"waiting": waiting, "refusal": refusal, "where": _WHERE[waiting.kind]}
    return render(request, "public_web/sign_up_code.html", fields, status=status)


def _open(request: HttpRequest, waiting: Waiting) -> HttpResponseBase:
    """User, customer and wallet; this browser is the first device."""
    is_phone = waiting.kind == "sms"
    with transaction.atomic():
        user = sign_up_user(
            None if is_phone else waiting.address,
            None,
            translation.get_language() or "zh-hans",
            waiting.time_zone or "Asia/Shanghai",
            waiting.address if is_phone else None,
            hashed=waiting.password,
        )
        customer = register_customer(user.pk, waiting.name, waiting.address if is_phone else "")
        open_wallet(customer.id)
    request.session.pop(WAITING, None)
    sign_in_here(request, user.pk, "first")
    answer = redirect(waiting.next or "after_sign_in")
    keep_device_cookie(request, answer)
    return answer


@require_POST
@never_cache
@sensitive_post_parameters()
def meter(request: HttpRequest) -> HttpResponse:
    """The strength meter under the password field, asked for by htmx while typing; nothing is kept."""
    password = (request.POST.get("password1") or request.POST.get("password", ""))[:4096]
    about = [request.POST.get("name", "")[:60], request.POST.get("address", "")[:254]]
    return render(request, "public_web/meter.html", {"strength": strength_of(password, about) if password else None})
