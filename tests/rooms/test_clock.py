"""The clock: a simulated moment holds in Python and in the database, and only where the owner allows it."""

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import connection

from tests.databases import FreshDatabase
from walletdesk.foundation.clock.public import at, now, uuid7

SPRING = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)


def books_time() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT walletdesk_now()")
        return cursor.fetchone()[0]


def test_inside_at_both_sides_agree_on_the_moment(db: None) -> None:
    with at(SPRING):
        assert now() == SPRING
        assert books_time() == SPRING
    assert books_time().year >= 2026
    assert books_time() != SPRING


def test_where_the_owner_forbids_simulation_the_application_cannot_back_date(fresh_database: FreshDatabase) -> None:
    fresh_database.as_owner("UPDATE clock_simulation SET allowed = false")
    with at(SPRING):
        assert books_time() != SPRING
    with psycopg.connect(fresh_database.url) as application, pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute("UPDATE clock_simulation SET allowed = true")


def test_ids_follow_time_and_never_repeat() -> None:
    made = [uuid7() for _ in range(10_000)]
    assert len(set(made)) == len(made)
    assert all(one.version == 7 for one in made[:10])
    assert made[0].int >> 80 <= made[-1].int >> 80
