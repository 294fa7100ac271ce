"""The ways in which a person proves that it is them, for signing in on a new device and before a sensitive act.

    way        needs                                       counts for
    passkey    a passkey of theirs                         both
    totp       an authenticator app, or a recovery code    both
    push       another device of theirs, signed in now     both
    send/code  a verified address                          signing in only, with longer limits: others can read it
    know       password, and PIN when there is one         sensitive acts, and only of those who have none of the first
                                                           three, on a device whose limits are over

A code and a question belong to one purpose and one person; a challenge for a passkey to one page of one session.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from walletdesk.doors._shared.device import device_id_of, device_of
from walletdesk.doors._shared.place import place_of
from walletdesk.doors.public_web.demo_digits import demo_digits
from walletdesk.foundation.identity.public import (
    ApprovalView,
    FactorWrong,
    VerifiedAddress,
    approval_of_session,
    ask_devices,
    ask_for_passkey,
    asker_mark,
    can_be_asked,
    counted,
    device_name,
    factor_kinds,
    prove_passkey,
    prove_totp,
    strong_factors_of,
    use_approval,
    use_recovery_code,
    verified_addresses,
)
from walletdesk.service.notifications.public import code_failed, post_code
from walletdesk.trust.customers.public import customer_of_user, prove_pin
from walletdesk.trust.staff.public import employee_of_user
from walletdesk.trust.verification.public import make_code, prove_code

SIGN_IN, STEP_UP = "sign_in", "step_up"
PASSKEY_STATE, SENT = "passkey_state", "code_sent"


@dataclass(frozen=True, slots=True)
class Ways:
    """What the page offers. ``passkey``: the challenge as JSON, or empty; ``sent``: where a code is on its way;
    ``wait_until`` is set when this device must wait because it can prove nothing yet.
    """

    passkey: str
    typed: frozenset[str]
    push: bool
    asked: ApprovalView | None
    addresses: tuple[VerifiedAddress, ...]
    sent: VerifiedAddress | None
    failed: bool
    know: bool
    pin: bool
    wait_until: Any
    demo_digits: str


def origin_of_page(request: HttpRequest) -> str:
    """``https://wallet.example``: a passkey signs for exactly this."""
    return f"{request.scheme}://{request.get_host()}"


def ways_for(request: HttpRequest, user_id: UUID, purpose: str) -> Ways:
    kinds, strong = factor_kinds(user_id), strong_factors_of(user_id)
    passkey = ""
    if "passkey" in kinds:
        options, request.session[PASSKEY_STATE] = ask_for_passkey(user_id, origin_of_page(request))
        passkey = json.dumps(options)
    push = can_be_asked(user_id, device_id_of(request))
    staff_with_factor = bool(strong) and employee_of_user(user_id) is not None
    addresses = verified_addresses(user_id) if purpose == SIGN_IN and not staff_with_factor else ()
    here = device_of(request) if purpose == STEP_UP else None
    limited = here is not None and here.limits_until is not None
    know = purpose == STEP_UP and not strong and not limited
    customer = customer_of_user(user_id) if know else None
    return Ways(
        passkey=passkey,
        typed=kinds & {"totp", "recovery_code"},
        push=push and not staff_with_factor,
        asked=_asked(request, user_id, purpose),
        addresses=addresses,
        sent=(going := _sent_to(request, addresses, purpose)),
        failed=going is not None and code_failed(going.kind, going.value, purpose),
        know=know,
        pin=customer is not None and customer.has_pin,
        wait_until=here.limits_until if here and limited and not kinds else None,
        demo_digits=demo_digits(_email_of(user_id)) if "totp" in kinds else "",
    )


def _sent_to(request: HttpRequest, addresses: tuple[VerifiedAddress, ...], purpose: str) -> VerifiedAddress | None:
    sent = request.session.get(SENT, {})
    return next((one for one in addresses if sent.get(purpose) == one.kind), None)


def code_part(request: HttpRequest, user_id: UUID, purpose: str) -> HttpResponse:
    """The part of the page that waits for a code: nothing while it may still come, another way when it did not."""
    addresses = _addresses(user_id, purpose)
    going = _sent_to(request, addresses, purpose)
    failed = going is not None and code_failed(going.kind, going.value, purpose)
    return render(request, "public_web/code_lost.html", {"sent": going, "failed": failed, "addresses": addresses})


def _email_of(user_id: UUID) -> str:
    return (settings.DEMO and get_user_model().objects.values_list("email", flat=True).get(pk=user_id)) or ""


