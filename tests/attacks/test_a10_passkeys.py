"""A10: a passkey signs for one page, one challenge, and counts; the last way to prove oneself is not tapped away."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.factories.foundation import a_user
from tests.factories.identity import PASSWORD, SoftKey, a_browser, a_signed_in_browser
from walletdesk.doors._shared.step_up import PROOFS
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.public import (
    FactorWrong,
    add_passkey,
    ask_for_passkey,
    begin_passkey,
    factors_of,
    prove_passkey,
    strong_factors_of,
)

pytestmark = pytest.mark.django_db
ORIGIN = "http://testserver"


@pytest.fixture
def lin() -> Any:
    return a_user("lin@example.com", PASSWORD, language="en")


def plain(options: Any) -> dict[str, Any]:
    """As the browser reads it."""
    return json.loads(json.dumps(options))


def with_passkey(user: Any, origin: str = ORIGIN) -> SoftKey:
    key = SoftKey(origin)
    options, state = begin_passkey(user.id, ORIGIN)
    add_passkey(user.id, ORIGIN, state, key.make(plain(options)), "Soft key")
    return key


def test_a10_a_passkey_made_for_this_page_proves_its_owner(lin: Any) -> None:
    key = with_passkey(lin)
    options, state = ask_for_passkey(lin.id, ORIGIN)
    assert prove_passkey(lin.id, ORIGIN, state, key.sign(plain(options))) == lin.id
    options, state = ask_for_passkey(None, ORIGIN)
    assert prove_passkey(None, ORIGIN, state, key.sign(plain(options))) == lin.id, "also without a name"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://testserver", "http://testserver:8080", "http://evil.testserver", "http://testserver.evil.example"],
)
def test_a10_another_origin_is_refused(lin: Any, elsewhere: str) -> None:
    with pytest.raises(FactorWrong):
        with_passkey(lin, elsewhere)
    key = with_passkey(lin)
    options, state = ask_for_passkey(lin.id, ORIGIN)
    key.origin = elsewhere
    with pytest.raises(FactorWrong):
        prove_passkey(lin.id, ORIGIN, state, key.sign(plain(options)))


def test_a10_a_challenge_is_answered_once(lin: Any) -> None:
    key = with_passkey(lin)
    options, state = ask_for_passkey(lin.id, ORIGIN)
    signed = key.sign(plain(options))
    assert prove_passkey(lin.id, ORIGIN, state, signed)
    with pytest.raises(FactorWrong):
        prove_passkey(lin.id, ORIGIN, ask_for_passkey(lin.id, ORIGIN)[1], signed)
    with pytest.raises(FactorWrong):
        prove_passkey(lin.id, ORIGIN, None, signed)


def test_a10_at_the_door_the_same_answer_opens_one_session(lin: Any) -> None:
    key = with_passkey(lin)
    browser = a_browser()
    options = browser.get("/sign-in/passkey/").json()
    signed = {"credential": json.dumps(key.sign(options))}
    assert browser.post("/sign-in/passkey/", signed).headers["Location"] == "/after-sign-in/"
    assert browser.get("/security/").status_code == 200
    for thief in (a_browser(), with_a_challenge()):
        assert thief.post("/sign-in/passkey/", signed).headers["Location"] == "/sign-in/"
        assert thief.get("/security/").status_code == 302


def with_a_challenge() -> Client:
    browser = a_browser()
    browser.get("/sign-in/passkey/")
    return browser


def test_a10_a_counter_that_goes_back_is_a_copied_key(lin: Any) -> None:
    key = with_passkey(lin)
    for counter, good in ((5, True), (6, True), (6, False), (3, False), (0, False), (7, True)):
        options, state = ask_for_passkey(lin.id, ORIGIN)
        signed = key.sign(plain(options), counter)
        if good:
            assert prove_passkey(lin.id, ORIGIN, state, signed)
        else:
            with pytest.raises(FactorWrong):
                prove_passkey(lin.id, ORIGIN, state, signed)


def test_a10_a_key_that_keeps_no_counter_is_welcome(lin: Any) -> None:
    key = with_passkey(lin)
    for _ in range(3):
        options, state = ask_for_passkey(lin.id, ORIGIN)
        assert prove_passkey(lin.id, ORIGIN, state, key.sign(plain(options), 0))


def test_a10_one_key_is_one_persons(lin: Any) -> None:
    wang = a_user("wang@example.com", PASSWORD)
    key = with_passkey(lin)
    options, state = ask_for_passkey(wang.id, ORIGIN)
    with pytest.raises(FactorWrong):
        prove_passkey(wang.id, ORIGIN, state, key.sign(plain(options)))
    options, state = ask_for_passkey(None, ORIGIN)
    key.user_handle = wang.id.bytes
    with pytest.raises(FactorWrong):
        prove_passkey(None, ORIGIN, state, key.sign(plain(options)))


@pytest.mark.parametrize(
    "nonsense", [None, "", "[]", "{}", '{"id": 1}', '{"response": {"userHandle": "AAAA"}}', "\x7f"]
)
def test_a10_nonsense_is_refused_with_words_and_never_a_crash(lin: Any, nonsense: Any) -> None:
    with_passkey(lin)
    browser = with_a_challenge()
    sent = {} if nonsense is None else {"credential": nonsense}
    assert browser.post("/sign-in/passkey/", sent).headers["Location"] == "/sign-in/"


def fresh(browser: Client) -> Client:
    session = browser.session
    session[PROOFS] = {"totp": now().isoformat()}
    session.save()
    return browser


def test_a10_the_last_factor_cannot_be_removed_by_a_tap(lin: Any) -> None:
    with_passkey(lin)
    browser = a_signed_in_browser(lin)
    address = f"/security/factors/{factors_of(lin.id)[0].id}/remove/"
    assert browser.post(address).headers["Location"].startswith("/step-up/"), "first a fresh proof"
    assert fresh(browser).post(address).status_code == 302
    assert strong_factors_of(lin.id) == {"passkey"}
    assert "last way" in browser.get("/security/").content.decode()


def test_a10_the_second_factor_of_another_is_not_there(lin: Any) -> None:
    with_passkey(lin)
    mallory = fresh(a_signed_in_browser(a_user("mallory@example.com", PASSWORD)))
    assert mallory.post(f"/security/factors/{Authenticator.objects.get().pk}/remove/").status_code == 404
    assert Authenticator.objects.count() == 1
