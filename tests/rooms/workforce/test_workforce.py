"""The workforce room on a real database: hours counted, weeks forecast, plans saved, waits told from the floor as it stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories.line import a_call, a_place, an_agent_at
from tests.factories.service import a_payer
from tests.factories.trust import an_employee
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.profiles.public import set_value
from walletdesk.service.hotline.models import Contact
from walletdesk.service.hotline.public import line, live_calls, set_skills, use_wait_estimator
from walletdesk.service.workforce.models import HourCount, HourForecast
from walletdesk.service.workforce.public import (
    EVERY_QUEUE,
    PlanNotUsable,
    PlanWishes,
    count_hours,
    draft_plan,
    estimate_wait,
    floor,
    forecast,
    hours_counted,
    make_forecast,
    open_hours,
    plan_in_force,
    queues_counted,
    report,
    save_plan,
    service_goal,
    simulate_weeks,
    times_to_call,
    wait_of,
    wishes_in_force,
)
from walletdesk.trust.staff.public import ActNotAllowed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("always_open")]
TEN = datetime(2026, 5, 19, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai, a Tuesday
TUESDAY_TEN = 24 + 10


def a_morning() -> None:
    """Six calls after ten o'clock: four answered (three in time), one given up at once, one after a minute."""
    for minute, waited in ((0, 5), (1, 10), (2, 20), (3, 45)):
        a_call(TEN + timedelta(minutes=minute), waited=waited, talked=180)
    a_call(TEN + timedelta(minutes=4), waited=3)
    a_call(TEN + timedelta(minutes=5), waited=60, topic="general")


# ---- counting ----


def test_the_morning_is_counted_by_queue_and_hour() -> None:
    a_morning()
    with at(TEN + timedelta(hours=1)):
        assert count_hours() == 2
    payments = hours_counted(TEN, TEN + timedelta(hours=1), "payments")[0].counts
    assert (payments.offered, payments.answered, payments.answered_in_time) == (5, 4, 3)
    assert (payments.abandoned, payments.early, payments.longest) == (1, 1, 45)
    everybody = hours_counted(TEN, TEN + timedelta(hours=1))[0]
    assert (everybody.queue, everybody.counts.offered, everybody.counts.abandoned) == (EVERY_QUEUE, 6, 2)
    assert queues_counted() == ["general", "payments"]


def test_counting_again_changes_nothing_and_a_call_that_ends_later_is_counted_anew() -> None:
    a_morning()
    still = a_call(TEN + timedelta(minutes=55))
    with at(TEN + timedelta(hours=1)):
        count_hours()
        count_hours()
        assert hours_counted(TEN, TEN + timedelta(hours=1))[0].counts.answered == 4
    still.agent_at, still.ended_at = TEN + timedelta(minutes=61), TEN + timedelta(minutes=70)
    still.place, still.outcome = "ended", "answered"
    still.save()
    Contact.objects.create(call=still, outcome="answered")
    with at(TEN + timedelta(hours=2)):
        count_hours()
    counts = hours_counted(TEN, TEN + timedelta(hours=1))[0].counts
    assert (counts.offered, counts.answered, counts.longest) == (7, 5, 360)
    assert HourCount.objects.count() == 2


def test_a_report_says_by_which_method_and_when_the_target_was_changed_within_it() -> None:
    a_morning()
    with at(TEN + timedelta(hours=1)):
        count_hours()
    goal = service_goal()
    seen = report(TEN, TEN + timedelta(days=1), EVERY_QUEUE, "removed", (goal.target_seconds, goal.early_seconds))
    assert (seen.method, seen.target_seconds, seen.early_seconds, seen.mixed) == ("removed", 20, 5, False)
    assert seen.total.level("removed") == pytest.approx(3 / 5)
    assert seen.total.level("offered") == pytest.approx(3 / 6)
    assert seen.total.level("positive") == pytest.approx(4 / 6)
    a_call(TEN + timedelta(hours=2), waited=25, talked=60)
    stricter = {"target_seconds": 30, "target_percent": 80, "early_seconds": 5, "method": "offered"}
    set_value("workforce.service_goal", stricter, valid_from=TEN + timedelta(hours=2), source="a test")
    with at(TEN + timedelta(hours=3)):
        count_hours(TEN + timedelta(hours=2))
        assert service_goal().method == "offered"
    mixed = report(TEN, TEN + timedelta(days=1), EVERY_QUEUE, "removed", (20, 5))
    assert mixed.mixed
    assert [hour.target_seconds for hour in mixed.hours] == [20, 30]


