"""Weeks of counted hours out of the simulator: for the demo city, marked as simulated wherever they are shown."""

from __future__ import annotations

from datetime import datetime, timedelta

from walletdesk.service.workforce.queries.week_ahead import open_hours, week_begins, wishes_in_force
from walletdesk.service.workforce.rules.counting import Contact
from walletdesk.service.workforce.rules.forecast import forecast_week
from walletdesk.service.workforce.rules.simulation.day import contacts, oldest_first, simulate
from walletdesk.service.workforce.rules.simulation.people import Agent, Habits, callers_of
from walletdesk.service.workforce.rules.staffing import plan_week, unplanned
from walletdesk.service.workforce.rules.week import HOURS
from walletdesk.service.workforce.services.count_hours import keep_counts
from walletdesk.service.workforce.settings_in_force import first_guess, service_goal

QUEUES = {"payments": 0.6, "general": 0.4}


def simulate_weeks(until: datetime, weeks: int, seed: int) -> int:
    """Fill the ``weeks`` before ``until`` with simulated hours where no real call was counted; how many rows."""
    begin, goal, written = week_begins(until) - timedelta(weeks=weeks), service_goal(), 0
    while begin < until:
        made = [one for one in _week(begin, seed) if one.came_at < until]
        written += keep_counts(made, "simulated", goal)
        begin = week_begins(begin + timedelta(days=8))
        seed += 1
    return written


def _week(begin: datetime, seed: int) -> list[Contact]:
    """One usual week with the people of a week that nobody planned."""
    guess, attended = first_guess(), open_hours()
    week = forecast_week({}, guess.weekly_calls)
    wishes = wishes_in_force()
    agents_at = {one.hour: one.agents for one in unplanned(plan_week(week, attended, wishes), wishes)}
    calls = [one.calls if attended[one.hour] else 0.0 for one in week]
    habits = Habits(talk=guess.aht - 40, wrap=40, patience=guess.patience, topics=QUEUES)
    callers = callers_of(seed, calls, habits)
    day = simulate(callers, _shifts(agents_at), oldest_first)
    made: list[Contact] = []
    for queue in QUEUES:
        mine = [story for story in day.stories if story.caller.topic == queue]
        day_of_queue = type(day)(mine, 0.0, [])
        made += contacts(day_of_queue, queue, lambda seconds: begin + timedelta(seconds=seconds))
    return made


def _shifts(agents_at: dict[int, int]) -> list[Agent]:
    """As many agents as each hour has; a shift lasts as long as its place is needed without a break."""
    topics, languages = frozenset(QUEUES), frozenset({"zh"})
    shifts: list[Agent] = []
    running: dict[int, int] = {}
    for hour in range(HOURS + 1):
        wanted = agents_at.get(hour, 0)
        for place in [place for place in running if place >= wanted]:
            shifts.append(Agent(len(shifts), running.pop(place) * 3600.0, hour * 3600.0, topics, languages))
        for place in range(wanted):
            running.setdefault(place, hour)
    return shifts
