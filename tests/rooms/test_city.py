"""The demo city, small: planned by a seed alone, lived through the product's own verbs, and true to the last cent."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.databases import FreshDatabase
from tests.factories.money import bank_is, books_are_true
from tests.fakes.bank import FakeBank
from walletdesk.foundation.clock.public import now
from walletdesk.money.payments.models import Payment, PaymentAttempt
from walletdesk.money.refunds.models import Refund
from walletdesk.project.city.build import build
from walletdesk.project.city.life import ninety_days
from walletdesk.project.city.past import matters
from walletdesk.project.city.people import DEMO_PASSWORD, citizens, shops
from walletdesk.service.cases.models import Case, Promise, Rating
from walletdesk.service.cases.public import queue

PEOPLE, DAYS = 72, 12
EVENING = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def plan_of(seed: int) -> list[Any]:
    people = citizens(seed, PEOPLE)
    return [people, list(ninety_days(seed, people, shops(), EVENING, DAYS)), list(matters(seed, PEOPLE, DAYS))]


def test_the_same_seed_plans_the_same_city_and_another_seed_another() -> None:
    assert plan_of(2026) == plan_of(2026)
    for one, other in zip(plan_of(2026), plan_of(2027), strict=True):
        assert one != other


def test_people_write_in_the_language_that_they_read() -> None:
    people = citizens(2026)
    english = [one for one in people if one.language == "en"]
    assert len(people) == 300
    assert 90 <= len(english) <= 110
    assert all(one.name.isascii() or "ü" in one.name for one in english)
    notes = {
        people[gift.giver].language: gift.note
        for moment in ninety_days(2026, people, shops(), EVENING, 30)
        for gift in moment.gifts
    }
    assert notes["en"].isascii()
    assert not notes["zh-hans"].isascii()


@pytest.mark.serial
def test_a_small_city_lives_through_our_own_verbs(fresh_database: FreshDatabase, settings: Any, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path
    told: list[float] = []
    with bank_is(FakeBank()):
        residents = build(2026, lambda done, words: told.append(done), people=PEOPLE, days=DAYS)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(residents.customers) == PEOPLE

    paid = Payment.objects.count()
    assert paid > 120
    refused = PaymentAttempt.objects.count()
    assert refused < paid / 20, "people who cannot pay are few"
    assert Payment.objects.filter(captured_at__gt=now()).count() == 0, "nobody lives in the future"

    ended = Case.objects.filter(state="closed")
    assert {one.summary is not None for one in ended} == {True}
    assert Rating.objects.count() == ended.count() >= 2
    assert Refund.objects.count() >= 1
    assert not Promise.objects.filter(case__state="closed", kept_at=None, late_at=None).exists()
    waiting = {case.kind for case in queue("all")}
    assert {"duplicate_charge", "not_mine", "refund_request"} <= waiting

    offered = json.loads((tmp_path / "demo_people.json").read_text())
    assert {one["password"] for one in offered} == {DEMO_PASSWORD}
    assert books_are_true()
