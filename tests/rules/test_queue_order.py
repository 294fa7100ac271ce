"""Who is helped next: the earliest moment, and nobody waits for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from walletdesk.service.cases.rules.queue_order import MOST_LIFT, PRIORITIES, queue_at

NOON = datetime(2026, 5, 19, 12, 0, tzinfo=UTC)

WAITING = """
    case                        opened  due     priority
    refund late, soon due       11:00   12:10   0
    charged twice               12:41   14:32   1
    I did not pay this          12:50   14:40   3
    a question                  12:00   20:00   0
    all answered, still open    09:00   -       0
"""

EXPECTED = [
    "refund late, soon due",
    "I did not pay this",
    "charged twice",
    "a question",
    "all answered, still open",
]


def clock(text: str) -> datetime:
    hour, minute = text.split(":")
    return NOON.replace(hour=int(hour), minute=int(minute))


def test_the_queue_of_an_ordinary_noon() -> None:
    rows = [line.rsplit(maxsplit=3) for line in WAITING.strip().splitlines()[1:]]
    moments = {
        name.strip(): queue_at([] if due == "-" else [clock(due)], clock(opened), int(priority))
        for name, opened, due, priority in rows
    }
    assert sorted(moments, key=moments.__getitem__) == EXPECTED


def test_a_case_with_two_promises_goes_by_the_first_one_due() -> None:
    assert queue_at([clock("18:00"), clock("13:00")], NOON, 0) == clock("13:00")


minutes = some.integers(0, 100_000)


@given(
    opened=minutes,
    promised=some.integers(1, 3_000),
    arrivals=some.lists(some.tuples(minutes, some.integers(1, 3_000), some.sampled_from(PRIORITIES)), max_size=30),
)
def test_nobody_waits_for_ever(opened: int, promised: int, arrivals: list[tuple[int, int, int]]) -> None:
    """However many urgent newcomers arrive: those after ``queue_at + MOST_LIFT`` all stand behind."""
    since = NOON + timedelta(minutes=opened)
    mine = queue_at([since + timedelta(minutes=promised)], since, 0)
    for minute, due_in, priority in arrivals:
        arrival = NOON + timedelta(minutes=minute)
        newcomer = queue_at([arrival + timedelta(minutes=due_in)], arrival, priority)
        if arrival >= mine + MOST_LIFT:
            assert newcomer > mine


@given(some.lists(minutes, max_size=4), minutes, some.integers(-5, 50))
def test_a_priority_from_elsewhere_lifts_no_further_than_the_highest(
    dues: list[int], opened: int, priority: int
) -> None:
    since = NOON + timedelta(minutes=opened)
    moments = [NOON + timedelta(minutes=due) for due in dues]
    assert queue_at(moments, since, 0) - queue_at(moments, since, priority) <= MOST_LIFT
