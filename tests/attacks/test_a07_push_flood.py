"""A07: whoever knows the password asks and asks, until the owner taps yes. Three times in ten minutes, and yes is a number."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from tests.databases import FreshDatabase
from tests.factories.foundation import a_user
from tests.factories.identity import PASSWORD, a_browser, a_signed_in_browser, facts_told, sign_in
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.identity.models import Approval, Device
from walletdesk.foundation.identity.public import (
    ApprovalClosed,
    SignInAsked,
    SignInDenied,
    answer_approval,
    ask_devices,
    use_approval,
)


@pytest.fixture
def lin(request: pytest.FixtureRequest) -> Any:
    request.getfixturevalue("db")
    return a_user("lin@example.com", PASSWORD)


def a_thief() -> Client:
    """Knows the password, stands before the second question."""
    browser = a_browser("198.51.100.66")
    assert sign_in(browser, "lin@example.com").headers["Location"] == "/sign-in/second/"
    return browser


def asks(browser: Client) -> int:
    return browser.post("/sign-in/second/", {"way": "ask"}).status_code


def test_a07_the_fourth_question_in_ten_minutes_is_not_asked_from_however_many_browsers(lin: Any) -> None:
    a_signed_in_browser(lin)
    assert [asks(a_thief()) for _ in range(5)] == [302, 302, 302, 429, 429]
    assert len(facts_told(SignInAsked)) == 3
    with at(now() + timedelta(minutes=10, seconds=1)):
        assert asks(a_thief()) == 302


@pytest.mark.parametrize("typed", ["", "00", "yes", "1", "100"])
def test_a07_a_tap_without_the_right_number_lets_nobody_in(lin: Any, typed: str) -> None:
    owner, thief = a_signed_in_browser(lin), a_thief()
    asks(thief)
    asked = Approval.objects.get()
    assert f"{asked.number}" in thief.get("/sign-in/second/").content.decode()
    page = owner.get(f"/security/approve/{asked.id}/").content.decode()
    assert f">{asked.number}<" not in page, "the number is read from the other screen, not offered here"
    owner.post(f"/security/approve/{asked.id}/", {"answer": "yes", "number": typed})
    assert thief.post("/sign-in/second/", {"way": "push"}).status_code == 302
    assert thief.get("/security/").headers["Location"].startswith("/sign-in/")
    assert len(facts_told(SignInDenied)) == 1
    again = owner.post(f"/security/approve/{asked.id}/", {"answer": "yes", "number": str(asked.number)})
    assert again.status_code == 409, "one try: the second could be read out by the thief"


def test_a07_the_right_number_lets_exactly_that_browser_in_once(lin: Any) -> None:
    owner, phone, other = a_signed_in_browser(lin), a_thief(), a_thief()
    asks(phone)
    asked = Approval.objects.get()
    assert (
        owner.post(f"/security/approve/{asked.id}/", {"answer": "yes", "number": str(asked.number)}).status_code == 302
    )
    assert other.post("/sign-in/second/", {"way": "push"}).headers["Location"] == "/sign-in/second/"
    key = phone.session.session_key
    assert phone.post("/sign-in/second/", {"way": "push"}).headers["Location"] == "/after-sign-in/"
    assert phone.get("/security/").status_code == 200
    assert not use_approval(lin.id, key, "sign_in")
    assert Device.objects.get(proof="push").limits_until


def test_a07_a_late_yes_is_none(lin: Any) -> None:
    owner, phone = a_signed_in_browser(lin), a_thief()
    asks(phone)
    asked = Approval.objects.get()
    with at(now() + timedelta(minutes=2, seconds=1)):
        late = owner.post(f"/security/approve/{asked.id}/", {"answer": "yes", "number": str(asked.number)})
        assert late.status_code == 409


def test_a07_a_new_device_cannot_vouch_for_the_next(lin: Any) -> None:
    """Else one that was let in by a stolen code would let in a second one by itself."""
    owner, phone = a_signed_in_browser(lin), a_thief()
    asks(phone)
    asked = Approval.objects.get()
    new = Device.objects.create(
        user=lin, token_hash="0" * 64, name="New", proof="sms", limits_until=now() + timedelta(hours=24)
    )
    with pytest.raises(ApprovalClosed):
        answer_approval(lin.id, new.id, asked.id, str(asked.number))
    assert owner.get(f"/security/approve/{asked.id}/").status_code == 200


def test_a07_nobody_answers_for_another(lin: Any) -> None:
    a_signed_in_browser(lin)
    mallory = a_signed_in_browser(a_user("mallory@example.com", PASSWORD))
    asks(a_thief())
    asked = Approval.objects.get()
    answer = mallory.post(f"/security/approve/{asked.id}/", {"answer": "yes", "number": str(asked.number)})
    assert answer.status_code == 404
    assert Approval.objects.get().answer == ""


def test_a07_fifty_at_once_are_three(fresh_database: FreshDatabase) -> None:
    lin = a_user("lin@example.com", PASSWORD)
    a_signed_in_browser(lin)
    said: list[str] = []
    begin = threading.Barrier(50)

    def ask(number: int) -> None:
        begin.wait()
        try:
            ask_devices(lin.id, f"session-{number}", "sign_in", "Browser", "198.51.100.66")
            said.append("asked")
        except Refusal as refusal:
            said.append(refusal.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (said.count("asked"), said.count("asked_too_often")) == (3, 47)
