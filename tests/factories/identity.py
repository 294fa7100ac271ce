"""Builders for signing in: a browser with its device, an authenticator app, passkeys made in software, facts that were told."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any, TypeVar
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from walletdesk.foundation.identity.public import enrol_device, enrol_totp
from walletdesk.foundation.outbox.models import Event
from walletdesk.foundation.outbox.public import Fact
from walletdesk.foundation.outbox.rules.facts import fact_from_json

PASSWORD = "correct horse battery"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
KEPT = TypeVar("KEPT", bound=Fact)


def facts_told(kind: type[KEPT]) -> list[KEPT]:
    """Every fact of this kind so far, oldest first."""
    rows = Event.objects.filter(fact=kind.fact_name).order_by("id")
    return [fact_from_json(row.fact, json.dumps(row.payload)) for row in rows]  # type: ignore[misc]


def with_totp(user: Any) -> Any:
    """An authenticator app with a secret that the test knows."""
    enrol_totp(user.id, TOTP_SECRET)
    return user


def sign_in(browser: Client, address: str, password: str = PASSWORD, **more: Any) -> Any:
    return browser.post("/sign-in/", {"login": address, "password": password}, **more)


def a_browser(place: str = "203.0.113.7", language: str = "en") -> Client:
    return Client(headers={"accept-language": language}, REMOTE_ADDR=place)


def on_a_known_device(browser: Client, user_id: UUID) -> Client:
    """The cookie of a device that this user has had for long."""
    made = enrol_device(user_id, "", "first", _known.get(user_id, ""))
    _known[user_id] = made.token
    browser.cookies[settings.DEVICE_COOKIE_NAME] = made.token
    return browser


_known: dict[UUID, str] = {}


def a_signed_in_browser(user: Any, password: str = "") -> Client:
    """By the sign-in page, on the device that this user has had for long."""
    browser = on_a_known_device(a_browser(), user.id)
    word = password or PASSWORD
    if not user.check_password(word):
        user.set_password(word)
        user.save(update_fields=["password"])
    answer = sign_in(browser, user.email or user.phone, word)
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return browser


class SoftKey:
    """A passkey in software, as a device would hold it: made for one site, signs for one page, counts its uses."""

    def __init__(self, origin: str = "http://testserver", host: str = "testserver") -> None:
        self.origin, self.host = origin, host
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.handle, self.counter, self.user_handle = os.urandom(32), 0, b""

    def _data(self, kind: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(type=kind, challenge=websafe_decode(challenge), origin=self.origin)

    def _flags(self) -> Any:
        flag = AuthenticatorData.FLAG
        return flag.UP | flag.UV

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        public = options["publicKey"]
        self.user_handle = websafe_decode(public["user"]["id"])
        key = AttestedCredentialData.create(
            Aaguid.NONE, self.handle, ES256.from_cryptography_key(self.private.public_key())
        )
        data = AuthenticatorData.create(
            hashlib.sha256(self.host.encode()).digest(),
            self._flags() | AuthenticatorData.FLAG.AT,
            self.counter,
            bytes(key),
        )
        attestation = AttestationObject.create("none", data, {})
        return self._sent(
            {
                "clientDataJSON": websafe_encode(bytes(self._data("webauthn.create", public["challenge"]))),
                "attestationObject": websafe_encode(bytes(attestation)),
            }
        )

    def sign(self, options: dict[str, Any], counter: int | None = None) -> dict[str, Any]:
        self.counter = self.counter + 1 if counter is None else counter
        data = AuthenticatorData.create(hashlib.sha256(self.host.encode()).digest(), self._flags(), self.counter)
        client = self._data("webauthn.get", options["publicKey"]["challenge"])
        signature = self.private.sign(bytes(data) + client.hash, ec.ECDSA(SHA256()))
        return self._sent(
            {
                "clientDataJSON": websafe_encode(bytes(client)),
                "authenticatorData": websafe_encode(bytes(data)),
                "signature": websafe_encode(signature),
                "userHandle": websafe_encode(self.user_handle),
            }
        )

    def _sent(self, response: dict[str, Any]) -> dict[str, Any]:
        handle = websafe_encode(self.handle)
        return {"id": handle, "rawId": handle, "type": "public-key", "response": response, "clientExtensionResults": {}}
