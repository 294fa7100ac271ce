"""A11: a thief makes the telephone number theirs. It opens no account, changes no address alone, and moves no money."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client

from tests.factories.identity import (
    PASSWORD,
    TOTP_SECRET,
    a_browser,
    a_signed_in_browser,
    facts_told,
    on_a_known_device,
    sign_in,
    with_totp,
)
from tests.factories.trust import PIN, a_customer
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.identity.models import Device
from walletdesk.foundation.identity.public import AddressChanged, addresses_to_tell, change_address, totp_now, user
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.service.notifications.public import send_due_messages
from walletdesk.trust.customers.public import CustomerView, customers
from walletdesk.trust.risk.public import restrictions_of

pytestmark = pytest.mark.django_db
NEW = "thief@evil.example"


@pytest.fixture
def lin() -> CustomerView:
    return a_customer(email="lin@example.com", pin=PIN)


def user_of(customer: CustomerView) -> Any:
    return get_user_model().objects.get(pk=customer.user_id)


def code_sent_to(address: str) -> str:
    """The six digits of the last mail to this address."""
    send_due_messages()
    sent = [one for one in mail.outbox if address in one.to]
    found = re.findall(r"\b\d{6}\b|\b\d{3} \d{3}\b", str(sent[-1].body))
    return found[0].replace(" ", "")


def stepped_up(browser: Client) -> Client:
    answer = browser.post("/step-up/", {"way": "know", "password": PASSWORD, "pin": PIN, "next": "/security/address/"})
    assert answer.headers["Location"] == "/security/address/", answer.content.decode()[-1500:]
    return browser


def test_a11_an_open_page_alone_changes_no_address(lin: CustomerView) -> None:
    browser = a_signed_in_browser(user_of(lin))
    assert browser.post("/security/address/", {"address": NEW}).headers["Location"].startswith("/step-up/")


def test_a11_one_proof_is_not_two(lin: CustomerView) -> None:
    """Password and PIN open the page; the code that came to the new address is not enough without one to the old."""
    browser = stepped_up(a_signed_in_browser(user_of(lin)))
    assert browser.post("/security/address/", {"address": NEW}).status_code == 302
    theirs = code_sent_to(NEW)
    for old in ("", "000000", theirs):
        assert browser.post("/security/address/", {"code": theirs, "old_code": old}).status_code in (403, 409, 410)
    found = user(lin.user_id)
    assert found is not None and found.email == "lin@example.com"


def test_a11_the_owner_changes_it_with_two_and_everybody_is_told(lin: CustomerView) -> None:
    browser = stepped_up(a_signed_in_browser(user_of(lin)))
    browser.post("/security/address/", {"address": "new@example.com"})
    codes = {"code": code_sent_to("new@example.com"), "old_code": code_sent_to("lin@example.com")}
    assert browser.post("/security/address/", codes).headers["Location"] == "/security/"
    assert {one.value for one in addresses_to_tell(lin.user_id)} == {"new@example.com", "lin@example.com"}
    assert [one.old for one in facts_told(AddressChanged)] == ["lin@example.com"]
    (pause,) = [one for one in restrictions_of(lin.id) if one.kind == "address_changed"]
    assert pause.until is not None
    assert timedelta(hours=23, minutes=59) < pause.until - now() <= timedelta(hours=24)
    deliver_all()
    send_due_messages()
    told = {address for one in mail.outbox for address in one.to}
    assert {"lin@example.com", "new@example.com"} <= told


def test_a11_with_an_authenticator_the_second_proof_is_the_password(lin: CustomerView) -> None:
    owner = with_totp(user_of(lin))
    browser = a_signed_in_browser(owner)
    with at(now() + timedelta(seconds=60)):
        known = {"way": "know", "password": PASSWORD, "pin": PIN}
        assert browser.post("/step-up/", known).status_code == 422, "knowledge no longer opens it"
        typed = {"way": "typed", "code": totp_now(TOTP_SECRET, now()), "next": "/security/address/"}
        assert browser.post("/step-up/", typed).status_code == 302
        browser.post("/security/address/", {"address": "138 0000 9999"})
        assert b"password" in browser.get("/security/address/").content
        assert browser.post("/security/address/", {"code": "000000", "password": "wrong"}).status_code == 422
    assert user(lin.user_id).phone == ""  # type: ignore[union-attr]


def test_a11_the_number_that_others_find_follows_the_one_that_signs_in(lin: CustomerView) -> None:
    change_address(lin.user_id, "139 1111 2222")
    deliver_all()
    assert customers([lin.id])[lin.id].phone == "13911112222"


def test_a11_the_thief_with_the_password_and_the_messages_has_a_device_that_can_do_little(lin: CustomerView) -> None:
    on_a_known_device(a_browser(), lin.user_id)
    thief = a_browser("198.51.100.66")
    assert sign_in(thief, "lin@example.com").headers["Location"] == "/sign-in/second/"
    assert thief.post("/sign-in/second/", {"way": "send", "to": "email"}).status_code == 302
    stolen = code_sent_to("lin@example.com")
    assert thief.post("/sign-in/second/", {"way": "code", "code": stolen}).headers["Location"] == "/after-sign-in/"
    device = Device.objects.get(proof="email")
    assert device.limits_until is not None and device.limits_until > now() + timedelta(hours=23)
    known = {"way": "know", "password": PASSWORD, "pin": PIN, "next": "/security/address/"}
    assert thief.post("/step-up/", known).status_code == 422, "what is known does not lift the limits"
    assert thief.post("/security/address/", {"address": NEW}).headers["Location"].startswith("/step-up/")
