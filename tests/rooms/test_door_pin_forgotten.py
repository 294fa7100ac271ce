"""A payment PIN that was forgotten: another proof replaces it, the sign-in password alone never does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories.identity import with_totp
from tests.factories.money import a_payer
from tests.factories.trust import PIN
from tests.factories.wallet_phone import phone_of, proved_by, text_of
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.public import user
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.service.notifications.public import notices
from walletdesk.trust.customers.errors import PinResetNeedsProof
from walletdesk.trust.customers.public import CustomerView, PinLocked, PinWrong, prove_pin, reset_pin

pytestmark = pytest.mark.django_db
HERE, NEW, WRONG_PIN = "/wallet/me/pin/", "582047", "739147"
FORGOTTEN = f"{HERE}?forgotten=1"
WISH = {"forgotten": "1", "pin": NEW, "again": NEW}


@pytest.fixture
def lin() -> CustomerView:
    return a_payer(100, pin=PIN, email="lin@example.com")


@pytest.fixture
def phone(lin: CustomerView) -> Client:
    return phone_of(lin)


def test_the_page_offers_it_and_leads_over_a_proof(lin: CustomerView, phone: Client) -> None:
    with_totp(user(lin.user_id))
    assert FORGOTTEN in phone.get(HERE).content.decode()
    asked = phone.get(FORGOTTEN)
    assert asked.headers["Location"] == "/step-up/?next=%2Fwallet%2Fme%2Fpin%2F%3Fforgotten%3D1"
    proved_by(phone, "totp")
    shown = text_of(phone.get(FORGOTTEN))
    assert "The new PIN" in shown and "The PIN you have now" not in shown
    assert phone.post(HERE, WISH).status_code == 302
    deliver_all()
    prove_pin(lin.id, NEW)
    assert any("PIN" in notice.words["en"] for notice in notices("customer", lin.id, limit=5)), "and it is told"
    with pytest.raises(PinWrong):
        prove_pin(lin.id, PIN)


def test_who_has_only_a_password_is_shown_the_way_back(lin: CustomerView, phone: Client) -> None:
    shown = phone.get(FORGOTTEN)
    assert "First prove that it is you" in text_of(shown) and 'href="/recover/"' in shown.content.decode()
    assert phone.post(HERE, WISH).status_code == 200
    prove_pin(lin.id, PIN)


@pytest.mark.parametrize("kind", ["recovery", "weak_recovery", "recovery_code", "passkey", "push"])
def test_a_way_back_or_a_stronger_proof_replaces_it(lin: CustomerView, phone: Client, kind: str) -> None:
    proved_by(phone, kind)
    assert phone.post(HERE, WISH).status_code == 302
    prove_pin(lin.id, NEW)


def test_password_and_pin_prove_nothing_here(lin: CustomerView, phone: Client) -> None:
    """That proof rests on the PIN itself."""
    proved_by(phone, "password_pin")
    assert phone.post(HERE, WISH).status_code == 200
    prove_pin(lin.id, PIN)


def test_a_locked_pin_opens_and_the_tries_begin_anew(lin: CustomerView, phone: Client) -> None:
    for _ in range(5):
        with pytest.raises((PinWrong, PinLocked)):
            prove_pin(lin.id, WRONG_PIN)
    proved_by(phone, "passkey")
    assert phone.post(HERE, WISH).status_code == 302
    prove_pin(lin.id, NEW)


def test_an_old_proof_and_a_weak_pin_are_refused(lin: CustomerView, phone: Client) -> None:
    for old in (None, now() - timedelta(minutes=11)):
        with pytest.raises(PinResetNeedsProof):
            reset_pin(lin.id, NEW, old)
    proved_by(phone, "totp")
    assert phone.post(HERE, {**WISH, "pin": "123456", "again": "123456"}).status_code == 422
    prove_pin(lin.id, PIN)


def test_the_first_pin_needs_no_old_one_and_so_cannot_be_forgotten() -> None:
    newcomer = phone_of(a_payer(10))
    proved_by(newcomer, "password_pin")
    assert "Set a payment PIN" in text_of(newcomer.get(FORGOTTEN))
