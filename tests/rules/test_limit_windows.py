"""Whose midnight it is: windows by the operator's calendar, right to the second where clocks are turned."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletdesk.money.wallets.rules.windows import Windows, first_moment, later_of, resets_at, windows_at

SHANGHAI = ZoneInfo("Asia/Shanghai")
ZONES = [
    ZoneInfo(name)
    for name in (
        "Asia/Shanghai",
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "America/Sao_Paulo",
        "Asia/Beirut",
        "America/St_Johns",
        "Pacific/Apia",
        "Asia/Kathmandu",
    )
]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "day", "day_ends", "month_ends", "year_ends"),
    [
        # in UTC             in Shanghai   the next midnight there, in UTC
        ("2026-05-19 15:59:59", "2026-05-19", "2026-05-19 16:00", "2026-05-31 16:00", "2026-12-31 16:00"),
        ("2026-05-19 16:00:00", "2026-05-20", "2026-05-20 16:00", "2026-05-31 16:00", "2026-12-31 16:00"),
        ("2026-12-31 15:59:59", "2026-12-31", "2026-12-31 16:00", "2026-12-31 16:00", "2026-12-31 16:00"),
        ("2026-12-31 16:00:00", "2027-01-01", "2027-01-01 16:00", "2027-01-31 16:00", "2027-12-31 16:00"),
        ("2028-02-28 20:00:00", "2028-02-29", "2028-02-29 16:00", "2028-02-29 16:00", "2028-12-31 16:00"),
    ],
)
def test_the_operators_calendar_decides(moment: str, day: str, day_ends: str, month_ends: str, year_ends: str) -> None:
    running = windows_at(utc(moment), SHANGHAI)
    assert running.day == date.fromisoformat(day)
    ends = [resets_at(window, running, SHANGHAI) for window in ("day", "month", "year", "lifetime")]
    assert ends == [utc(day_ends), utc(month_ends), utc(year_ends), None]


@pytest.mark.parametrize(
    ("zone", "day", "begins", "hours"),
    [
        ("Europe/Berlin", "2026-03-29", "2026-03-28 23:00", 23),  # clocks forward at two in the morning
        ("Europe/Berlin", "2026-10-25", "2026-10-24 22:00", 25),  # and back
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04 03:00", 23),  # there was no midnight: the day began at one
        ("Asia/Beirut", "2022-03-27", "2022-03-26 22:00", 23),  # the same
        (
            "America/St_Johns",
            "2010-11-07",
            "2010-11-07 02:30",
            25,
        ),  # back at one past midnight: twice the 6th's last hour
        ("Pacific/Apia", "2011-12-29", "2011-12-29 10:00", 24),  # the 30th was left out
    ],
)
def test_days_that_are_shorter_or_longer(zone: str, day: str, begins: str, hours: int) -> None:
    where, day_ = ZoneInfo(zone), date.fromisoformat(day)
    assert first_moment(day_, where) == utc(begins)
    running = windows_at(utc(begins) + timedelta(hours=2), where)
    assert running.day == day_
    ends = resets_at("day", running, where)
    assert ends is not None
    assert ends - utc(begins) == timedelta(hours=hours)


def test_a_day_does_not_come_back_with_the_clocks() -> None:
    """St. John's 2010: 00:00 of the 7th, one minute on, then 23:01 of the 6th again. The 7th has begun."""
    where = ZoneInfo("America/St_Johns")
    begun = windows_at(utc("2010-11-07 02:30"), where)
    again = windows_at(utc("2010-11-07 02:45"), where)
    assert (begun.day, again.day) == (date(2010, 11, 7), date(2010, 11, 6))
    assert later_of(begun, again) == begun


@given(st.datetimes(datetime(2000, 1, 1), datetime(2037, 12, 1), timezones=st.just(UTC)), st.sampled_from(ZONES))
def test_every_moment_lies_before_the_end_of_its_windows(moment: datetime, zone: ZoneInfo) -> None:
    running = windows_at(moment, zone)
    assert running.day >= running.month >= running.year
    for window in ("day", "month", "year"):
        ends = resets_at(window, running, zone)
        assert ends is not None
        assert moment < ends or zone.key == "America/St_Johns"
        after = windows_at(ends, zone)
        assert after.beginning(window) > running.beginning(window)  # type: ignore[operator]


def test_windows_that_never_began_are_those_of_the_moment() -> None:
    now = Windows(date(2026, 5, 19), date(2026, 5, 1), date(2026, 1, 1))
    assert later_of(None, now) == now
