"""Moments as a reader says them, in the reader's own time zone.

clock_time   14:10            seconds   14:10:07
day          5 月 19 日        19 May      with the year when it is another one
short        14:10 today, else the day; full   2026-05-19 14:10
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words, reading_chinese

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_WEEKDAYS = [
    Words("周一", "Mon"),
    Words("周二", "Tue"),
    Words("周三", "Wed"),
    Words("周四", "Thu"),
    Words("周五", "Fri"),
    Words("周六", "Sat"),
    Words("周日", "Sun"),
]


def local(moment: datetime) -> datetime:
    """The moment in the active time zone; a naive one is refused by Django."""
    return timezone.localtime(moment)


def day_words(day: date) -> str:
    """``5 月 19 日`` or ``19 May``; the year is added when it is not this one."""
    this_year = local(now()).year
    if reading_chinese():
        return f"{day.month} 月 {day.day} 日" if day.year == this_year else f"{day.year} 年 {day.month} 月 {day.day} 日"
    words = f"{day.day} {_MONTHS[day.month - 1]}"
    return words if day.year == this_year else f"{words} {day.year}"


def weekday_words(day: date) -> str:
    return str(_WEEKDAYS[day.weekday()])


def near_day_words(day: date) -> str:
    """Today, yesterday or tomorrow by name; any other day as :func:`day_words`."""
    near = {
        0: Words("今天", "Today"),
        -1: Words("昨天", "Yesterday"),
        1: Words("明天", "Tomorrow"),
    }.get((day - local(now()).date()).days)
    return str(near) if near else day_words(day)


def moment_words(moment: datetime, style: str = "short") -> str:
    """``style``: clock, seconds, day, near (day by name), short, long (day and hour) or full."""
    here = local(moment)
    hour = f"{here:%H:%M}"
    match style:
        case "clock":
            return hour
        case "seconds":
            return f"{here:%H:%M:%S}"
        case "day":
            return day_words(here.date())
        case "near":
            return near_day_words(here.date())
        case "full":
            return f"{here:%Y-%m-%d %H:%M}"
        case "long":
            return f"{near_day_words(here.date())} {hour}"
        case _:
            today = here.date() == local(now()).date()
            return hour if today else f"{day_words(here.date())} {hour}"
