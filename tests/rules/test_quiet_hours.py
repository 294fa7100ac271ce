"""Quiet hours on the reader's clock, over midnight and where clocks are put forward and back."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from walletdesk.service.notifications.rules.quiet_hours import quiet_until

SHANGHAI, LONDON = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/London")


def hour(text: str) -> time:
    return time.fromisoformat(text)


@pytest.mark.parametrize(
    ("now", "begins", "ends", "until"),
    [
        ("2026-11-22T23:30", "22:00", "07:00", "2026-11-23T07:00"),
        ("2026-11-22T22:00", "22:00", "07:00", "2026-11-23T07:00"),
        ("2026-11-22T06:59", "22:00", "07:00", "2026-11-22T07:00"),
        ("2026-11-22T00:00", "22:00", "07:00", "2026-11-22T07:00"),
        ("2026-11-22T07:00", "22:00", "07:00", None),
        ("2026-11-22T21:59", "22:00", "07:00", None),
        ("2026-11-22T13:00", "12:30", "14:00", "2026-11-22T14:00"),
        ("2026-11-22T12:29", "12:30", "14:00", None),
        ("2026-12-31T23:59", "22:00", "00:00", "2027-01-01T00:00"),
        ("2026-11-22T00:00", "22:00", "00:00", None),
    ],
)
def test_when_quiet_hours_end(now: str, begins: str, ends: str, until: str | None) -> None:
    here = datetime.fromisoformat(now).replace(tzinfo=SHANGHAI)
    expected = datetime.fromisoformat(until).replace(tzinfo=SHANGHAI) if until else None
    assert quiet_until(here, hour(begins), hour(ends)) == expected


@pytest.mark.parametrize(
    ("now", "ends", "until"),
    [
        # clocks go forward at 01:00 UTC: 01:30 is read by no clock that night
        ("2026-03-29T00:30+00:00", "01:30", "2026-03-29T01:30+00:00"),
        # and back at 01:00 UTC: 01:30 is read twice; the first of the two counts
        ("2026-10-24T23:45+00:00", "01:30", "2026-10-25T00:30+00:00"),
    ],
)
def test_where_clocks_are_moved(now: str, ends: str, until: str) -> None:
    here = datetime.fromisoformat(now).astimezone(LONDON)
    found = quiet_until(here, hour("22:00"), hour(ends))
    assert found is not None
    assert found.astimezone(UTC) == datetime.fromisoformat(until)


@given(
    some.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=some.just(UTC)),
    some.sampled_from([SHANGHAI, LONDON, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu")]),
    some.times(),
    some.times(),
)
def test_nobody_waits_longer_than_a_day_and_the_end_is_no_quiet_hour(
    moment: datetime, zone: ZoneInfo, begins: time, ends: time
) -> None:
    begins, ends = begins.replace(microsecond=0), ends.replace(microsecond=0)
    if begins == ends:
        return
    here = moment.astimezone(zone)
    until = quiet_until(here, begins, ends)
    if until is not None:
        assert -timedelta(hours=1) <= until.astimezone(UTC) - moment <= timedelta(hours=25)
        assert (until.hour, until.minute) == (ends.hour, ends.minute)
        assert quiet_until(until, begins, ends) is None
