"""A04: a session from before the password, the second factors or the device changed is dead at the next request."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client

from tests.factories.foundation import a_user
from tests.factories.identity import PASSWORD, a_signed_in_browser
from tests.factories.trust import PIN, a_customer
from walletdesk.foundation.identity.models import Device
from walletdesk.foundation.identity.public import end_all_sessions, end_device, session_lives, set_password

pytestmark = pytest.mark.django_db
NEW = "seven yellow bicycles rest"


def is_in(browser: Client) -> bool:
    return browser.get("/security/").status_code == 200


@pytest.fixture
def lin() -> Any:
    return a_user("lin@example.com", PASSWORD)


def test_a04_after_a_new_password_only_the_one_who_set_it_is_in() -> None:
    lin = a_customer(email="lin@example.com", pin=PIN)
    user = a_user_of(lin.user_id)
    mine, thief = a_signed_in_browser(user), a_signed_in_browser(user)
    assert (
        mine.post("/step-up/", {"way": "know", "password": PASSWORD, "pin": PIN, "next": "/security/"}).status_code
        == 302
    )
    assert mine.post("/security/password/", {"password1": NEW}).status_code == 302
    assert is_in(mine)
    assert not is_in(thief)
    assert a_signed_in_browser(a_user_of(lin.user_id), NEW)


def a_user_of(user_id: Any) -> Any:
    return get_user_model().objects.get(pk=user_id)


def test_a04_after_a_reset_nobody_is_in(lin: Any) -> None:
    browsers = [a_signed_in_browser(lin) for _ in range(2)]
    set_password(lin.id, NEW)
    assert not any(map(is_in, browsers))


def test_a04_an_ended_device_is_out_and_its_live_line_too(lin: Any) -> None:
    browser = a_signed_in_browser(lin)
    key = browser.session.session_key
    assert session_lives(key), "what the live line asks with each of its comment lines"
    end_device(lin.id, Device.objects.get().id)
    assert not is_in(browser)
    assert not session_lives(key)


def test_a04_a_session_that_was_ended_while_a_request_was_under_way_does_not_come_back(lin: Any) -> None:
    """The row is gone; what the request writes afterwards finds nothing to write over."""
    browser = a_signed_in_browser(lin)
    session = browser.session
    session["late"] = bool(session.get("device"))
    end_all_sessions(lin.id)
    with pytest.raises(UpdateError):
        session.save()
    assert not is_in(browser)


def test_a04_signing_out_everywhere_else_leaves_this_one(lin: Any) -> None:
    here, there = a_signed_in_browser(lin), a_signed_in_browser(lin)
    assert here.post("/security/devices/end-others/").status_code == 302
    assert is_in(here)
    assert not is_in(there)
