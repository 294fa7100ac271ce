"""Passkeys (WebAuthn level 2): a key pair that stays in the person's device; only its public half is kept here.

``origin`` is the page's own (``http://localhost:8000``); a response made for another is refused, whatever it says about
the domain. ``state`` is what the begin answered, kept by the door in the session and good for one try.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.errors import FactorWrong
from walletdesk.foundation.identity.events import FactorAdded
from walletdesk.foundation.identity.models import User
from walletdesk.foundation.outbox.public import publish

WEBAUTHN = Authenticator.Type.WEBAUTHN
_BROKEN = (ValueError, TypeError, KeyError, AttributeError, AssertionError)


def _server(origin: str) -> Fido2Server:
    host = urlsplit(origin).hostname or ""
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name="Walletdesk"), verify_origin=lambda one: one == origin)


def _credentials(user_id: UUID) -> dict[int, AttestedCredentialData]:
    rows = Authenticator.objects.filter(user_id=user_id, type=WEBAUTHN)
    return {row.pk: AttestedCredentialData(websafe_decode(row.data["credential"])) for row in rows}


def begin_passkey(user_id: UUID, origin: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """``(what the browser is given, what the door keeps)`` for a new passkey of this user."""
    user = User.objects.get(pk=user_id)
    shown = user.email or user.phone or ""
    options, state = _server(origin).register_begin(
        PublicKeyCredentialUserEntity(id=user_id.bytes, name=shown, display_name=shown),
        list(_credentials(user_id).values()),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), state


def add_passkey(user_id: UUID, origin: str, state: Mapping[str, Any] | None, response: Any, name: str) -> None:
    """Refuses: ``FactorWrong`` (another origin, an old challenge, a key without verification, one that is known).
    Publishes ``FactorAdded``.
    """
    try:
        made = _server(origin).register_complete(dict(state or {}), response)
        key = made.credential_data
        assert key is not None
    except _BROKEN as broken:
        raise FactorWrong() from broken
    kept, moment = websafe_encode(bytes(key)), now()
    handle = websafe_encode(key.credential_id)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user_id)
        if Authenticator.objects.filter(type=WEBAUTHN, data__handle=handle).exists():
            raise FactorWrong()
        data = {"name": name.strip()[:60] or "Passkey", "credential": kept, "handle": handle, "counter": made.counter}
        Authenticator.objects.create(user_id=user_id, type=WEBAUTHN, data=data, created_at=moment)
        publish(FactorAdded(user_id, "passkey", moment))


def ask_for_passkey(user_id: UUID | None, origin: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """``(what the browser is given, what the door keeps)``; without a user the browser offers what it has for this site."""
    known = list(_credentials(user_id).values()) if user_id else None
    options, state = _server(origin).authenticate_begin(known, user_verification=UserVerificationRequirement.REQUIRED)
    return dict(options), state


def prove_passkey(user_id: UUID | None, origin: str, state: Mapping[str, Any] | None, response: Any) -> UUID:
    """The user whose passkey signed this challenge. Refuses: ``FactorWrong``, also for a counter that did not grow: then
    two devices hold the same key (WebAuthn level 2, 7.2, step 21). A counter that stays 0 is one that is not kept.
    """
    try:
        parsed = AuthenticationResponse.from_dict(response)
        owner = user_id or UUID(bytes=bytes(parsed.response.user_handle or b""))
        with transaction.atomic():
            return _prove(owner, origin, dict(state or {}), parsed)
    except _BROKEN as broken:
        raise FactorWrong() from broken


def _prove(owner: UUID, origin: str, state: dict[str, Any], parsed: AuthenticationResponse) -> UUID:
    known = _credentials(owner)
    signed = _server(origin).authenticate_complete(state, list(known.values()), parsed)
    pk = next(pk for pk, one in known.items() if one.credential_id == signed.credential_id)
    row = Authenticator.objects.select_for_update().get(pk=pk)
    counter = parsed.response.authenticator_data.counter
    if (counter or row.data["counter"]) and counter <= row.data["counter"]:
        raise ValueError("the counter went back")
    row.data["counter"], row.last_used_at = counter, now()
    row.save(update_fields=["data", "last_used_at"])
    return owner
