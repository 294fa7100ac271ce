"""Which dated figure holds."""

from datetime import UTC, datetime

import pytest

from walletdesk.foundation.profiles.rules import row_in_force

SPRING, SUMMER, AUTUMN = (datetime(2026, month, 1, tzinfo=UTC) for month in (3, 6, 9))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 2, 28, tzinfo=UTC), None),
        (SPRING, (SPRING, 60)),
        (datetime(2026, 5, 31, 23, 59, 59, tzinfo=UTC), (SPRING, 60)),
        (SUMMER, (SUMMER, 45)),
        (datetime(2030, 1, 1, tzinfo=UTC), (AUTUMN, 50)),
    ],
)
def test_the_latest_row_that_has_begun_holds(moment, expected):
    assert row_in_force([(AUTUMN, 50), (SPRING, 60), (SUMMER, 45)], moment) == expected


def test_no_rows_no_figure():
    assert row_in_force([], SPRING) is None
