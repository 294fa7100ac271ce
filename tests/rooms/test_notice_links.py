"""A notice leads to a page that there is, and can be tapped in the inbox."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import resolve

import walletdesk
from tests.factories.money import a_payer
from tests.factories.wallet_phone import phone_of
from walletdesk.doors.customer_web.way_back import own_page
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.service.notifications.public import NoticeDraft, tell_many

SOURCES = Path(walletdesk.__file__).parent
LINK = re.compile(r'"(/(?:wallet|security|unlock|recover)/[^"]*)"')
FIELD = re.compile(r"\{[^}]*\}")


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ("/wallet/bills/", "/wallet/bills/"),
        ("/security/", "/security/"),
        ("/security/approve/0190/", "/security/approve/0190/"),
        ("/unlock/", "/unlock/"),
        ("/desk/", ""),
        ("//evil.example/security/", ""),
        ("/security//evil.example", ""),
        ("/security/../desk/", ""),
        ("https://evil.example/", ""),
        ("", ""),
    ],
)
def test_where_a_notice_may_lead(link: str, leads_to: str) -> None:
    assert own_page(link) == leads_to


def test_every_address_that_a_notice_carries_is_a_page() -> None:
    files = (SOURCES / "service" / "notifications").rglob("*.py")
    found = {link for file in files for link in LINK.findall(file.read_text())}
    assert {"/security/", "/wallet/bills/{one.payment_id}/"} <= found
    for link in sorted(found):
        assert resolve(FIELD.sub(str(uuid7()), link)), link


@pytest.mark.django_db
def test_a_notice_about_signing_in_can_be_tapped() -> None:
    lin = a_payer(10)
    words = {"zh": "有一台新设备", "en": "A new device"}
    tell_many([NoticeDraft("customer", lin.id, "device_added", words, words, "/security/", "1", safety=True, at=now())])
    deliver_all()
    assert 'href="/security/"' in phone_of(lin).get("/wallet/messages/").content.decode()
