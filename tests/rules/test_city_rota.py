"""The demo city's rota: somebody is there every day, nobody works seven days, nobody is in two places."""

from __future__ import annotations

from collections import Counter
from datetime import date, time, timedelta

from walletdesk.project.city.people import clerks
from walletdesk.project.city.rota import shifts_of

MONDAY = date(2026, 11, 23)


def test_everybody_works_five_days_of_each_week() -> None:
    for place, clerk in enumerate(clerks()):
        days = [day for day, _ in shifts_of(place, MONDAY, answers=clerk.role == "agent")]
        assert len(days) == len(set(days)) == 10
        assert sum(day < MONDAY + timedelta(days=7) for day in days) == 5


def test_somebody_answers_early_and_late_on_every_day() -> None:
    there: Counter[tuple[date, time]] = Counter()
    for place, clerk in enumerate(clerks()):
        if clerk.role == "agent":
            there.update(shifts_of(place, MONDAY, answers=True))
    for day in range(14):
        for begins in (time(7), time(14, 30)):
            assert there[MONDAY + timedelta(days=day), begins] >= 1