def test_an_empty_day_is_reported_with_the_goal_in_force_and_no_share() -> None:
    seen = report(TEN, TEN + timedelta(days=1), EVERY_QUEUE, "offered", (20, 5))
    assert (seen.hours, seen.target_seconds, seen.total.level("offered")) == ((), 20, None)


def test_the_database_refuses_counts_that_do_not_fit() -> None:
    impossible = {"queue": "payments", "hour": TEN, "target_seconds": 20, "early_seconds": 5, "offered": 1}
    for wrong in ({"answered": 1, "answered_in_time": 2}, {"answered": 1, "abandoned": 1}, {"source": "guess"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            HourCount.objects.create(**impossible | wrong)


# ---- simulated weeks and the forecast ----


def test_simulated_weeks_are_marked_and_never_stand_over_real_calls() -> None:
    a_morning()
    with at(TEN + timedelta(hours=1)):
        count_hours()
    assert simulate_weeks(TEN + timedelta(days=2), weeks=1, seed=7) > 100
    real = HourCount.objects.get(queue="payments", hour=TEN)
    assert (real.source, real.offered) == ("calls", 5)
    hours = hours_counted(TEN - timedelta(days=5), TEN - timedelta(days=4))
    assert all(hour.simulated for hour in hours)


def test_the_same_seed_makes_the_same_weeks() -> None:
    def made() -> list[tuple[object, ...]]:
        HourCount.objects.all().delete()
        simulate_weeks(TEN, weeks=1, seed=3)
        return list(HourCount.objects.order_by("queue", "hour").values_list("queue", "hour", "offered", "longest"))

    assert made() == made()


def test_before_any_call_the_week_is_the_usual_one_and_says_so() -> None:
    times = times_to_call(at=TEN)
    assert (times.confidence, times.made_at) == ("usual", None)
    kinds = {one.hour: one.kind for one in times.hours}
    assert kinds[TUESDAY_TEN] == "peak"
    assert kinds[5 * 24 + 15] == "peak"
    assert times.now_hour == TUESDAY_TEN
    assert times.best is not None
    assert times.best.wait < 60


def test_weeks_of_calls_make_the_forecast_sure_and_shape_it() -> None:
    simulate_weeks(TEN, weeks=6, seed=7)
    with at(TEN):
        assert make_forecast() == 3
        times = times_to_call()
    week = forecast()
    assert len(week) == 168
    assert times.confidence == "good"
    assert sum(one.calls for one in week) == pytest.approx(4_200, rel=0.1)
    assert all(one.low <= one.calls <= one.high for one in week)
    assert HourForecast.objects.count() == 3 * 168


def test_a_new_forecast_replaces_the_old_as_a_whole() -> None:
    with at(TEN):
        make_forecast()
        make_forecast()
    assert HourForecast.objects.filter(queue=EVERY_QUEUE).count() == 168


def test_the_hours_come_from_the_signed_directory() -> None:
    attended = open_hours()
    assert len(attended) == 168
    assert any(attended)


# ---- plans ----


def test_a_supervisor_saves_a_plan_and_waits_follow_it() -> None:
    he = an_employee("supervisor", "checks")
    before = {one.hour: one.wait for one in times_to_call(at=TEN).hours}
    saved = save_plan(he.id, PlanWishes(aht=240, target_level=0.9))
    assert saved.by == he.id
    assert wishes_in_force().target_level == 0.9
    assert [row.hour for row in saved.hours] == [hour for hour, attended in enumerate(open_hours()) if attended]
    after = {one.hour: one.wait for one in times_to_call(at=TEN).hours}
    assert after[TUESDAY_TEN] < before[TUESDAY_TEN]


def test_the_newest_plan_is_in_force_and_a_draft_saves_nothing() -> None:
    he = an_employee("supervisor", "checks")
    draft_plan(PlanWishes(aht=600))
    assert plan_in_force() is None
    for aht in (200, 300):
        save_plan(he.id, PlanWishes(aht=aht))
    standing = plan_in_force()
    assert standing is not None
    assert standing.wishes.aht == 300


def test_who_does_not_plan_and_what_cannot_be_planned_is_refused() -> None:
    with pytest.raises(ActNotAllowed):
        save_plan(an_employee("agent", "care").id, PlanWishes(aht=0))
    with pytest.raises(PlanNotUsable) as refused:
        save_plan(an_employee("supervisor", "checks").id, PlanWishes(shrinkage=0.95))
    assert refused.value.fields["name"] == "shrinkage"
    assert plan_in_force() is None


# ---- the floor ----


def test_nobody_at_the_telephones_nobody_can_tell() -> None:
    an_agent_at("paused")
    an_agent_at("logged_off")
    assert estimate_wait("payments", "zh-hans", 1, now()) is None


def test_a_free_agent_answers_at_once() -> None:
    an_agent_at("available")
    assert estimate_wait("payments", "zh-hans", 1, now()) == 0


def test_further_back_is_longer_and_more_agents_are_shorter() -> None:
    for _ in range(4):
        an_agent_at("on_call")
    first, fifth = (wait_of("payments", "zh-hans", position).told for position in (1, 5))
    assert 0 < first < fifth
    for _ in range(4):
        an_agent_at("on_call")
    assert wait_of("payments", "zh-hans", 5).told < fifth


def test_only_who_speaks_the_language_counts() -> None:
    for _ in range(3):
        an_agent_at("available")
    english = an_agent_at("on_call")
    supervisor = an_employee("supervisor", "checks")
    set_skills(supervisor.id, english.id, ["general", "payments"], ["en", "zh-hans"])
    assert estimate_wait("payments", "zh-hans", 1, now()) == 0
    assert (estimate_wait("payments", "en", 1, now()) or 0) > 60


def test_long_calls_of_the_last_hour_make_the_wait_longer() -> None:
    for _ in range(4):
        an_agent_at("on_call")
    before = wait_of("payments", "zh-hans", 3).told
    for minute in range(30):
        a_call(now() - timedelta(minutes=50) + timedelta(minutes=minute), waited=1, talked=900)
    assert wait_of("payments", "zh-hans", 3).told > 1.5 * before


def test_the_line_tells_our_figure_once_the_estimator_has_joined() -> None:
    for _ in range(2):
        an_agent_at("on_call")
    for seconds in (90, 60, 30):
        a_place(now() - timedelta(seconds=seconds))
    use_wait_estimator(estimate_wait)
    try:
        with at(now()):
            waits = [one.expected_seconds for one in line()]
            told = [estimate_wait("payments", "zh-hans", position, now()) for position in (1, 2, 3)]
    finally:
        use_wait_estimator(None)
    assert waits == told
    assert waits == sorted(waits, key=lambda wait: wait or 0)


def test_the_floor_names_agents_and_their_conversations_but_no_caller() -> None:
    talking, free = an_agent_at("on_call", customer=a_payer(), topic="funds"), an_agent_at("available")
    here = {one.employee_id: one for one in floor()}
    assert here[talking.id].call_id == live_calls()[0].id
    assert here[talking.id].topic == "funds"
    assert here[free.id].call_id is None
    assert not {"customer_id", "number_shown"} & set(type(here[free.id]).__slots__)
