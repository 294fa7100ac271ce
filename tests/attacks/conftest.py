"""A world for files that only read it or may spoil it: built once a file, each test puts back what it changed."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.attacks.everybody import World, everybody


@pytest.fixture(scope="module")
def world_of_this_file(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """In a transaction that is never committed; ``db`` makes each test a savepoint in it. For files all of whose tests
    that use the database use ``world``: another one would find these people there, and ``fresh_database`` would close
    the connection under them.
    """
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole._from_testcase = True  # type: ignore[attr-defined]  # Django's own mark: nothing here counts as durable
        with whole:
            try:
                yield everybody()
            finally:
                transaction.set_rollback(True)


@pytest.fixture
def world(world_of_this_file: World, db: None) -> World:
    return copy.deepcopy(world_of_this_file)
