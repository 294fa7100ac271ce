"""Signatures of Standard Webhooks 1.0.0, judged by its reference library."""

from __future__ import annotations

import base64
import time

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from walletdesk.service.webhooks.rules.signing import secret_bytes, secret_text, signature, signed_headers

BODY = '{"id":"1","object":{"note":"青禾面包 🥐"}}'.encode()


def test_the_published_example() -> None:
    """The vector of the standard's libraries."""
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    made = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_reference_library_takes_what_we_sign() -> None:
    secret = b"\x07" * 32
    headers = signed_headers([secret], "0190-an-id", int(time.time()), BODY)
    assert Webhook(secret_text(secret)).verify(BODY, headers)["object"]["note"] == "青禾面包 🥐"


def test_during_a_rotation_either_secret_verifies_and_no_other() -> None:
    new, old, other = b"\x01" * 32, b"\x02" * 32, b"\x03" * 32
    headers = signed_headers([new, old], "0190-an-id", int(time.time()), BODY)
    assert headers["webhook-signature"].count("v1,") == 2
    for secret in (new, old):
        Webhook(secret_text(secret)).verify(BODY, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret_text(other)).verify(BODY, headers)


def test_a_secret_reads_back_as_it_was_shown() -> None:
    secret = bytes(range(32))
    assert secret_text(secret).startswith("whsec_")
    assert secret_bytes(secret_text(secret)) == secret
