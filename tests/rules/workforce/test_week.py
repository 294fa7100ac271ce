"""The week: the usual peaks before we know better, what some weeks teach, how many people it takes, when to call."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from walletdesk.service.workforce.rules.best_time import HourToCall, believed_wait, judged, next_best
from walletdesk.service.workforce.rules.forecast import HourForecast, forecast_week
from walletdesk.service.workforce.rules.simulation.dice import Dice
from walletdesk.service.workforce.rules.staffing import (
    PlanWishes,
    agents_needed,
    on_rota,
    outcome,
    plan_week,
    unplanned,
    wish_objection,
)
from walletdesk.service.workforce.rules.week import HOURS, hour_of_week, usual_share

SHANGHAI = ZoneInfo("Asia/Shanghai")
TUESDAY_TEN, SATURDAY_TEN, SATURDAY_THREE, TUESDAY_THREE = 24 + 10, 5 * 24 + 10, 5 * 24 + 15, 24 + 15
OPEN = [True] * HOURS


@pytest.mark.parametrize(
    ("moment", "hour"),
    [
        (datetime(2026, 5, 18, 0, 30, tzinfo=SHANGHAI), 0),
        (datetime(2026, 5, 19, 10, 59, tzinfo=SHANGHAI), TUESDAY_TEN),
        (datetime(2026, 5, 24, 15, 59, tzinfo=UTC), 6 * 24 + 23),
        (datetime(2026, 5, 24, 16, 0, tzinfo=UTC), 0),
    ],
)
def test_an_hour_has_its_place_in_the_week(moment: datetime, hour: int) -> None:
    assert hour_of_week(moment, SHANGHAI) == hour


def test_before_the_first_call_the_usual_peaks_hold() -> None:
    """Weekday mornings and weekend afternoons."""
    week = forecast_week({}, weekly_calls=4_200)
    assert sum(one.calls for one in week) == pytest.approx(4_200)
    assert week[TUESDAY_TEN].calls > 1.5 * week[TUESDAY_THREE].calls
    assert week[SATURDAY_THREE].calls > 1.5 * week[SATURDAY_TEN].calls
    assert {one.confidence for one in week} == {"usual"}


def test_a_city_that_calls_in_the_evening_is_believed_after_some_weeks() -> None:
    evening = 24 + 20
    week = forecast_week({evening: [(ago, 200) for ago in range(8)]}, weekly_calls=4_200)
    assert 170 < week[evening].calls < 200
    assert week[evening].confidence == "good"
    assert week[evening + 1].confidence == "usual"


def test_one_wild_tuesday_is_not_a_habit() -> None:
    calm = {hour: [(float(ago), round(4_200 * usual_share(hour))) for ago in range(1, 6)] for hour in range(HOURS)}
    wild = calm | {TUESDAY_TEN: [(0.0, 900), *calm[TUESDAY_TEN]]}
    before, after = forecast_week(calm, 4_200)[TUESDAY_TEN].calls, forecast_week(wild, 4_200)[TUESDAY_TEN].calls
    assert before < after < 0.4 * 900


def test_an_old_habit_is_forgotten() -> None:
    was, is_now = [(float(ago), 100) for ago in range(12, 24)], [(float(ago), 20) for ago in range(6)]
    assert forecast_week({TUESDAY_TEN: was + is_now}, 4_200)[TUESDAY_TEN].calls < 50


def test_the_middle_eighty_hold_what_eight_weeks_in_ten_bring() -> None:
    """Drawn weeks against the band that earlier weeks gave; the seed is printed."""
    dice, inside, asked = Dice(20260519), 0, 0

    def drawn(rate: float) -> int:
        at, calls = dice.gap(1 / rate) if rate else 2.0, 0
        while at < 1:
            calls, at = calls + 1, at + dice.gap(1 / rate)
        return calls

    rates = [4_200 * usual_share(hour) * (0.6 + 0.8 * dice.share()) for hour in range(HOURS)]
    seen = {hour: [(float(ago), drawn(rates[hour])) for ago in range(1, 7)] for hour in range(HOURS)}
    for one in forecast_week(seen, 4_200):
        for _ in range(20):
            asked += 1
            inside += one.low <= drawn(rates[one.hour]) <= one.high
    share = inside / asked
    print(f"\nseed 20260519: {share:.3f} of {asked} hours inside the band")
    assert 0.75 < share < 0.92


def test_more_weeks_make_it_surer() -> None:
    few, many = (forecast_week({TUESDAY_TEN: [(0.0, 80)] * weeks}, 4_200)[TUESDAY_TEN] for weeks in (1, 12))
    assert many.high - many.low < few.high - few.low


def test_enough_people_and_not_one_more() -> None:
    wishes = PlanWishes(aht=180, target_seconds=20, target_level=0.8, patience=None, most_busy=0.9)
    assert agents_needed(200, wishes).agents == 14  # 13 give 0.7956
    assert agents_needed(0, wishes).agents == 0


@pytest.mark.parametrize("calls", [1, 7, 40, 200, 1_000, 5_000])
@pytest.mark.parametrize("patience", [None, 120.0])
def test_the_number_found_is_the_fewest(calls: float, patience: float | None) -> None:
    wishes = PlanWishes(aht=240, patience=patience)
    needed = agents_needed(calls, wishes)
    fewer = outcome(calls, needed.agents - 1, wishes)
    assert needed.service_level >= wishes.target_level
    assert needed.occupancy <= wishes.most_busy
    assert fewer.service_level < wishes.target_level or fewer.occupancy > wishes.most_busy


@pytest.mark.parametrize(("agents", "shrinkage", "rota"), [(7, 0.3, 10), (14, 0.3, 20), (1, 0.0, 1), (8, 0.25, 11)])
def test_shrinkage_puts_more_on_the_rota(agents: int, shrinkage: float, rota: int) -> None:
    assert on_rota(agents, shrinkage) == rota


def test_a_plan_has_a_row_for_each_open_hour_and_no_other() -> None:
    attended = [8 <= hour % 24 < 20 for hour in range(HOURS)]
    plan = plan_week(forecast_week({}, 4_200), attended, PlanWishes())
    assert [row.hour for row in plan] == [hour for hour in range(HOURS) if attended[hour]]
    assert all(row.agents >= 1 and row.on_rota >= row.agents for row in plan)


def test_planning_for_the_upper_end_takes_more_people() -> None:
    week = forecast_week({}, 4_200)
    usual, careful = (sum(row.on_rota for row in plan_week(week, OPEN, PlanWishes(for_high=high))) for high in (0, 1))
    assert careful > usual


def test_a_week_that_nobody_planned_has_its_peaks() -> None:
    wishes = PlanWishes()
    plan = plan_week(forecast_week({}, 4_200), OPEN, wishes)
    times = judged((row.hour, row.calls, row.mean_wait * 3) for row in unplanned(plan, wishes))
    kinds = {one.hour: one.kind for one in times}
    assert (kinds[TUESDAY_TEN], kinds[SATURDAY_THREE]) == ("peak", "peak")
    assert (kinds[24 + 20], kinds[SATURDAY_TEN]) == ("quiet", "quiet")


@pytest.mark.parametrize(
    ("wishes", "objection"),
    [
        (PlanWishes(), None),
        (PlanWishes(aht=0), "aht"),
        (PlanWishes(target_level=1.0), "target_level"),
        (PlanWishes(shrinkage=1.0), "shrinkage"),
        (PlanWishes(patience=1), "patience"),
        (PlanWishes(aht=float("nan")), "aht"),
        (PlanWishes(target_seconds=float("inf")), "target_seconds"),
    ],
)
def test_what_cannot_be_planned_with_is_named(wishes: PlanWishes, objection: str | None) -> None:
    assert wish_objection(wishes) == objection


def test_what_was_seen_outweighs_the_plan_as_calls_are_counted() -> None:
    assert believed_wait(30, None, 0) == 30
    assert believed_wait(30, 90, 30) == 60
    assert believed_wait(30, 90, 3_000) == pytest.approx(90, abs=1)


def test_the_best_time_is_the_next_of_the_shortest() -> None:
    hours = [HourToCall(hour, 10, wait, "between") for hour, wait in ((9, 200), (10, 45), (11, 5), (12, 8), (167, 1))]
    assert next_best(hours, 9) == hours[2]
    assert next_best(hours, 12, ahead=2) is None
    assert next_best(hours, 166) == hours[4]
    assert next_best([only := HourToCall(3, 1, 1, "quiet")], 3, ahead=168) == only


def test_an_hour_forecast_says_how_sure_it_is() -> None:
    assert [HourForecast(0, 1, 0, 2, weeks).confidence for weeks in (0, 0.9, 1, 3.9, 4)] == [
        "usual",
        "usual",
        "some",
        "some",
        "good",
    ]
