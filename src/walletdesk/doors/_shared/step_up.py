"""A fresh proof that it is still the owner who sits there, before an act that a thief with an open page would want.

    @customer_only
    @step_up(minutes=5)
    def change_password(request): …

Without a proof of the last minutes a visit is led to ``/step-up/`` and back; an act is led there and then to the page it
came from, where the person does it once more. What proves, and for whom, stands in ``public_web/proving.py``; the session
keeps the kind and the moment of the last proof of each kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.public import STRONG

ADDRESS = "/step-up/"
PROOFS, SIGNED_IN = "proofs", "signed_in_at"
RECOVERY, WEAK_RECOVERY = "recovery", "weak_recovery"
"""A way back that has just ended: with a strong proof among its two, or by messages and papers alone."""


def note_proof(session: MutableMapping[str, Any], kind: str, at: datetime) -> None:
    """This session's person has just proved themselves by ``kind``: passkey, totp, push, recovery_code or password_pin."""
    session[PROOFS] = {**session.get(PROOFS, {}), kind: at.isoformat()}


def _last(request: HttpRequest, kinds: Iterable[str] | None) -> datetime | None:
    proofs = request.session.get(PROOFS, {})
    moments = [datetime.fromisoformat(at) for kind, at in proofs.items() if kinds is None or kind in kinds]
    return max(moments, default=None)


def note_sign_in(session: MutableMapping[str, Any], at: datetime) -> None:
    """Somebody has just come in here. That is no second proof; it says how old this session is."""
    session[SIGNED_IN] = at.isoformat()


def signed_in_at(request: HttpRequest) -> datetime | None:
    """When this session began by a sign-in; None where that is not known: then it is an old one."""
    kept = request.session.get(SIGNED_IN)
    return datetime.fromisoformat(kept) if kept else None


def stepped_up_at(request: HttpRequest) -> datetime | None:
    """When somebody last gave a second proof in this session, by whatever counts as one for them."""
    return _last(request, None)


def firm_proof_at(request: HttpRequest) -> datetime | None:
    """The same, without a way back that messages alone opened: who reads somebody's mail and texts must not undo what was put
    there against exactly that.
    """
    return _last(request, request.session.get(PROOFS, {}).keys() - {WEAK_RECOVERY})


def other_proof_at(request: HttpRequest) -> datetime | None:
    """When they last proved themselves by what does not rest on the payment PIN: a strong proof, a recovery code, a way back."""
    return _last(request, {*STRONG, "recovery_code", RECOVERY, WEAK_RECOVERY})


def strong_proof_at(request: HttpRequest, kinds: Iterable[str] = STRONG) -> datetime | None:
    """The same, for proofs that no message and no knowledge can stand in for: passkey, authenticator app, another device."""
    return _last(request, kinds)


def is_fresh(at: datetime | None, minutes: int) -> bool:
    return at is not None and timedelta(0) <= now() - at <= timedelta(minutes=minutes)


def step_up_address(request: HttpRequest, back_to: str = "") -> str:
    """Where to prove oneself; ``back_to`` is a path of ours, by default the page that was asked for or came from."""
    return f"{ADDRESS}?{urlencode({'next': back_to or _page_of(request)})}"


def _page_of(request: HttpRequest) -> str:
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(came_from)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.path


def lead_to_step_up(request: HttpRequest, back_to: str = "") -> HttpResponse:
    """The redirect, in the form that htmx follows too."""
    address = step_up_address(request, back_to)
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer.headers["HX-Redirect"] = address
        return answer
    return redirect(address)


def step_up(minutes: int = 5, kinds: Iterable[str] | None = None) -> Callable[[Any], Any]:
    """Only with a proof of the last ``minutes``, of one of ``kinds`` when they are named. Stands inside a guard."""

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def proved(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if is_fresh(_last(request, kinds), minutes):
                return view(request, *args, **kwargs)
            return lead_to_step_up(request)

        return proved

    return decorate
