"""Enumeration by the clock: a name that somebody has costs us the same work as one that nobody has, so that the time of an answer
tells nothing. Work is what takes time here: password hashes (argon2, tens of milliseconds each) and questions to the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.trust import a_customer, an_employee
from walletdesk.foundation.identity.models import User
from walletdesk.foundation.outbox.public import deliver_all

pytestmark = pytest.mark.django_db
NEAR = 3
"""Statements by which two answers may differ: a row that is there is sometimes read once more. One hash costs fifty of them."""
SIGN_UP = {"name": "林小雨", "password1": "three unrelated words 47", "time_zone": "Asia/Shanghai"}


@dataclass(frozen=True)
class Work:
    status: int
    hashes: int
    questions: int


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every argon2 computation, whoever asks for it."""
    done: list[str] = []
    for name in ("encode", "verify"):
        real = getattr(Argon2PasswordHasher, name)

        def counted(self: object, *given: object, _real: Any = real, _name: str = name) -> object:
            done.append(_name)
            return _real(self, *given)

        monkeypatch.setattr(Argon2PasswordHasher, name, counted)
    return done


def work_of(hashes: list[str], address: str, fields: dict[str, str]) -> Work:
    browser = Client(headers={"accept-language": "en"})
    browser.get(address)
    caches["default"].clear()
    before = len(hashes)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.post(address, fields)
    return Work(answer.status_code, len(hashes) - before, len(asked))


@pytest.fixture
def lin() -> None:
    a_customer("林小雨", email="lin@example.com", phone="138 0000 1111")
    person = an_employee("administrator", "it")
    User.objects.filter(pk=person.user_id).update(email="boss@example.com")
    without = a_customer("周明", email="keyonly@example.com")
    user = User.objects.get(pk=without.user_id)
    user.set_unusable_password()  # signs in with a passkey alone
    user.save()
    deliver_all()


@pytest.mark.parametrize("known", ["lin@example.com", "13800001111", "boss@example.com", "keyonly@example.com"])
def test_a_wrong_password_costs_the_same_for_everybody(lin: None, hashes: list[str], known: str) -> None:
    unknown = "13800009999" if known.isdigit() else "ghost@example.com"
    one, other = (work_of(hashes, "/sign-in/", {"login": name, "password": "wrong"}) for name in (known, unknown))
    assert one.hashes >= 1
    assert (one.status, one.hashes) == (other.status, other.hashes)
    assert abs(one.questions - other.questions) <= NEAR


@pytest.mark.parametrize("known", ["lin@example.com", "138 0000 1111"])
def test_signing_up_with_an_address_that_is_taken_costs_the_same(lin: None, hashes: list[str], known: str) -> None:
    unknown = "new@example.com" if "@" in known else "138 0000 9999"
    one, other = (work_of(hashes, "/sign-up/", SIGN_UP | {"address": name}) for name in (known, unknown))
    assert (one.status, one.hashes) == (302, 1) == (other.status, other.hashes)
    assert abs(one.questions - other.questions) <= NEAR


@pytest.mark.parametrize("known", ["lin@example.com", "13800001111"])
def test_asking_for_the_way_back_costs_the_same(lin: None, hashes: list[str], known: str) -> None:
    unknown = "13800009999" if known.isdigit() else "ghost@example.com"
    one, other = (work_of(hashes, "/recover/", {"name": name}) for name in (known, unknown))
    assert (one.status, one.hashes) == (other.status, other.hashes)
    assert abs(one.questions - other.questions) <= NEAR
