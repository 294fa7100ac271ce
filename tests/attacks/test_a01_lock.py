"""A01, small: five wrong passwords close one address from one place, for half an hour, with a way to a person."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.core.cache import caches
from django.db.models import F
from django.test import Client

from tests.factories.foundation import a_user
from tests.factories.wallet_phone import text_of
from walletdesk.trust.official_contacts.public import contacts

pytestmark = pytest.mark.django_db
EMAIL, NOBODYS, PASSWORD = "lin@example.com", "who@example.com", "correct horse battery"
HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def lin() -> Any:
    caches["default"].clear()
    return a_user(EMAIL, PASSWORD)


def tries(password: str, email: str = EMAIL, place: str = HERE, **headers: str) -> Any:
    """A new browser each time: a cookie that is thrown away helps nobody."""
    browser = Client(headers={"accept-language": "en", **headers}, REMOTE_ADDR=place)
    return browser.post("/sign-in/", {"login": email, "password": password})


def after_five(email: str = EMAIL) -> Any:
    for number in range(5):
        answer = tries(f"wrong-{number}", email)
    return answer


def test_a01_the_fifth_wrong_password_locks_and_the_right_one_does_not_open() -> None:
    assert [tries(f"wrong-{number}").status_code for number in range(4)] == [422] * 4
    assert tries("wrong-4").status_code == 429
    locked = tries(PASSWORD)
    assert locked.status_code == 429
    assert "sessionid" not in locked.cookies and int(locked.headers["Retry-After"]) > 0


def test_a01_the_page_of_the_lock_shows_the_official_contact_and_that_money_is_safe() -> None:
    page = text_of(after_five())
    hotline = next(entry for entry in contacts().entries if entry.channel == "phone")
    assert hotline.shown in page
    assert "Your money is safe" in page


@pytest.mark.parametrize(
    "forged",
    [
        {"x-forwarded-for": "10.0.0.{n}"},
        {"x-forwarded-for": "10.0.0.{n}, 10.1.1.1"},
        {"x-real-ip": "10.0.0.{n}"},
        {"forwarded": "for=10.0.0.{n}"},
        {"client-ip": "10.0.0.{n}", "x-client-ip": "10.0.0.{n}", "x-cluster-client-ip": "10.0.0.{n}"},
        {"cf-connecting-ip": "10.0.0.{n}", "true-client-ip": "10.0.0.{n}"},
    ],
    ids=lambda forged: next(iter(forged)),
)
def test_a01_a_forged_place_does_not_help(forged: dict[str, str]) -> None:
    for n in range(5):
        tries(f"wrong-{n}", **{name: value.format(n=n) for name, value in forged.items()})
    again = {name: value.format(n=99) for name, value in forged.items()}
    assert tries(PASSWORD, **again).status_code == 429
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {HERE}


def test_a01_nor_another_way_to_write_the_address() -> None:
    for number, written in enumerate(("lin@example.com", "Lin@Example.com", "LIN@EXAMPLE.COM", "lin@EXAMPLE.com")):
        tries(f"wrong-{number}", written)
    tries("wrong-4", "lIN@example.com")
    assert tries(PASSWORD).status_code == 429


def test_a01_the_owner_signs_in_from_elsewhere_all_the_same() -> None:
    after_five()
    assert tries(PASSWORD, place=ELSEWHERE).status_code == 302


def test_a01_the_lock_opens_by_itself() -> None:
    after_five()
    assert tries(PASSWORD).status_code == 429
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=31))
    assert tries(PASSWORD).status_code == 302


def said(answer: Any, email: str) -> tuple[int, str]:
    """A page as it is read, without the address that was typed, the time and the form's token."""
    text = text_of(answer).replace(email, "…")
    return answer.status_code, re.sub(r"\d{1,2}:\d{2}", "…", text)


def test_a01_a_known_and_an_unknown_address_get_the_same_words_at_every_step() -> None:
    for number in range(7):
        known, unknown = tries(f"wrong-{number}"), tries(f"wrong-{number}", NOBODYS)
        assert said(known, EMAIL) == said(unknown, NOBODYS), f"try {number + 1}"
        assert set(known.headers) == set(unknown.headers)


def test_a01_who_was_let_go_does_not_come_in() -> None:
    left = a_user("left@example.com", PASSWORD, is_active=False)
    browser = Client(REMOTE_ADDR=HERE)
    browser.post("/sign-in/", {"login": left.email, "password": PASSWORD})
    assert browser.get("/wallet/").headers["Location"].startswith("/sign-in/")
    assert browser.get("/after-sign-in/").headers["Location"].startswith("/sign-in/")
