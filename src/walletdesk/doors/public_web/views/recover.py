"""The way back into an account, without a sign-in and without JavaScript.

A name, then two proofs of different kinds, then a new password. Which name exists is never said: a name that is nobody's
gets the same pages, words and statuses. No secret ever stands in an address.
"""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from walletdesk.doors._shared.device import device_token, keep_device_cookie, sign_in_here
from walletdesk.doors._shared.form_words import in_form
from walletdesk.doors._shared.refusal_pages import Sentences, sentences
from walletdesk.doors._shared.step_up import RECOVERY, WEAK_RECOVERY, note_proof
from walletdesk.doors.public_web.proof_ways import ways
from walletdesk.doors.public_web.proving import PASSKEY_STATE, origin_of_page
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.identity.public import (
    FactorWrong,
    addresses_to_tell,
    ask_for_passkey,
    factor_kinds,
    prove_passkey,
)
from walletdesk.service.cases.public import ask_for_code, ask_for_help
from walletdesk.trust.customers.public import customers
from walletdesk.trust.staff.public import employee_of_user
from walletdesk.trust.verification.public import (
    NotEnoughProofs,
    RecoveryOver,
    RecoveryView,
    TooManyCodes,
    begin_recovery,
    check_recovery,
    finish_recovery,
    open_reset,
    papers_of_case,
    prove_by_code,
    prove_by_factor,
    prove_by_passkey,
    recovery,
    wait_before_code,
)

KEPT, SENT, DONE = "way_back", "way_back_sent", "way_back_done"


