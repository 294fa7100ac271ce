"""Open now? As a table of moments in Shanghai, over a week, the Spring Festival and the days worked for it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from walletdesk.trust.official_contacts.rules.opening import HOLIDAY, MAKE_UP, WHOLE_DAY, OpenState, open_state

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Working days 9:00 to 17:30, weekends and holidays closed, make-up days as working days.
OFFICE = dict.fromkeys((0, 1, 2, 3, 4, MAKE_UP), ((540, 1050),)) | dict.fromkeys((5, 6, HOLIDAY), ())
# A lunch break, and Saturday mornings.
SHOP = dict.fromkeys(range(5), ((540, 720), (780, 1080))) | {5: ((540, 720),), 6: (), HOLIDAY: (), MAKE_UP: ()}
ALWAYS = dict.fromkeys(range(9), WHOLE_DAY)
NIGHT = dict.fromkeys(range(9), ((0, 120), (1320, 1440)))
NEVER: dict[int, tuple[tuple[int, int], ...]] = {}
SPRING_FESTIVAL = {date(2026, 2, day): HOLIDAY for day in range(15, 24)} | {
    date(2026, 2, 14): MAKE_UP,
    date(2026, 2, 28): MAKE_UP,
}


def moment(text: str) -> datetime:
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)


TABLE = [
    # hours    at              open?   opens next      closes next      why
    (OFFICE, "05-19 09:00", True, None, "05-19 17:30", "Tuesday, the first minute"),
    (OFFICE, "05-19 08:59", False, "05-19 09:00", "05-19 17:30", "a minute before"),
    (OFFICE, "05-19 17:29", True, None, "05-19 17:30", "the last minute"),
    (OFFICE, "05-19 17:30", False, "05-20 09:00", "05-20 17:30", "a closing minute is closed"),
    (OFFICE, "05-22 18:00", False, "05-25 09:00", "05-25 17:30", "Friday evening, over the weekend"),
    (OFFICE, "02-14 10:00", True, None, "02-14 17:30", "a Saturday worked for the festival"),
    (OFFICE, "02-14 18:00", False, "02-24 09:00", "02-24 17:30", "nine days off"),
    (OFFICE, "02-16 10:00", False, "02-24 09:00", "02-24 17:30", "a Monday that is a holiday"),
    (OFFICE, "02-28 12:00", True, None, "02-28 17:30", "the other Saturday worked for it"),
    (SHOP, "05-19 12:30", False, "05-19 13:00", "05-19 18:00", "the lunch break"),
    (SHOP, "05-23 11:00", True, None, "05-23 12:00", "Saturday morning"),
    (SHOP, "05-23 12:00", False, "05-25 09:00", "05-25 12:00", "Saturday noon"),
    (ALWAYS, "05-19 03:00", True, None, None, "day and night: no end in sight"),
    (ALWAYS, "02-16 00:00", True, None, None, "on a holiday too"),
    (NIGHT, "05-19 23:00", True, None, "05-20 02:00", "over midnight it is one stretch"),
    (NIGHT, "05-20 01:00", True, None, "05-20 02:00", "and on the other side of midnight"),
    (NIGHT, "05-20 02:00", False, "05-20 22:00", "05-21 02:00", "until the evening"),
    (NEVER, "05-19 10:00", False, None, None, "nobody is ever there"),
]


@pytest.mark.parametrize(
    ("hours", "at", "is_open", "opens", "closes"), [r[:5] for r in TABLE], ids=[r[5] for r in TABLE]
)
def test_open_now(hours: dict, at: str, is_open: bool, opens: str | None, closes: str | None) -> None:
    expected = OpenState(is_open, moment(opens) if opens else None, moment(closes) if closes else None)
    assert open_state(hours, SPRING_FESTIVAL, moment(at), SHANGHAI) == expected


def test_the_reader_may_be_anywhere() -> None:
    in_new_york = moment("05-19 09:00").astimezone(ZoneInfo("America/New_York"))
    assert open_state(OFFICE, {}, in_new_york, SHANGHAI).open
