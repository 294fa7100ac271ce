"""After the right password, on a device that is not known: one more proof. Staff give it on every device.

a device that is known              no question, but for staff with a factor of their own
the first device of all             no question: there is nothing yet that could prove more
in the demo, from this machine      no question to those who set up no factor of their own
any other                           passkey, authenticator app or recovery code, another device, or a code that is sent
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.stages import LoginStage, LoginStageController
from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from walletdesk.doors._shared.device import device_token
from walletdesk.doors._shared.place import from_this_machine
from walletdesk.doors._shared.refusal_pages import sentences
from walletdesk.doors.public_web.proving import (
    PASSKEY_STATE,
    SIGN_IN,
    act,
    asked_part,
    code_part,
    origin_of_page,
    ways_for,
)
from walletdesk.doors.public_web.views.choices import safe_next
from walletdesk.doors.public_web.views.locked import account_locked
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.identity.public import (
    ask_for_passkey,
    has_devices,
    known_device,
    prove_passkey,
    strong_factors_of,
)
from walletdesk.trust.staff.public import employee_of_user
from walletdesk.trust.verification.public import sign_in_lock

ALLAUTHS_TYPES = {"passkey": "webauthn", "totp": "totp", "recovery_code": "recovery_codes"}


def asks_for_more(request: HttpRequest, user_id: UUID) -> bool:
    """The table above."""
    strong = strong_factors_of(user_id)
    if known_device(user_id, device_token(request)) is not None or not has_devices(user_id):
        return bool(strong) and (employee_of_user(user_id) is not None or not has_devices(user_id))
    return bool(strong) or not (settings.DEMO and from_this_machine(request))


class DeviceStage(LoginStage):
    key = "new_device"
    urlname = "second_factor"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        user = self.login.user
        if self.state.get("proof") or user is None or not asks_for_more(self.request, user.pk):
            return None, True
        return redirect("second_factor"), True


def _waiting(request: HttpRequest) -> Any:
    """The sign-in that waits for its second proof in this session, or None."""
    return LoginStageController.enter(request, DeviceStage.key)


def proved(request: HttpRequest, user: Any, proof: str) -> None:
    """Write down by what the person was let in: for the device, and in allauth's record of this session."""
    request.proved_by = proof  # type: ignore[attr-defined]
    record_authentication(request, user, "mfa", type=ALLAUTHS_TYPES.get(proof, proof))


@sensitive_post_parameters("code", "credential")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def second_factor(request: HttpRequest) -> HttpResponseBase:
    """The page with every way that this person has."""
    stage = _waiting(request)
    if stage is None:
        return redirect("account_login")
    user, refusal = stage.login.user, None
    lock = sign_in_lock(user.pk)
    if lock is not None:  # put there since the password was right: "not me", or the desk
        clear_login(request)
        return account_locked(request, lock)
    if request.method == "POST":
        try:
            proof = act(request, user.pk, SIGN_IN)
        except Refusal as refused:
            refusal = refused
        else:
            if not proof:
                return redirect("second_factor")
            proved(request, user, proof)
            stage.state["proof"] = proof
            return stage.exit()
    fields = {"ways": ways_for(request, user.pk, SIGN_IN), "refusal": sentences(refusal) if refusal else None}
    return render(request, "public_web/second_factor.html", fields, status=refusal.status if refusal else 200)


@require_safe
@never_cache
def second_factor_state(request: HttpRequest) -> HttpResponse:
    """What the other device has said so far, or whether the code got lost: asked by the page while it waits."""
    stage = _waiting(request)
    if stage and request.GET.get("of") == "code":
        return code_part(request, stage.login.user.pk, SIGN_IN)
    return asked_part(request, stage.login.user.pk, SIGN_IN) if stage else HttpResponse(status=204)


@sensitive_post_parameters("credential")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@rate_limit(action="login")
def passkey_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Sign in by a passkey alone: it is something one has, opened by something one knows or is. A visit answers the
    challenge as JSON; the POST brings what was signed.
    """
    if request.method != "POST":
        options, request.session[PASSKEY_STATE] = ask_for_passkey(None, origin_of_page(request))
        return JsonResponse(options)
    try:
        signed = json.loads(request.POST.get("credential", "")[:16_000])
    except ValueError:
        signed = None
    try:
        owner = prove_passkey(None, origin_of_page(request), request.session.pop(PASSKEY_STATE, None), signed)
    except Refusal as refusal:
        messages.error(request, sentences(refusal).what)
        return redirect("account_login")
    user = get_user_model().objects.get(pk=owner)
    proved(request, user, "passkey")
    state = {"stages": {DeviceStage.key: {"data": {"proof": "passkey"}}}}
    onward = safe_next(request, request.POST.get("next", ""), "") or None
    return perform_login(request, Login(user=user, state=state, redirect_url=onward))