def _asked(request: HttpRequest, user_id: UUID, purpose: str) -> ApprovalView | None:
    found = approval_of_session(user_id, asker_mark(request.session.session_key or ""), purpose)
    return found if found and found.state in ("open", "approved") else None


def asked_part(request: HttpRequest, user_id: UUID, purpose: str) -> HttpResponse:
    """The part of the page that waits for the other device."""
    key = asker_mark(request.session.session_key or "")
    fields = {"asked": approval_of_session(user_id, key, purpose), "purpose": purpose}
    return render(request, "public_web/asked.html", fields)


def act(request: HttpRequest, user_id: UUID, purpose: str) -> str:
    """What the form asked for: the kind of proof when one was given, empty when something was only set going.

    Refuses what the ways refuse: ``FactorWrong``, ``FactorLocked``, ``NoOtherDevice``, ``AskedTooOften``,
    ``TooManyCodes``, ``CodeRunOut``, ``CodeWrong``, and what the PIN refuses.
    """
    way = request.POST.get("way", "")
    offered = _ACTS.get(way)
    if offered is None:
        raise FactorWrong()
    return offered(request, user_id, purpose)


def _by_passkey(request: HttpRequest, user_id: UUID, purpose: str) -> str:
    try:
        signed = json.loads(request.POST.get("credential", "")[:16_000])
    except ValueError as broken:
        raise FactorWrong() from broken
    prove_passkey(user_id, origin_of_page(request), request.session.pop(PASSKEY_STATE, None), signed)
    return "passkey"


def _by_typing(request: HttpRequest, user_id: UUID, purpose: str) -> str:
    """Six digits are of the app, anything longer is a recovery code."""
    typed = "".join(request.POST.get("code", "")[:40].split())
    is_app = len(typed) <= 6
    if not (prove_totp if is_app else use_recovery_code)(user_id, typed):
        raise FactorWrong()
    return "totp" if is_app else "recovery_code"


def _ask_others(request: HttpRequest, user_id: UUID, purpose: str) -> str:
    name = device_name(request.headers.get("User-Agent", ""))
    if request.session.session_key is None:
        request.session.save()
    key = request.session.session_key or ""
    ask_devices(user_id, key, purpose, name, place_of(request), device_id_of(request))
    return ""


def _by_other_device(request: HttpRequest, user_id: UUID, purpose: str) -> str:
    return "push" if use_approval(user_id, request.session.session_key or "", purpose) else ""


def _send(request: HttpRequest, user_id: UUID, purpose: str) -> str:
    to = next((one for one in _addresses(user_id, purpose) if one.kind == request.POST.get("to")), None)
    if to is None:
        raise FactorWrong()
    with transaction.atomic():
        made = make_code(purpose, f"user:{user_id}", to.kind)
        post_code(to.kind, to.value, purpose, made.digits, translation.get_language() or "zh-hans", made.minutes)
    request.session[SENT] = {purpose: to.kind}
    return ""


def _by_code(request: HttpRequest, user_id: UUID, purpose: str) -> str:
    if not _addresses(user_id, purpose):
        raise FactorWrong()
    proof = prove_code(purpose, f"user:{user_id}", request.POST.get("code", "")[:40])
    request.session.pop(SENT, None)
    return proof.channel


def _addresses(user_id: UUID, purpose: str) -> tuple[VerifiedAddress, ...]:
    if purpose != SIGN_IN or (strong_factors_of(user_id) and employee_of_user(user_id) is not None):
        return ()
    return verified_addresses(user_id)


def _by_knowing(request: HttpRequest, user_id: UUID, purpose: str) -> str:
    """Password first, then PIN: each counts its own wrong tries."""
    here = device_of(request)
    if purpose != STEP_UP or strong_factors_of(user_id) or (here is not None and here.limits_until is not None):
        raise FactorWrong()
    if not password_is(request, user_id, request.POST.get("password", "")):
        raise FactorWrong()
    customer = customer_of_user(user_id)
    if customer is not None and customer.has_pin:
        prove_pin(customer.id, request.POST.get("pin", ""))
    return "password_pin"


def password_is(request: HttpRequest, user_id: UUID, typed: str) -> bool:
    """Whether this is the password; wrong ones are counted with those of the second factors."""
    user: Any = get_user_model().objects.get(pk=user_id)
    return counted(user_id, lambda _: user.check_password(typed[:4096]))


_ACTS = {
    "passkey": _by_passkey,
    "typed": _by_typing,
    "ask": _ask_others,
    "push": _by_other_device,
    "send": _send,
    "code": _by_code,
    "know": _by_knowing,
}
