"""W04 and W06: what a receiver takes for ours. Forged, changed, old and replayed letters, and letters during a rotation.

The receiver is the client that we give to merchants; the reference library says the same of every letter.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from walletdesk.client import NotFromWalletdesk, read_webhook
from walletdesk.service.webhooks.rules.signing import secret_text, signed_headers

SECRET, OTHER = b"\x11" * 32, b"\x22" * 32
OURS = secret_text(SECRET)
BODY = b'{"id":"0190","type":"payment.captured","occurred_at":"2026-11-22T12:00:00Z","mode":"live","object":{"id":"7"}}'


def this_second() -> int:
    """Asked in each test: a letter that was signed when the tests were collected is old when they run."""
    return int(time.time())


def headers(**changed: str | None) -> dict[str, str]:
    made = signed_headers([SECRET], "0190", this_second(), BODY)
    for name, value in changed.items():
        key = name.replace("_", "-")
        if value is None:
            del made[key]
        else:
            made[key] = value
    return made


def signed_at(moment: int) -> dict[str, str]:
    return signed_headers([SECRET], "0190", moment, BODY)


def both_refuse(body: bytes, given: dict[str, str]) -> None:
    with pytest.raises(NotFromWalletdesk):
        read_webhook(body, given, OURS)
    with pytest.raises((WebhookVerificationError, ValueError)):
        Webhook(OURS).verify(body, given)


def test_an_honest_one_is_taken_by_both() -> None:
    assert read_webhook(BODY, headers(), OURS).id == "0190"
    assert Webhook(OURS).verify(BODY, headers())["id"] == "0190"


FORGED: dict[str, Callable[[], dict[str, str]]] = {
    "no signature": lambda: headers(webhook_signature=None),
    "no id": lambda: headers(webhook_id=None),
    "no time": lambda: headers(webhook_timestamp=None),
    "an empty signature": lambda: headers(webhook_signature=""),
    "another version": lambda: headers(webhook_signature=headers()["webhook-signature"].replace("v1,", "v2,")),
    "no version": lambda: headers(webhook_signature=headers()["webhook-signature"].removeprefix("v1,")),
    "another's key": lambda: signed_headers([OTHER], "0190", this_second(), BODY),
    "another id": lambda: headers(webhook_id="0191"),
    "another time": lambda: headers(webhook_timestamp=str(this_second() - 1)),
    "a time that is no number": lambda: headers(webhook_timestamp="now"),
    "six minutes old": lambda: signed_at(this_second() - 360),
    "six minutes ahead": lambda: signed_at(this_second() + 360),
    "a signature cut short": lambda: headers(webhook_signature=headers()["webhook-signature"][:-4]),
}


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_one_is_refused_by_both(how: str) -> None:
    both_refuse(BODY, FORGED[how]())


@pytest.mark.parametrize(
    "body", [BODY.replace(b"7", b"8"), BODY + b" ", b"", BODY.replace(b":", b": "), b"\xff" + BODY], ids=range(5)
)
def test_a_changed_body_is_refused_by_both(body: bytes) -> None:
    both_refuse(body, headers())


@pytest.mark.parametrize("seconds", [-299, 0, 299])
def test_five_minutes_are_allowed_for_clocks(seconds: int) -> None:
    now = this_second()
    assert read_webhook(BODY, signed_at(now + seconds), OURS, now=now).id == "0190"


def test_a_letter_that_comes_again_is_the_same_id_and_has_no_second_effect() -> None:
    """A replay verifies: it is our own letter. The receiver that keeps ids does nothing the second time."""
    done: dict[str, int] = {}
    for _ in range(2):
        heard = read_webhook(BODY, headers(), OURS)
        if heard.id not in done:
            done[heard.id] = 1
    assert done == {"0190": 1}


def test_during_a_rotation_either_secret_takes_it_and_afterwards_only_the_new_one() -> None:
    new = secret_text(OTHER)
    overlapping = signed_headers([OTHER, SECRET], "0190", this_second(), BODY)
    for known in (OURS, new, [OURS, new]):
        assert read_webhook(BODY, overlapping, known).id == "0190"
    after = signed_headers([OTHER], "0190", this_second(), BODY)
    assert read_webhook(BODY, after, new).id == "0190"
    with pytest.raises(NotFromWalletdesk):
        read_webhook(BODY, after, OURS)
