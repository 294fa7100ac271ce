"""A plan as a page reads it: one day as a picture with its table, the week as one line a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from walletdesk.doors._shared.bar_chart import Bar, Part, bars
from walletdesk.doors._shared.reader_time import local
from walletdesk.doors.supervisor_wall.showing.words_of_figures import clock, per_cent
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.workforce.public import (
    CONFIDENCE_WORDS,
    HourForecast,
    PlannedHour,
    PlanWishes,
    draft_plan,
    forecast,
    plan_in_force,
)
from walletdesk.trust.staff.public import employees

DAYS = (
    Words("周一", "Mon"),
    Words("周二", "Tue"),
    Words("周三", "Wed"),
    Words("周四", "Thu"),
    Words("周五", "Fri"),
    Words("周六", "Sat"),
    Words("周日", "Sun"),
)
CHART = Words(
    "{day}：最忙 {hour} 点，排 {rota} 人，其中 {agents} 人接电话",
    "{day}: busiest at {hour}:00, {rota} on the rota, {agents} at the telephones",
)


@dataclass(frozen=True, slots=True)
class HourRow:
    hour: str
    calls: str
    band: str
    agents: int
    on_rota: int
    level: str
    wait: str
    busy: str
    lost: str


@dataclass(frozen=True, slots=True)
class DayRow:
    number: int
    name: Words
    calls: str
    most_agents: int
    most_rota: int
    hours: str
    on: bool


@dataclass(frozen=True, slots=True)
class PlannerPage:
    day: Words
    days: list[DayRow]
    rows: list[HourRow]
    chart: SafeString
    confidence: Words
    week_hours: str
    week_calls: str
    saved_at: datetime | None
    saved_by: str


def page(wishes: PlanWishes, day_asked: str) -> PlannerPage:
    """The plan for these wishes and the forecast of now; ``day_asked`` is 0 (Monday) to 6, else today."""
    day = int(day_asked) if day_asked in {"0", "1", "2", "3", "4", "5", "6"} else local(now()).weekday()
    week, plan, saved = forecast(), draft_plan(wishes), plan_in_force()
    by_hour = {one.hour: one for one in week}
    of_day = [row for row in plan if row.hour // 24 == day]
    known = min((one.weeks for one in week if any(row.hour == one.hour for row in plan)), default=0.0)
    who = employees([saved.by]) if saved else {}  # type: ignore[list-item]
    return PlannerPage(
        day=DAYS[day],
        days=[_day(number, [row for row in plan if row.hour // 24 == number], number == day) for number in range(7)],
        rows=[_row(row, by_hour[row.hour]) for row in of_day],
        chart=_chart(of_day, DAYS[day]),
        confidence=CONFIDENCE_WORDS[HourForecast(0, 0, 0, 0, known).confidence],
        week_hours=f"{sum(row.on_rota for row in plan):,}",
        week_calls=f"{sum(row.calls for row in plan):,.0f}",
        saved_at=saved.made_at if saved else None,
        saved_by=next((one.employee_number for one in who.values()), ""),
    )


def _day(number: int, rows: list[PlannedHour], on: bool) -> DayRow:
    return DayRow(
        number, DAYS[number], f"{sum(row.calls for row in rows):,.0f}", max((row.agents for row in rows), default=0),
        max((row.on_rota for row in rows), default=0), f"{sum(row.on_rota for row in rows):,}", on,
    )  # fmt: skip


def _row(row: PlannedHour, seen: HourForecast) -> HourRow:
    return HourRow(
        f"{row.hour % 24}:00", f"{row.calls:.0f}", f"{seen.low:.0f}–{seen.high:.0f}", row.agents, row.on_rota,
        per_cent(row.service_level), clock(row.mean_wait), per_cent(row.occupancy), per_cent(row.abandonment, 1),
    )  # fmt: skip


def _chart(rows: list[PlannedHour], day: Words) -> SafeString:
    shown = [
        Bar(
            str(row.hour % 24),
            [Part("go", row.agents), Part("", row.on_rota - row.agents)],
            over=str(row.on_rota),
            named=len(rows) < 15 or row.hour % 2 == 0,
        )
        for row in rows
    ]
    most = max(rows, key=lambda row: row.on_rota, default=None)
    label = CHART.say(day=day, hour=most.hour % 24, rota=most.on_rota, agents=most.agents) if most else str(day)
    return bars(shown, width=860, height=280, label=label)
