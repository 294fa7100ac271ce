"""The hotline’s rooms are open day and night here, except where a test is about its hours."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def open_or_not(request: Any) -> None:
    if not request.node.get_closest_marker("shipped_hours"):
        request.getfixturevalue("always_open")
