"""How well a person is known: a tier with its record, told to whoever listens, and kept by the database itself."""

from __future__ import annotations

import uuid

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction

from tests.factories.foundation import a_user
from tests.factories.trust import a_customer
from walletdesk.foundation.outbox.public import events_after
from walletdesk.trust.customers import errors
from walletdesk.trust.customers.models import Customer, TierChange
from walletdesk.trust.customers.public import CustomerView, TierChanged, customers, register_customer, set_tier

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin() -> CustomerView:
    return register_customer(a_user().id, "林小雨")


def told(customer: CustomerView) -> list[TierChanged]:
    facts = [event.fact for event in events_after([f"customer:{customer.id}"], 0, 50)]
    return [fact for fact in facts if isinstance(fact, TierChanged)]


def test_everybody_begins_as_one_who_is_known_by_an_address_only(lin: CustomerView) -> None:
    assert lin.tier == 4
    assert not TierChange.objects.exists()


def test_a_tier_is_raised_with_its_record_and_its_news(lin: CustomerView) -> None:
    raised = set_tier(lin.id, 2, "employee:7", " Papers checked by two ")
    assert raised.tier == customers([lin.id])[lin.id].tier == 2
    (row,) = TierChange.objects.all()
    assert (row.before, row.after, row.by, row.reason) == (4, 2, "employee:7", "Papers checked by two")
    (fact,) = told(lin)
    assert (fact.before, fact.after, fact.at) == (4, 2, row.changed_at)


def test_the_same_tier_again_says_nothing(lin: CustomerView) -> None:
    for _ in range(2):
        set_tier(lin.id, 3, "employee:7", "Name checked")
    assert (TierChange.objects.count(), len(told(lin))) == (1, 1)


def test_a_tier_can_be_lowered(lin: CustomerView) -> None:
    set_tier(lin.id, 1, "employee:7", "Met in person")
    assert set_tier(lin.id, 4, "system", "The papers were not theirs").tier == 4
    assert [(row.before, row.after) for row in TierChange.objects.order_by("id")] == [(4, 1), (1, 4)]


@pytest.mark.parametrize(
    ("tier", "by", "reason", "known", "refusal"),
    [
        (0, "", "", False, errors.TierUnknown),
        (5, "x", "y", True, errors.TierUnknown),
        (2, "", "y", False, errors.TierReasonMissing),
        (2, "x", "  ", True, errors.TierReasonMissing),
        (2, "x", "y", False, errors.CustomerNotFound),
    ],
)
def test_refusals_in_their_order(
    lin: CustomerView, tier: int, by: str, reason: str, known: bool, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        set_tier(lin.id if known else uuid.uuid4(), tier, by, reason)
    assert customers([lin.id])[lin.id].tier == 4


def test_no_tier_without_its_record(lin: CustomerView) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Customer.objects.filter(pk=lin.id).update(tier=1)
    set_tier(lin.id, 2, "employee:7", "Papers checked")
    with pytest.raises(IntegrityError), transaction.atomic():
        Customer.objects.filter(pk=lin.id).update(tier=1)


def test_the_record_only_grows() -> None:
    a_customer(tier=2)
    for statement in ("UPDATE customers_tierchange SET reason = 'x'", "DELETE FROM customers_tierchange"):
        with (
            pytest.raises((ProgrammingError, InternalError, IntegrityError)),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
