"""Who of the city is expected when: this week and the next, so that the plan, "shift today" and the hand-over have something
to show. Who answers people works early or late, a week each; the others by day; everybody has two days off together.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from walletdesk.project.city.arrivals import Residents
from walletdesk.project.city.people import clerks
from walletdesk.trust.staff.public import plan_shift

EARLY, LATE, BY_DAY = time(7), time(14, 30), time(9)
LASTS = timedelta(hours=8)
WEEK, WEEKS = 7, 2


def plan_the_weeks(residents: Residents, present: datetime) -> None:
    """``present`` in the city's own time. The supervisor plans."""
    desk = clerks()
    planner = f"employee:{next(residents.employees[one.number] for one in desk if one.role == 'supervisor')}"
    monday = present.date() - timedelta(days=present.weekday())
    for place, clerk in enumerate(desk):
        for day, begins in shifts_of(place, monday, answers=clerk.role == "agent"):
            starts = datetime.combine(day, begins, present.tzinfo)
            plan_shift(residents.employees[clerk.number], starts, starts + LASTS, by=planner)


def shifts_of(place: int, monday: date, *, answers: bool) -> Iterator[tuple[date, time]]:
    """The days and beginnings of whoever stands at this place of the list.

    Their days off move through the week with the place, so that somebody is there every day.
    """
    for week in range(WEEKS):
        for weekday in range(WEEK):
            if answers and (weekday - 2 * place) % WEEK < 2:
                continue
            if not answers and weekday >= WEEK - 2:
                continue
            begins = (EARLY, LATE)[(place + week) % 2] if answers else BY_DAY
            yield monday + timedelta(days=week * WEEK + weekday), begins