class NameForm(forms.Form):
    name = forms.CharField(
        label=in_form("邮箱或手机号", "E-mail address or phone number"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false", "autocapitalize": "off"}),
        error_messages={"required": in_form("请填您登录用的邮箱或手机号", "Give the address that you sign in with")},
    )


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=in_form("新密码", "New password"),
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "minlength": "8"}),
        help_text=in_form("至少 8 位，15 位以上最好", "At least 8 characters, 15 or more are best"),
        error_messages={"required": in_form("请填新密码", "Choose a password")},
    )
    lost = forms.BooleanField(
        required=False,
        label=in_form("我的验证器或通行密钥丢了，请一起去掉", "My authenticator or passkey is lost; remove it"),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Who are you? Any answer leads on."""
    form = NameForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "public_web/recover.html", {"form": form}, status=422 if form.is_bound else 200)
    language = translation.get_language() or "zh-hans"
    way = begin_recovery("page", form.cleaned_data["name"], language)
    request.session.cycle_key()
    request.session[KEPT], request.session[SENT] = str(way.id), {}
    request.session.pop(DONE, None)
    return redirect("recover_prove")


@sensitive_post_parameters("typed")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """Two proofs, in whatever order; each is a small form of its own."""
    way = way_of(request)
    if way is None:
        return begun_anew(request)
    if request.method != "POST":
        return redirect("recover_password") if way.may_finish else _prove_page(request, way)
    act = request.POST.get("act", "")
    try:
        after = _done(request, way, act, request.POST.get("typed", "")[:80])
    except RecoveryOver:
        return begun_anew(request)
    except Refusal as refusal:
        return _prove_page(request, recovery(way.id) or way, act, refusal)
    return redirect("recover_password" if after.may_finish else "recover_prove")


def _done(request: HttpRequest, way: RecoveryView, act: str, typed: str) -> RecoveryView:
    """One act of the page; the way back as it stands afterwards."""
    match act.split(":"):
        case ["send", ("email" | "sms") as channel]:
            _not_too_often(request, channel)
            ask_for_code(way.id, channel)
            return way
        case ["code", ("email" | "sms") as channel]:
            return prove_by_code(way.id, channel, typed)
        case ["factor", ("totp" | "recovery_code") as kind]:
            return prove_by_factor(way.id, kind, typed)
        case ["reset"]:
            opened = open_reset(way.id, typed)
            request.session[KEPT] = str(opened.id)
            return opened
    return way


@sensitive_post_parameters("credential")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request: HttpRequest) -> HttpResponse:
    """A passkey as one of the two proofs. A visit answers the challenge as JSON, the same for every name: the browser offers
    what it has for this site. The POST brings what was signed.
    """
    way = way_of(request)
    if way is None:
        return begun_anew(request)
    if request.method != "POST":
        options, request.session[PASSKEY_STATE] = ask_for_passkey(None, origin_of_page(request))
        return JsonResponse(options)
    try:
        after = prove_by_passkey(way.id, _owner_of_signed(request))
    except RecoveryOver:
        return begun_anew(request)
    except Refusal as refusal:
        return _prove_page(request, recovery(way.id) or way, "passkey", refusal)
    return redirect("recover_password" if after.may_finish else "recover_prove")


def _owner_of_signed(request: HttpRequest) -> UUID | None:
    """Whose passkey signed the challenge; None where nobody's did."""
    try:
        signed = json.loads(request.POST.get("credential", "")[:16_000])
        return prove_passkey(None, origin_of_page(request), request.session.pop(PASSKEY_STATE, None), signed)
    except (ValueError, FactorWrong):
        return None


def _not_too_often(request: HttpRequest, channel: str) -> None:
    """Three codes in ten minutes by one way, counted in this browser: the same for names of nobody.

    Refuses: ``TooManyCodes``. The room counts once more, in silence, for the matter itself.
    """
    asked: dict[str, list[str]] = request.session.get(SENT) or {}
    before = [datetime.fromisoformat(one) for one in asked.get(channel, [])]
    if wait := wait_before_code(before, now()):
        raise TooManyCodes(retry_after=wait)
    request.session[SENT] = asked | {channel: [*asked.get(channel, [])[-5:], now().isoformat()]}


def _prove_page(request: HttpRequest, way: RecoveryView, act: str = "", refusal: Refusal | None = None) -> HttpResponse:
    said = sentences(refusal) if refusal else None
    fields = {
        "way": way,
        "ways": ways(way, request.session.get(SENT) or {}, act, said),
        "first": bool(way.kinds),
        "papers": papers_of_case(way.case_id) if way.case_id and way.kinds else None,
        "asked": bool(request.session.get("way_back_asked")),
    }
    response = render(request, "public_web/recover_prove.html", fields, status=said.status if said else 200)
    if refusal is not None and "retry_after" in refusal.fields:
        response.headers["Retry-After"] = str(refusal.fields["retry_after"])
    return response


@never_cache
@require_POST
def person(request: HttpRequest) -> HttpResponse:
    """Ask the desk to help. For a name that is nobody's nothing happens, and the page says the same."""
    way = way_of(request)
    if way is None:
        return begun_anew(request)
    ask_for_help(way.id)
    request.session["way_back_asked"] = True
    return redirect("recover_prove")


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """The new password; afterwards they are signed in, and everybody else is signed out."""
    way = way_of(request)
    if way is None:
        return begun_anew(request)
    try:
        check_recovery(way.id)
    except NotEnoughProofs:
        return redirect("recover_prove")
    except RecoveryOver:
        return begun_anew(request)
    except Refusal as refusal:
        return _stays(request, way, sentences(refusal))
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            done = finish_recovery(
                way.id,
                form.cleaned_data["password"],
                lost_factors=form.cleaned_data["lost"],
                device_token=device_token(request),
            )
        except Refusal as refusal:
            said = sentences(refusal)
            form.add_error("password", f"{said.what}{in_form('。', '. ')}{said.next}")
        else:
            return _signed_in(request, done)
    fields = {"form": form, "way": way, "has_factors": _may_lose_factors(way)}
    return render(request, "public_web/recover_password.html", fields, status=422 if form.is_bound else 200)


def _may_lose_factors(way: RecoveryView) -> bool:
    """Whether there are second factors that were not used as a proof; an employee's are taken away by administrators only."""
    person = customers([way.customer_id]).get(way.customer_id) if way.customer_id else None
    if person is None or employee_of_user(person.user_id) is not None:
        return False
    return bool(factor_kinds(person.user_id) - set(way.kinds))


def _stays(request: HttpRequest, way: RecoveryView, said: Sentences) -> HttpResponse:
    fields = {"way": way, "refusal": said, "papers": papers_of_case(way.case_id) if way.case_id else None}
    return render(request, "public_web/recover_stays.html", fields, status=said.status)


def _signed_in(request: HttpRequest, done: RecoveryView) -> HttpResponse:
    assert done.customer_id is not None
    person = customers([done.customer_id])[done.customer_id]
    sign_in_here(request, person.user_id, "recovery")
    # Two proofs a moment ago: a second factor can be added at once.
    note_proof(request.session, WEAK_RECOVERY if done.hold_until else RECOVERY, now())
    for kept in (KEPT, SENT, "way_back_asked"):
        request.session.pop(kept, None)
    request.session[DONE] = str(done.id)
    response = redirect("recover_done")
    keep_device_cookie(request, response)
    return response


@never_cache
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """What was done and what is left to do, for whoever just came back, in that very session."""
    finished = _kept(request, DONE)
    if finished is None or finished.customer_id is None or not request.user.is_authenticated:
        return redirect("recover")
    person = customers([finished.customer_id])[finished.customer_id]
    if person.user_id != request.user.pk:
        return redirect("recover")
    fields = {
        "way": finished,
        "told": addresses_to_tell(person.user_id),
        "factors": factor_kinds(person.user_id),
    }
    return render(request, "public_web/recover_done.html", fields)


def way_of(request: HttpRequest) -> RecoveryView | None:
    """The way back that was begun in this browser, while it is open."""
    found = _kept(request, KEPT)
    return found if found is not None and found.is_open else None


def _kept(request: HttpRequest, key: str) -> RecoveryView | None:
    text = request.session.get(key)
    return recovery(UUID(text)) if text else None


def begun_anew(request: HttpRequest) -> HttpResponse:
    """Nothing was begun here, or it is over: begin, with a word about it."""
    said = sentences(RecoveryOver()) if request.session.get(KEPT) else None
    request.session.pop(KEPT, None)
    return render(
        request, "public_web/recover.html", {"form": NameForm(), "refusal": said}, status=said.status if said else 200
    )
