"""The small laws of signing in, as tables: addresses, names of devices, limits of new ones, tries, questions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from walletdesk.foundation.identity.rules.addresses import mask_address, read_address
from walletdesk.foundation.identity.rules.device_names import device_name
from walletdesk.foundation.identity.rules.new_devices import PROOFS, limited_until
from walletdesk.foundation.identity.rules.push import answer_to, may_ask
from walletdesk.foundation.identity.rules.tries import Tries, after_try

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Lin@Example.COM", ("email", "lin@example.com")),
        ("  lin@example.com ", ("email", "lin@example.com")),
        ("138 0000 2046", ("sms", "+8613800002046")),
        ("+8613800002046", ("sms", "+8613800002046")),
        ("+49 151 23456789", ("sms", "+4915123456789")),
        ("lin", None),
        ("lin@nowhere", None),
        ("@example.com", None),
        ("12", None),
        ("", None),
        ("x" * 300 + "@example.com", None),
    ],
)
def test_one_address_has_one_form(typed: str, kept: tuple[str, str] | None) -> None:
    assert read_address(typed) == kept


def test_an_address_is_shown_so_that_only_its_owner_knows_it() -> None:
    assert mask_address("email", "lin@example.com") == "l***@example.com"
    assert mask_address("sms", "+8613800002046") == "138****2046"
    assert mask_address("sms", "+12025550123") == "+12*****0123"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131 Mobile Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/131 Safari/537.36 Edg/131", "Edge · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
        ("Mozilla/5.0 (Linux; Android 13) Chrome/110 MicroMessenger/8.0", "WeChat · Android"),
        ("<script>alert(1)</script>", "Browser"),
        ("", "Browser"),
    ],
)
def test_a_device_has_a_name_that_its_owner_recognises(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name


@pytest.mark.parametrize(
    ("proof", "hours"),
    [("passkey", 12), ("totp", 12), ("push", 12), ("recovery_code", 12), ("sms", 24), ("email", 24), ("recovery", 24)],
)
def test_a_new_device_may_do_less_for_twelve_hours_or_twentyfour(proof: str, hours: int) -> None:
    figures = {"at": AT, "cooling": 43_200, "weak_cooling": 86_400}
    assert limited_until(proof, first=False, **figures) == AT + timedelta(hours=hours)  # type: ignore[arg-type]


def test_the_first_device_of_all_has_no_limits() -> None:
    for proof in PROOFS:
        assert limited_until(proof, first=True, at=AT, cooling=43_200, weak_cooling=86_400) is None


def test_the_last_wrong_try_begins_the_rest_itself() -> None:
    tries = Tries()
    for wrong in range(1, 6):
        tries = after_try(tries, right=False, at=AT, allowed=5, rest_seconds=900)
        assert tries.wrong == wrong
        assert tries.rests(AT) is (wrong == 5)
    assert not tries.rests(AT + timedelta(seconds=900))
    after = after_try(tries, right=False, at=AT + timedelta(seconds=901), allowed=5, rest_seconds=900)
    assert (after.wrong, after.locked_until) == (1, None), "a rest gives a fresh set"
    assert after_try(after, right=True, at=AT, allowed=5, rest_seconds=900) == Tries()


def test_three_questions_in_ten_minutes() -> None:
    asked = [AT - timedelta(minutes=9), AT - timedelta(minutes=5), AT - timedelta(minutes=1)]
    law = {"most": 3, "window_seconds": 600}
    assert not may_ask(asked, AT, **law)
    assert may_ask(asked[1:], AT, **law)
    assert may_ask(asked, AT + timedelta(minutes=1), **law), "the oldest has left the window"


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("47", "approved"), (" 47 ", "approved"), ("74", "denied"), ("", "denied"), ("４７", "denied"), ("yes", "denied")],
)
def test_a_yes_is_the_number_of_the_other_screen(typed: str, answer: str) -> None:
    assert answer_to(47, typed) == answer
