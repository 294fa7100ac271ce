"""Fixtures for all: ``db`` (one transaction, rolled back) and ``fresh_database`` (an own database, real commits)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.template import Template

from tests.as_tested import settings_for_tests
from tests.databases import FreshDatabase, cloned, django_on
from walletdesk.project.processes.long_lived import settle_in

WORKER = f"{os.environ.get('PYTEST_XDIST_WORKER', 'one')}_{os.getpid()}"


def pytest_configure() -> None:
    settings_for_tests()


def pytest_collection_finish() -> None:
    """Thousands of tests stand in memory from here to the end: what is thrown away is not looked for among them."""
    settle_in()


IN_EARNEST = Template._render  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def templates_in_earnest(django_test_environment: None) -> None:
    """Django's test environment copies every context of every template and component for tests that look into them. None
    of ours does: they read the page, as a browser would.
    """
    Template._render = IN_EARNEST  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Replaces pytest-django's own: a clone of the migrated template, used as the application's role."""
    with django_db_blocker.unblock(), cloned(f"walletdesk_{WORKER}") as name, django_on(name):
        yield


@pytest.fixture
def always_open(db: None) -> None:
    """Every topic of the hotline is open, whatever the hour at which this runs."""
    from tests.factories.hours import open_at_all_hours

    open_at_all_hours()


_numbers = iter(range(1_000_000))


@pytest.fixture
def fresh_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[FreshDatabase]:
    """An own database; what is committed here is really committed, and gone afterwards."""
    with django_db_blocker.unblock(), cloned(f"walletdesk_{WORKER}_{next(_numbers)}") as name, django_on(name):
        yield FreshDatabase(name)
