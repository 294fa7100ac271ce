"""When a sign-in asks for one more proof, and when it does not: the table of ``second_factor.py``, from outside."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from tests.factories.foundation import a_user
from tests.factories.identity import PASSWORD, a_browser, on_a_known_device, sign_in, with_totp
from tests.factories.trust import an_employee
from walletdesk.foundation.identity.public import devices_of, enrol_device

pytestmark = pytest.mark.django_db
IN, ASKED = "/after-sign-in/", "/sign-in/second/"


@pytest.fixture
def lin() -> Any:
    return a_user("lin@example.com", PASSWORD)


def led_to(browser: Any, user: Any) -> str:
    return sign_in(browser, user.email).headers["Location"]


def test_the_first_device_of_all_comes_in_by_password_and_has_no_limits(lin: Any) -> None:
    assert led_to(a_browser(), lin) == IN
    assert [(one.proof, one.limits_until) for one in devices_of(lin.id)] == [("first", None)]


def test_a_device_that_is_known_asks_nothing_more(lin: Any) -> None:
    browser = a_browser()
    assert led_to(browser, lin) == IN
    browser.post("/sign-out/")
    assert led_to(browser, lin) == IN
    assert len(devices_of(lin.id)) == 1


def test_any_other_device_asks(lin: Any) -> None:
    enrol_device(lin.id, "", "first")
    stranger = a_browser()
    assert led_to(stranger, lin) == ASKED
    assert stranger.get("/security/").headers["Location"].startswith("/sign-in/")
    assert stranger.get("/sign-in/").status_code == 200, "and one may begin anew, perhaps as somebody else"
    assert stranger.get(ASKED).headers["Location"] == "/sign-in/"


def test_somebody_with_a_factor_shows_it_on_the_first_device_too(lin: Any) -> None:
    assert led_to(a_browser(), with_totp(lin)) == ASKED


def test_staff_show_their_factor_on_every_device() -> None:
    clerk = with_totp(get_user_model().objects.get(pk=an_employee().user_id))
    assert led_to(on_a_known_device(a_browser(), clerk.id), clerk) == ASKED
    assert b"Send to" not in sign_in(on_a_known_device(a_browser(), clerk.id), clerk.email, follow=True).content


@pytest.mark.parametrize(
    ("place", "demo", "led"), [("127.0.0.1", True, IN), ("203.0.113.7", True, ASKED), ("127.0.0.1", False, ASKED)]
)
def test_in_the_demo_this_machine_is_let_in_by_password(
    lin: Any, settings: Any, place: str, demo: bool, led: str
) -> None:
    settings.DEMO = demo
    enrol_device(lin.id, "", "first")
    assert led_to(a_browser(place), lin) == led


def test_in_the_demo_a_factor_of_ones_own_is_asked_for(lin: Any, settings: Any) -> None:
    settings.DEMO = True
    enrol_device(lin.id, "", "first")
    assert led_to(a_browser("127.0.0.1"), with_totp(lin)) == ASKED
