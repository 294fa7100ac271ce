"""The laws of the line, as tables: who is next, whom we call back, what is promised, what is dialled, who comes in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from walletdesk.service.hotline.rules import admission, app_code, call_backs, dial_plan, presence, promise_times
from walletdesk.service.hotline.rules.queue_order import (
    MOST_LIFT,
    RELAX,
    FreeAgent,
    Standing,
    can_serve,
    in_order,
    order_at,
    pairs,
    position,
)
from walletdesk.service.hotline.rules.retention import hearing_refusal
from walletdesk.service.hotline.rules.said import PROMPTS, Said, say

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def waits(name: str, since: float, *, verified: bool = False, urgent: int = 0, topic: str = "general",
          language: str = "zh-hans", front: float | None = None, held: bool = False) -> Standing:  # fmt: skip
    joined = NINE + minutes(since)
    return Standing(
        name, topic, language, joined, order_at(joined, verified=verified, urgent=urgent),
        NINE + minutes(front) if front is not None else None, held,
    )  # fmt: skip


def free(name: str, since: float = 0, topics: str = "general payments", languages: str = "zh-hans en") -> FreeAgent:
    return FreeAgent(name, frozenset(topics.split()), frozenset(languages.split()), NINE + minutes(since))


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ([waits("a", 0), waits("b", 1)], "ab"),
        ([waits("a", 0), waits("b", 1, verified=True)], "ba"),
        ([waits("a", 0), waits("b", 3, verified=True)], "ab"),
        ([waits("a", 0), waits("b", 8, urgent=3)], "ba"),
        ([waits("a", 0), waits("b", 10.9, urgent=3, verified=True)], "ba"),
        ([waits("a", 0), waits("b", 11.1, urgent=3, verified=True)], "ab"),
        ([waits("a", 0, urgent=3), waits("b", 30, front=31)], "ba"),
        ([waits("a", 20, front=31), waits("b", 30, front=30)], "ba"),
    ],
)
def test_who_is_next(line: list[Standing], order: str) -> None:
    assert "".join(one.place for one in in_order(line)) == order
    assert [position(line, name) for name in order] == list(range(1, len(order) + 1))
    assert position(line, "nobody") == 0


@pytest.mark.parametrize(
    ("agent", "place", "waited", "fits"),
    [
        (free("z"), waits("a", 0, topic="payments"), 0, True),
        (free("z", topics="payments"), waits("a", 0), 0, False),
        (free("z", languages="zh-hans"), waits("a", 0, language="en"), 4.9, False),
        (free("z", languages="zh-hans"), waits("a", 0, language="en"), 5, True),
        (free("z", topics="general"), waits("a", 0, topic="funds"), 5, True),
        (free("z", topics="funds"), waits("a", 0, topic="payments"), 60, False),
    ],
)
def test_topic_and_language_fit_or_the_wait_has_been_long(
    agent: FreeAgent, place: Standing, waited: float, fits: bool
) -> None:
    assert can_serve(agent, place, NINE + minutes(waited)) is fits


def test_the_longest_free_is_asked_first_and_a_held_place_keeps_its_agent_free() -> None:
    line = [waits("a", 0, held=True), waits("b", 1)]
    assert pairs(line, [free("late", 5), free("early", 1)], NINE + minutes(2)) == [(line[1], free("late", 5))]
    assert pairs(line, [free("early", 1)], NINE + minutes(2)) == []


@given(
    some.lists(some.tuples(some.booleans(), some.integers(0, 3), some.integers(0, 40)), min_size=1, max_size=60),
    some.integers(1, 9),
)
@settings(max_examples=200, deadline=None)
def test_nobody_is_overtaken_by_who_comes_eleven_minutes_later(crowd: list[tuple[bool, int, int]], of: int) -> None:
    """Whatever pours in, however urgent: the bound on every wait."""
    line = [waits(str(n), since, verified=verified, urgent=urgent) for n, (verified, urgent, since) in enumerate(crowd)]
    served = in_order(line)
    for place, later in ((one, other) for one in line for other in line[:of]):
        if later.joined_at > place.joined_at + MOST_LIFT:
            assert served.index(place) < served.index(later)


def test_one_agent_serves_everybody_in_the_end() -> None:
    """Urgent callers come every minute for two hours; a stranger who came first waits no longer than the bound."""
    stranger = waits("stranger", 0)
    waiting, served = [stranger], []
    for minute in range(120):
        waiting.append(waits(f"u{minute}", minute, verified=True, urgent=3))
        ((place, _),) = pairs(waiting, [free("zhou")], NINE + minutes(minute))
        waiting.remove(place)
        served.append(place.place)
    assert served.index("stranger") <= MOST_LIFT // minutes(1)
    assert minutes(5) == RELAX


@pytest.mark.parametrize(
    ("seconds", "due"),
    [(None, None), (0, 3), (60, 3), (240, 7), (241, 8), (3_600, None), (3_560, 90)],
)
def test_a_promise_has_a_margin_a_floor_and_an_end(seconds: int | None, due: int | None) -> None:
    promised = promise_times.due_at(NINE, seconds)
    assert promised == (None if due is None else NINE + minutes(due))


def test_a_promised_minute_is_a_full_one_and_the_rate_is_never_rounded_up() -> None:
    due = promise_times.due_at(NINE + timedelta(seconds=1), 60)
    assert due == NINE + minutes(4)
    assert promise_times.kept_rate(0, 0) is None
    assert promise_times.kept_rate(999, 1) == 99
    assert promise_times.kept_rate(3, 0) == 100
    assert promise_times.expected_seconds(3, 0, 240) is None
    assert promise_times.expected_seconds(3, 2, 240) == 360


@pytest.mark.parametrize(
    ("number", "age", "open_one", "today", "why"),
    [
        ("+8613800002046", 100, False, 0, None),
        ("+8613800002046", 72, False, 2, None),
        ("+8613800002046", 71.9, False, 0, "too_new"),
        ("", 100, False, 0, "no_number"),
        ("+8613800002046", 100, True, 0, "have_one"),
        ("+8613800002046", 100, False, 3, "too_many_today"),
    ],
)
def test_whom_we_call_back(number: str, age: float, open_one: bool, today: int, why: str | None) -> None:
    since = NINE - timedelta(hours=age)
    assert call_backs.refusal(number, since, NINE, open_one=open_one, today=today) == why


def test_what_is_owed_is_not_counted_as_asked_for() -> None:
    old_enough = NINE - timedelta(days=9)
    call_back = call_backs.refusal("+8613800002046", old_enough, NINE, open_one=False, today=9, owed=True)
    assert call_back is None
    assert call_backs.refusal("", old_enough, NINE, open_one=False, today=0, owed=True) == "no_number"


@pytest.mark.parametrize(
    ("kind", "proven", "known"),
    [
        ("telephone", False, False),
        ("telephone", True, True),
        ("browser", True, True),
        ("call_back", False, True),
        ("call_back", True, True),
    ],
)
def test_who_is_called_back_proved_it_or_was_called_by_us(kind: str, proven: bool, known: bool) -> None:
    assert call_backs.knows_whom(kind, proven=proven) is known


def test_nobody_is_promised_a_call_that_nothing_could_carry() -> None:
    old_enough = NINE - timedelta(days=9)
    assert call_backs.refusal("+8613800002046", old_enough, NINE, open_one=False, today=0, can_dial=False) == "no_trunk"


def test_a_call_back_is_tried_three_times() -> None:
    assert [call_backs.next_try(tries, NINE) for tries in (1, 2, 3)] == [NINE + minutes(5), NINE + minutes(15), None]


HOME = ("+861", "+8621")


@pytest.mark.parametrize(
    ("context", "number", "today", "why"),
    [
        ("call_back", "+8613800002046", 0, None),
        ("transfer", "+862155500100", 0, None),
        ("inbound", "+8613800002046", 0, "inbound_only"),
        ("call_back", "+19005550100", 0, "not_allowed"),
        ("call_back", "+8616812345678", 0, None),
        ("call_back", "+882123456789", 0, "not_allowed"),
        ("call_back", "13800002046", 0, "not_a_number"),
        ("call_back", "*21*13800002046#", 0, "not_a_number"),
        ("call_back", "+8613800002046;ext=9", 0, "not_a_number"),
        ("call_back", "+861380000２046", 0, "not_a_number"),
        ("call_back", "+8613800002046", 500, "cap"),
    ],
)
def test_what_may_be_dialled(context: dial_plan.Context, number: str, today: int, why: str | None) -> None:
    assert dial_plan.refusal(context, number, HOME, today, 500) == why


@pytest.mark.parametrize(
    ("live", "of_number", "in_hour", "withheld", "token", "why"),
    [
        (0, 0, 0, False, False, None),
        (79, 0, 0, False, False, None),
        (80, 0, 0, False, False, "full"),
        (80, 0, 0, False, True, None),
        (100, 0, 0, False, True, "full"),
        (5, 2, 0, False, False, "too_often"),
        (5, 0, 10, False, False, "too_often"),
        (5, 2, 10, True, False, None),
        (5, 20, 10, True, False, "too_often"),
        (5, 2, 99, False, True, None),
    ],
)
def test_whether_one_more_call_is_taken(
    live: int, of_number: int, in_hour: int, withheld: bool, token: bool, why: str | None
) -> None:
    lines = admission.Lines(live, 100, of_number, 2, in_hour, 10)
    assert admission.refusal(lines, withheld=withheld, token=token) == why


def test_the_digits_of_the_app_change_each_minute_and_count_once() -> None:
    secret = bytes(range(32))
    step = app_code.step_of(NINE)
    now_, before, long_before = (app_code.code_at(secret, step - back) for back in (0, 1, 2))
    assert len(now_) == 6
    assert len({now_, before, long_before}) == 3
    assert app_code.accepted(secret, now_, NINE, 0) == step
    assert app_code.accepted(secret, before, NINE, 0) == step - 1
    assert app_code.accepted(secret, long_before, NINE, 0) is None
    assert app_code.accepted(secret, now_, NINE, step) is None
    assert app_code.accepted(secret, before, NINE, step) is None
    assert app_code.accepted(bytes(32), now_, NINE, 0) is None
    for odd in ("", "48170", "4817021", "48 17 2", "四八一七零二"):
        assert app_code.accepted(secret, odd, NINE, 0) is None


def test_a_day_of_guessing_succeeds_less_than_once_in_a_thousand() -> None:
    tries_a_day = timedelta(days=1) // app_code.LOCK * app_code.MOST_WRONG
    assert tries_a_day * 2 / 1_000_000 < 0.001


@pytest.mark.parametrize("state", presence.STATES)
def test_every_state_has_words_and_a_way_out(state: str) -> None:
    assert presence.STATE_WORDS[state].zh
    ways = presence.WISHED.get(state, set()) | presence.MOVED.get(state, set())
    assert ways
    assert state == presence.PAUSED or state not in ways


def test_no_call_reaches_who_is_not_available() -> None:
    assert [one for one in presence.STATES if presence.may_move(one, presence.OFFERED)] == [presence.AVAILABLE]
    assert not presence.may_wish(presence.ON_CALL, presence.LOGGED_OFF)


@pytest.mark.parametrize(
    ("own", "permitted", "reason", "erased", "why"),
    [
        (True, False, "客户要求复核", False, None),
        (False, True, "客户要求复核", False, None),
        (False, False, "客户要求复核", False, "second_person"),
        (True, False, "  . ", False, "reason_missing"),
        (True, False, "客户要求复核", True, "erased"),
    ],
)
def test_who_may_hear_a_recording(own: bool, permitted: bool, reason: str, erased: bool, why: str | None) -> None:
    assert hearing_refusal(own_call=own, permitted=permitted, reason=reason, erased=erased) == why


def test_what_is_said_has_a_name_and_its_own_figures() -> None:
    assert say("position", n=3, minutes=7) == Said("position", (("minutes", 7), ("n", 3)))
    assert say("position", minutes=7, n=3).value("n") == 3
    with pytest.raises(TypeError):
        say("position", n=3)
    with pytest.raises(KeyError):
        say("poem")
    assert all(name.islower() for name in PROMPTS)
