"""A simulated moment and a transaction that fails: the failure is told as it was, and the moment ends all the same."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from walletdesk.foundation.clock.public import at, now

SPRING = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 8, 30, tzinfo=UTC)


def books_time() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT walletdesk_now()")
        return cursor.fetchone()[0]


def fail() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def test_an_error_of_the_database_inside_a_moment_is_not_hidden_by_the_end_of_the_moment(fresh_database):
    with pytest.raises(DatabaseError, match="division by zero"), transaction.atomic(), at(SPRING):
        fail()
    assert books_time().year == now().year and books_time() != SPRING


def test_an_inner_moment_that_fails_leaves_the_outer_one(fresh_database):
    with at(SPRING):
        with pytest.raises(DatabaseError), transaction.atomic(), at(SUMMER):
            fail()
        assert books_time() == now() == SPRING
    assert books_time() > SUMMER


def test_a_moment_set_inside_a_transaction_ends_with_it(fresh_database):
    with transaction.atomic():
        with at(SPRING):
            assert books_time() == SPRING
        assert books_time() != SPRING
        transaction.set_rollback(True)
    assert books_time() != SPRING
