"""The week ahead: what is forecast, when it is best to call, what is planned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from walletdesk.foundation.clock.public import now
from walletdesk.service.workforce.models import HourForecast, StaffingPlan
from walletdesk.service.workforce.queries.hours_counted import EVERY_QUEUE
from walletdesk.service.workforce.rules.best_time import HourToCall, judged, next_best
from walletdesk.service.workforce.rules.forecast import HourForecast as Forecast
from walletdesk.service.workforce.rules.forecast import forecast_week
from walletdesk.service.workforce.rules.staffing import (
    PlannedHour,
    PlanWishes,
    plan_week,
    unplanned,
    wait_if_staying,
)
from walletdesk.service.workforce.rules.week import HOURS, hour_of_week
from walletdesk.service.workforce.settings_in_force import first_guess, service_goal
from walletdesk.trust.official_contacts.public import contacts

HOTLINE = "phone"


@dataclass(frozen=True, slots=True)
class TimesToCall:
    """The open hours of a week, each with its wait and kind. ``best`` is the quietest of the next 24 hours."""

    hours: tuple[HourToCall, ...]
    best: HourToCall | None
    now_hour: int
    weeks: float
    made_at: datetime | None

    @property
    def confidence(self) -> str:
        return Forecast(0, 0, 0, 0, self.weeks).confidence


def zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def open_hours() -> list[bool]:
    """For each of the 168 hours whether some topic of a telephone number is attended, from the signed directory; the
    dated days (holidays) are not in it: a week is a usual week."""
    directory = contacts()
    called = {entry.topic for entry in directory.entries if entry.channel == HOTLINE}
    attended = [False] * HOURS
    for topic in directory.topics:
        if topic.code not in called:
            continue
        for day in range(7):
            for opens, closes in topic.hours.get(day, ()):
                for hour in range(opens // 60, -(-closes // 60)):
                    attended[day * 24 + hour] = True
    return attended


def forecast(queue: str = EVERY_QUEUE) -> list[Forecast]:
    """The 168 hours as last forecast; before the first forecast the usual week at the first guess."""
    rows = HourForecast.objects.filter(queue=queue).order_by("hour_of_week")
    kept = [Forecast(row.hour_of_week, row.calls, row.low, row.high, row.weeks) for row in rows]
    return kept if len(kept) == HOURS else forecast_week({}, first_guess().weekly_calls)


def times_to_call(queue: str = EVERY_QUEUE, at: datetime | None = None) -> TimesToCall:
    """What the picture "best time to call" shows, on any page and in any language."""
    here = hour_of_week(at or now(), zone())
    rows = list(HourForecast.objects.filter(queue=queue).order_by("hour_of_week"))
    attended = open_hours()
    if len(rows) == HOURS:
        shown = [row for row in rows if attended[row.hour_of_week]]
        hours = [HourToCall(row.hour_of_week, row.calls, row.wait, row.kind) for row in shown]  # type: ignore[arg-type]
        weeks, made_at = min((row.weeks for row in shown), default=0.0), rows[0].made_at
    else:
        waits = expected_waits(forecast(queue), attended, queue)
        hours, weeks, made_at = judged((hour, *seen) for hour, seen in waits.items()), 0.0, None
    return TimesToCall(tuple(hours), next_best(hours, here), here, weeks, made_at)


def expected_waits(week: Iterable[Forecast], attended: Sequence[bool], queue: str) -> dict[int, tuple[float, float]]:
    """Open hour → (calls, how long one waits who stays), with the people of the saved plan; before there is one, with
    those of a week that nobody planned."""
    wishes = wishes_in_force(queue)
    plan: Sequence[PlannedHour] = plan_week(week, attended, wishes)
    if not StaffingPlan.objects.filter(queue=queue).exists():
        plan = unplanned(plan, wishes)
    return {row.hour: (row.calls, wait_if_staying(row, wishes.patience)) for row in plan}


def wishes_in_force(queue: str = EVERY_QUEUE) -> PlanWishes:
    """The newest saved plan's wishes; without one the goal in force and the first guess."""
    saved = StaffingPlan.objects.filter(queue=queue).order_by("-made_at").first()
    if saved is not None:
        return PlanWishes(
            saved.aht, saved.target_seconds, saved.target_level, saved.patience, saved.shrinkage, saved.most_busy,
            saved.for_high,
        )  # fmt: skip
    goal, guess = service_goal(), first_guess()
    return PlanWishes(guess.aht, goal.target_seconds, goal.target_level, guess.patience, guess.shrinkage)


@dataclass(frozen=True, slots=True)
class PlanView:
    """A saved plan; ``by`` is the employee's id."""

    made_at: datetime
    by: object
    wishes: PlanWishes
    hours: tuple[PlannedHour, ...]


def plan_in_force(queue: str = EVERY_QUEUE) -> PlanView | None:
    """The newest plan that somebody saved for this queue."""
    saved = StaffingPlan.objects.filter(queue=queue).order_by("-made_at").prefetch_related("hours").first()
    if saved is None:
        return None
    hours = tuple(
        PlannedHour(
            row.hour_of_week, row.calls, row.agents, row.on_rota, row.service_level, row.mean_wait, row.occupancy,
            row.abandonment,
        )
        for row in sorted(saved.hours.all(), key=lambda row: row.hour_of_week)
    )  # fmt: skip
    return PlanView(saved.made_at, saved.made_by_id, wishes_in_force(queue), hours)


def draft_plan(wishes: PlanWishes, queue: str = EVERY_QUEUE) -> list[PlannedHour]:
    """What the planner would answer; nothing is saved."""
    return plan_week(forecast(queue), open_hours(), wishes)


def week_begins(at: datetime) -> datetime:
    """Monday 0:00 of the week of ``at``, in the hotline's zone."""
    here = at.astimezone(zone())
    return (here - timedelta(days=here.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
