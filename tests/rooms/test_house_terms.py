"""The house's terms: editions with dates, told beforehand, accepted by opening an account or on their page, and kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from tests.factories.money import a_payer
from tests.factories.trust import PIN
from tests.factories.wallet_phone import phone_of, text_of
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.money.agreements.models import TermsAcceptance
from walletdesk.money.agreements.public import terms_accepted, terms_to_read
from walletdesk.money.agreements.rules import house_terms
from walletdesk.money.agreements.rules.house_terms import EDITIONS, Section, coming, differences, in_force, problem
from walletdesk.trust.customers.public import CustomerView

FIRST = EDITIONS[0]
FEES = Section("fees", Words("费用", "Fees"), Words("没有费用。", "There are none."))
SECOND = replace(
    FIRST,
    number=2,
    announced_on=date(2027, 1, 1),
    from_on=date(2027, 2, 1),
    sections=(
        replace(FIRST.sections[0], text=Words("钱还是您的。", "The money is still yours.")),
        *FIRST.sections[2:],
        FEES,
    ),
)


@pytest.fixture
def lin() -> CustomerView:
    made = a_payer(100, pin=PIN, email="lin@example.com")
    deliver_all()
    return made


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second edition was announced today, to hold in thirty-one days."""
    today = now().date()
    soon = replace(SECOND, announced_on=today - timedelta(days=1), from_on=today + timedelta(days=31))
    monkeypatch.setattr(house_terms, "EDITIONS", (FIRST, soon))


def test_what_the_house_ships_is_whole() -> None:
    assert problem(EDITIONS) == ""


@pytest.mark.parametrize(
    ("editions", "wrong"),
    [
        ((), "there is no edition"),
        ((SECOND,), "numbers do not count up from one"),
        ((FIRST, replace(SECOND, announced_on=date(2027, 1, 3))), "edition 2 is announced too late"),
        ((FIRST, replace(SECOND, sections=())), "edition 2 has no sections, or one twice"),
        ((FIRST, replace(SECOND, sections=(FEES, FEES))), "edition 2 has no sections, or one twice"),
        (
            (FIRST, replace(SECOND, announced_on=date(2025, 1, 1), from_on=FIRST.from_on)),
            "edition 2 does not come after the one before",
        ),
        ((FIRST, SECOND), ""),
    ],
)
def test_a_change_is_told_thirty_days_before(editions: tuple, wrong: str) -> None:
    assert problem(editions) == wrong


def test_which_edition_holds_and_which_is_coming() -> None:
    both = (FIRST, SECOND)
    for day, holds, comes in (
        (date(2020, 1, 1), 1, None),
        (date(2026, 12, 31), 1, None),
        (date(2027, 1, 1), 1, 2),
        (date(2027, 1, 31), 1, 2),
        (date(2027, 2, 1), 2, None),
    ):
        found = coming(both, day)
        assert (in_force(both, day).number, found and found.number) == (holds, comes), day


def test_what_an_edition_changes() -> None:
    found = [(one.kind, (one.now or one.before).code) for one in differences(FIRST, SECOND) if one.now or one.before]
    assert found == [("changed", "money"), ("new", "fees"), ("gone", "paying")]


@pytest.mark.django_db
def test_opening_an_account_accepts_the_edition_of_that_day(lin: CustomerView) -> None:
    (one,) = terms_accepted(lin.id)
    assert (one.edition, one.how) == (1, "sign_up") and terms_to_read(lin.id) is None
    phone = phone_of(lin)
    assert "new edition" not in text_of(phone.get("/wallet/"))
    assert "by opening the account" in text_of(phone.get("/wallet/me/terms/"))
    assert "you accept the terms" in text_of(Client(headers={"accept-language": "en"}).get("/sign-up/"))
    with pytest.raises(ProgrammingError), transaction.atomic():
        TermsAcceptance.objects.update(edition=2)


@pytest.mark.django_db
def test_a_change_is_shown_beforehand_with_what_differs_and_accepted_by_one_tap(
    lin: CustomerView, announced: None
) -> None:
    phone = phone_of(lin)
    assert "There is a new edition of the terms" in text_of(phone.get("/wallet/"))
    public = text_of(Client(headers={"accept-language": "en"}).get("/terms/2/"))
    for words in ("announced beforehand", "What changed", "The money is still yours.", "There are none."):
        assert words in public, words
    assert "Terms, edition 1" in text_of(Client(headers={"accept-language": "en"}).get("/terms/"))
    assert "Changed: The money is yours" in text_of(phone.get("/wallet/me/terms/"))
    for wrong in ("3", "", "x", "²"):
        assert phone.post("/wallet/me/terms/", {"edition": wrong}).status_code == 409, wrong
    for _ in range(2):
        assert phone.post("/wallet/me/terms/", {"edition": "2"}).status_code == 302
    assert [one.edition for one in terms_accepted(lin.id)] == [2, 1]
    assert "There is a new edition" not in text_of(phone.get("/wallet/"))


@pytest.mark.django_db
def test_who_opened_the_account_just_now_is_not_asked_again() -> None:
    newcomer = a_payer(100, pin=PIN, email="new@example.com")
    assert terms_accepted(newcomer.id) == [], "the fact is still on its way"
    assert "new edition" not in text_of(phone_of(newcomer).get("/wallet/"))


@pytest.mark.django_db
def test_an_edition_that_nobody_was_told_of_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    today = now().date()
    later = replace(SECOND, announced_on=today + timedelta(days=2), from_on=today + timedelta(days=40))
    monkeypatch.setattr(house_terms, "EDITIONS", (FIRST, later))
    assert Client().get("/terms/2/").status_code == 404
