"""A01, large: a crowd guesses one password from many places. It is stopped, and the owner is not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client, RequestFactory

from tests.factories.foundation import a_user
from tests.factories.identity import PASSWORD, a_browser, facts_told, on_a_known_device, sign_in
from tests.factories.wallet_phone import text_of
from walletdesk.doors.public_web.sign_in import SignInAdapter
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.identity.public import SignInLocked

pytestmark = pytest.mark.django_db
EMAIL = "lin@example.com"


@pytest.fixture(autouse=True)
def lin() -> Any:
    caches["default"].clear()
    return a_user(EMAIL, PASSWORD)


def a_crowd(tries: int, name: str = EMAIL, **headers: str) -> list[int]:
    """Each from a place of its own, so that no place ever fails twice."""
    return [
        Client(headers={"accept-language": "en", **headers}, REMOTE_ADDR=f"10.1.{n // 250}.{n % 250}")
        .post("/sign-in/", {"login": name, "password": f"guess number {n}"})
        .status_code
        for n in range(tries)
    ]


def test_a01_fifty_failures_from_anywhere_close_the_door_to_strangers(lin: Any) -> None:
    answers = a_crowd(60)
    assert answers[:50] == [422] * 50
    assert answers[50:] == [429] * 10
    with_the_right_one = sign_in(a_browser("10.2.0.1"), EMAIL)
    assert with_the_right_one.status_code == 429, "the fifty-first guess may be the right one"
    assert "from many places" in text_of(with_the_right_one)
    assert [(one.user_id, one.reason) for one in facts_told(SignInLocked)] == [(lin.id, "stuffing")], "told once"


def test_a01_the_owner_comes_in_on_their_own_device_all_the_while(lin: Any) -> None:
    own = on_a_known_device(a_browser(), lin.id)
    a_crowd(60)
    assert sign_in(own, EMAIL).status_code == 302


def test_a01_a_device_of_somebody_else_helps_nobody(lin: Any) -> None:
    wang = a_user("wang@example.com", PASSWORD)
    a_crowd(60)
    assert sign_in(on_a_known_device(a_browser("10.2.0.2"), wang.id), EMAIL).status_code == 429


def test_a01_the_door_opens_again_by_itself(lin: Any) -> None:
    a_crowd(55)
    with at(now() + timedelta(minutes=61)):
        caches["default"].clear()
        assert sign_in(a_browser("10.2.0.3"), EMAIL).status_code == 302


def test_a01_a_name_that_nobody_has_closes_alike() -> None:
    assert a_crowd(52, "nobody@example.com")[50:] == [429, 429]
    assert not facts_told(SignInLocked)


def test_a01_a_network_of_endless_addresses_is_one_place() -> None:
    for n in range(5):
        sign_in(Client(REMOTE_ADDR=f"2001:db8:0:1::{n + 1:x}"), EMAIL, "wrong")
    assert sign_in(Client(REMOTE_ADDR="2001:db8:0:1:ffff::9"), EMAIL).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="2001:db8:0:2::1"), EMAIL).status_code == 302


@pytest.mark.parametrize("peer", ["203.0.113.9", "::ffff:203.0.113.9"])
def test_a01_ipv4_in_ipv6_clothes_is_ipv4_for_allauth_too(peer: str) -> None:
    assert SignInAdapter().get_client_ip(RequestFactory().get("/", REMOTE_ADDR=peer)) == "203.0.113.9"


def test_a01_what_a_visitor_says_about_their_place_is_not_read(settings: Any) -> None:
    """Without a proxy nobody may speak for another; behind ours, only its own entry counts."""
    for n in range(5):
        browser = Client(headers={"x-forwarded-for": f"10.9.0.{n}"}, REMOTE_ADDR="203.0.113.9")
        browser.post("/sign-in/", {"login": EMAIL, "password": "wrong"})
    assert (
        sign_in(Client(headers={"x-forwarded-for": "10.9.0.99"}, REMOTE_ADDR="203.0.113.9"), EMAIL).status_code == 429
    )
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    forged = Client(headers={"x-forwarded-for": "198.51.100.7, 203.0.113.9"}, REMOTE_ADDR="127.0.0.1")
    assert sign_in(forged, EMAIL).status_code == 429, "the proxy saw the same place"
    honest = Client(headers={"x-forwarded-for": "198.51.100.7"}, REMOTE_ADDR="127.0.0.1")
    assert sign_in(honest, EMAIL).status_code == 302
