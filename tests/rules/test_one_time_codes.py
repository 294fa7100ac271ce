"""HOTP and TOTP as published (RFC 4226, appendix D; RFC 6238, appendix B), and the window in which a code is good."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest

from walletdesk.foundation.identity.rules.one_time_codes import hotp, matching_step, step_of, totp_now

SECRET = b"12345678901234567890"
BASE32 = base64.b32encode(SECRET).decode()
RFC_4226 = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]


def test_hotp_is_that_of_rfc_4226() -> None:
    assert [hotp(SECRET, counter) for counter in range(10)] == RFC_4226


@pytest.mark.parametrize(
    ("seconds", "digits"),
    [
        (59, "94287082"),
        (1_111_111_109, "07081804"),
        (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ],
)
def test_totp_is_that_of_rfc_6238(seconds: int, digits: str) -> None:
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    assert hotp(SECRET, step_of(at), digits=8) == digits
    assert totp_now(BASE32, at) == digits[-6:]


AT = datetime(2026, 11, 22, 9, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "good"), [(-61, False), (-30, True), (0, True), (30, True), (61, False)])
def test_a_code_is_good_for_its_own_half_minute_and_one_on_either_side(seconds: int, good: bool) -> None:
    shown = totp_now(BASE32, AT + timedelta(seconds=seconds))
    assert (matching_step(BASE32, shown, AT, -1) is not None) is good


def test_a_code_is_good_once() -> None:
    shown = totp_now(BASE32, AT)
    step = matching_step(BASE32, shown, AT, -1)
    assert step == step_of(AT)
    assert matching_step(BASE32, shown, AT, step) is None
    before = totp_now(BASE32, AT - timedelta(seconds=30))
    assert matching_step(BASE32, before, AT, step) is None, "nor an older one after it"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "287 08"])
def test_what_is_not_six_digits_is_no_code(typed: str) -> None:
    assert matching_step(BASE32, typed, AT, -1) is None


def test_spaces_and_small_letters_do_not_matter() -> None:
    shown = totp_now(BASE32.lower(), AT)
    assert matching_step(BASE32, f" {shown[:3]} {shown[3:]} ", AT, -1) == step_of(AT)
