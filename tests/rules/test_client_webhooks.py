"""W04, the receiver's side: what the client takes for a webhook of ours, and what it does not. Signed by the reference library."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from standardwebhooks.webhooks import Webhook

from walletdesk.client import NotFromWalletdesk, check_webhook, read_webhook

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
BODY = (
    b'{"id":"01a4","type":"payment.captured","occurred_at":"2026-11-22T08:00:00Z","mode":"test",'
    b'"object":{"id":"p-1","amount":{"minor":3800,"asset":"XTS"}}}'
)


def signed(body: bytes = BODY, secret: str = SECRET, at: datetime = NOW, webhook_id: str = "01a4") -> dict[str, str]:
    return {
        "Webhook-Id": webhook_id,
        "Webhook-Timestamp": str(int(at.timestamp())),
        "Webhook-Signature": Webhook(secret).sign(webhook_id, at, body.decode()),
    }


def read(headers: dict[str, str], body: bytes = BODY, seconds: float = 0, secrets: object = SECRET) -> str:
    return read_webhook(body, headers, secrets, now=NOW.timestamp() + seconds).type  # type: ignore[arg-type]


def test_signed_by_the_reference_library_it_is_read() -> None:
    event = read_webhook(BODY, signed(), SECRET, now=NOW.timestamp())
    assert (event.id, event.type, event.mode, event.occurred_at) == ("01a4", "payment.captured", "test", NOW)
    assert event.object["amount"] == {"minor": 3800, "asset": "XTS"}


@pytest.mark.parametrize("missing", ["Webhook-Id", "Webhook-Timestamp", "Webhook-Signature"])
def test_without_one_of_the_three_headers_it_is_refused(missing: str) -> None:
    with pytest.raises(NotFromWalletdesk, match="missing"):
        read({name: value for name, value in signed().items() if name != missing})


def test_a_changed_body_time_or_id_is_refused() -> None:
    headers = signed()
    changed = [
        (headers, BODY.replace(b"3800", b"3900")),
        (headers | {"Webhook-Id": "01a5"}, BODY),
        (headers | {"Webhook-Timestamp": str(int(NOW.timestamp()) + 1)}, BODY),
        (headers, BODY + b" "),
    ]
    for given, body in changed:
        with pytest.raises(NotFromWalletdesk, match="no signature"):
            read(given, body)


def test_another_secret_is_refused() -> None:
    with pytest.raises(NotFromWalletdesk, match="no signature"):
        read(signed(secret=OTHER))


@pytest.mark.parametrize("seconds", [-360, -301, 301, 360])
def test_five_minutes_old_or_ahead_is_the_most(seconds: int) -> None:
    with pytest.raises(NotFromWalletdesk, match="clock"):
        read(signed(), seconds=seconds)
    assert read(signed(), seconds=300 if seconds > 0 else -300)


@pytest.mark.parametrize("stamp", ["", "now", "1e9", "-1", "１７", "9" * 400])
def test_a_time_that_is_none_is_refused(stamp: str) -> None:
    with pytest.raises(NotFromWalletdesk):
        read(signed() | {"Webhook-Timestamp": stamp})


def test_while_a_secret_is_rotated_either_will_do() -> None:
    """The sender signs with both for a day; the receiver may hold the old one, the new one, or both."""
    both = signed()["Webhook-Signature"] + " " + signed(secret=OTHER)["Webhook-Signature"]
    headers = signed() | {"Webhook-Signature": both}
    for secrets in (SECRET, OTHER, [OTHER, SECRET]):
        assert read(headers, secrets=secrets)
    assert read(signed(), secrets=[OTHER, SECRET])


def test_signatures_of_other_kinds_are_passed_over() -> None:
    headers = signed()
    assert read(headers | {"Webhook-Signature": "v1a,Zm9v " + headers["Webhook-Signature"]})
    with pytest.raises(NotFromWalletdesk):
        read(headers | {"Webhook-Signature": headers["Webhook-Signature"].replace("v1,", "v2,")})
    with pytest.raises(NotFromWalletdesk):
        read(headers | {"Webhook-Signature": "v1, v1,é v1," + "A" * 10_000})


def test_signed_but_no_event_is_refused_too() -> None:
    assert check_webhook(b"[]", signed(b"[]"), SECRET, now=NOW.timestamp()) == "01a4"
    with pytest.raises(NotFromWalletdesk, match="no event"):
        read(signed(b"[]"), b"[]")


@pytest.mark.parametrize(
    "secret", ["", "whsec_", "whsec_short", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_not base64 !!"]
)
def test_a_secret_that_is_none_is_the_receivers_own_mistake(secret: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        read(signed(), secrets=secret)
