"""The hotline's rooms are open day and night here, except where a test is about its hours."""

from typing import Any

import pytest

from tests.factories.hours import open_at_all_hours


@pytest.fixture(autouse=True)
def open_or_not(request: Any) -> None:
    if request.node.get_closest_marker("shipped_hours"):
        return
    request.getfixturevalue("fresh_database" if "fresh_database" in request.fixturenames else "db")
    open_at_all_hours()
