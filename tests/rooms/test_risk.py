"""Risk hears transfers, remembers them, and flags a ring once, in whatever order and how often they are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests.databases import FreshDatabase
from tests.factories.foundation import a_moment
from walletdesk.foundation.clock.public import uuid7
from walletdesk.foundation.outbox.public import events_after
from walletdesk.trust.risk.models import RiskFlag, SeenTransfer
from walletdesk.trust.risk.public import RiskFlagged, flag_loops, flags, flags_of_customer

A, B, C = uuid7(), uuid7(), uuid7()


@dataclass(frozen=True)
class Told:
    """A fact of another room, with more fields than risk looks at."""

    transfer_id: UUID
    from_customer_id: UUID
    to_customer_id: UUID
    amount_minor: int
    at: datetime
    asset: str = "CNY"


def told(start: UUID, end: UUID, minute: int, amount: int = 100_000) -> Told:
    return Told(uuid7(), start, end, amount, a_moment(minute=minute))


@pytest.mark.django_db
def test_there_and_back_is_flagged_when_it_closes() -> None:
    first, second = told(A, B, 0), told(B, A, 5)
    flag_loops([first])
    assert flags() == []
    flag_loops([second])
    (flag,) = flags()
    assert flag.transfer_ids == (first.transfer_id, second.transfer_id)
    assert flags_of_customer(A) == flags_of_customer(B) == [flag]
    assert flags_of_customer(C) == []
    (event,) = events_after(["risk"], 0, 10)
    assert isinstance(event.fact, RiskFlagged)
    assert flag.words.both()["en"] == "Money went round in a ring"


@pytest.mark.django_db
def test_heard_twice_and_in_the_wrong_order_it_is_flagged_once() -> None:
    ring = [told(A, B, 0), told(B, C, 1), told(C, A, 2)]
    for batch in ([ring[2]], [ring[0], ring[0]], ring, [ring[1]], ring):
        flag_loops(batch)
    assert RiskFlag.objects.count() == 1
    assert SeenTransfer.objects.count() == 3


@pytest.mark.django_db
def test_nothing_told_is_nothing_done(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        flag_loops([])


@pytest.mark.django_db
def test_many_cost_as_many_statements_as_one(django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        flag_loops([told(uuid7(), uuid7(), minute % 60) for minute in range(300)])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["UPDATE risk_riskflag SET kind = 'x'", "DELETE FROM risk_riskflag", "DELETE FROM risk_seentransfer"]
)
def test_a_flag_stays(statement: str) -> None:
    flag_loops([told(A, B, 0), told(B, A, 1)])
    with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_two_halves_of_a_ring_told_at_once_do_not_miss_each_other(fresh_database: FreshDatabase) -> None:
    first, second = told(A, B, 0), told(B, A, 1)
    results = fresh_database.at_once(lambda: flag_loops([first]), lambda: flag_loops([second]), times=2)
    assert results == [None] * 4
    assert RiskFlag.objects.count() == 1
