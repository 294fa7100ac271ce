"""Signing up in a minute: a name, an address, a password; the user, the customer and the wallet come in one transaction."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import SignupForm
from allauth.account.views import SignupView
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from walletdesk.doors._shared.form_words import in_form
from walletdesk.doors._shared.refusal_pages import sentences
from walletdesk.doors.public_web.password_strength import strength_of
from walletdesk.doors.public_web.sign_in import ADDRESS_TAKEN
from walletdesk.foundation.errors import Refusal
from walletdesk.money.wallets.public import open_wallet
from walletdesk.trust.customers.public import register_customer


class SignUpForm(SignupForm):
    name = forms.CharField(
        label=in_form("姓名", "Your name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": in_form("请填姓名", "Give your name")},
    )
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-zone": ""}), max_length=64)
    field_order = ["name", "email", "password1", "time_zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email, password = self.fields["email"], self.fields["password1"]
        email.label = in_form("邮箱", "E-mail address")
        email.widget.attrs = {"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}
        email.error_messages |= {
            "required": in_form("请填邮箱", "Give your e-mail address"),
            "invalid": in_form(
                "这不像一个邮箱地址，例如 name@example.com", "Not an address, for example name@example.com"
            ),
        }
        password.label = in_form("密码", "Password")
        password.help_text = ""
        password.widget.attrs = {"autocomplete": "new-password", "minlength": "8"}
        password.error_messages |= {"required": in_form("请填密码", "Choose a password")}

    def clean_time_zone(self) -> str:
        zone = self.cleaned_data["time_zone"]
        return zone if zone in available_timezones() else ""

    def clean(self) -> dict[str, Any]:
        fields = super().clean()
        password = self.cleaned_data.get("password1")
        if password and "password1" not in self.errors:
            self._check_password(password)
        return fields

    def _check_password(self, password: str) -> None:
        about = [self.cleaned_data.get("name", ""), self.cleaned_data.get("email", "")]
        strength = strength_of(password, about)
        if not strength.enough:
            self.add_error("password1", f"{strength.words}{in_form('。', '. ')}{strength.advice}")

    def save(self, request: HttpRequest) -> Any:
        with transaction.atomic():
            user = super().save(request)
            customer = register_customer(user.pk, self.cleaned_data["name"])
            open_wallet(customer.id)
        return user

    def signup(self, request: HttpRequest, user: Any) -> None:
        """What allauth calls with the new user: the reader's language and time zone."""
        user.language = translation.get_language() or user.language
        user.time_zone = self.cleaned_data["time_zone"] or user.time_zone
        user.save(update_fields=["language", "time_zone"])


class SignUp(SignupView):
    form_class = SignUpForm
    template_name = "public_web/sign_up.html"

    def form_valid(self, form: SignUpForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Refusal as refusal:
            form.add_error("name", sentences(refusal).what)
        except IntegrityError:  # the same address a moment ago, in another window
            form.add_error("email", str(ADDRESS_TAKEN))
        return self.form_invalid(form)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


@require_POST
@never_cache
@sensitive_post_parameters()
def meter(request: HttpRequest) -> HttpResponse:
    """The strength meter under the password field, asked for by htmx while typing; nothing is kept."""
    password = request.POST.get("password1", "")[:4096]
    about = [request.POST.get("name", "")[:60], request.POST.get("email", "")[:254]]
    return render(request, "public_web/meter.html", {"strength": strength_of(password, about) if password else None})
