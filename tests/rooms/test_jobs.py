"""Tasks and timers: in line with the deed, done by one worker, again after a failure, stopped when asked."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction

from walletdesk.foundation.clock.public import at
from walletdesk.foundation.jobs.public import (
    declare_all,
    enqueue,
    every,
    forget_timer,
    run_due_timers,
    run_waiting_tasks,
    task,
    timers,
    work_on_tasks,
)

MORNING = datetime(2026, 5, 1, 9, tzinfo=UTC)
done: list[dict] = []
noted = threading.Event()


@task("tests.note")
def note(**fields: object) -> None:
    done.append(fields)
    noted.set()


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    done.clear()
    noted.clear()


@pytest.fixture
def timer() -> Iterator[Callable[..., None]]:
    names: list[str] = []

    def add(work: Callable[[], None], seconds: float = 60, name: str = "tests.timer", **more: float) -> None:
        every(seconds, name, **more)(work)
        names.append(name)

    yield add
    for name in names:
        forget_timer(name)


def ran() -> list[str]:
    return [name for name in run_due_timers() if name.startswith("tests.")]


def test_a_task_is_done_with_what_it_was_given(fresh_database):
    enqueue("tests.note", who=UUID(int=7), words="你好", at=MORNING)
    assert done == []
    run_waiting_tasks()
    assert done == [{"who": str(UUID(int=7)), "words": "你好", "at": "2026-05-01T09:00:00Z"}]


def test_a_task_of_a_rolled_back_transaction_is_never_done(fresh_database):
    with transaction.atomic():
        enqueue("tests.note", n=1)
        transaction.set_rollback(True)
    run_waiting_tasks()
    assert done == []


def test_a_task_that_nobody_declared_is_refused(db):
    with pytest.raises(LookupError, match=r"tests\.nope"):
        enqueue("tests.nope")


def test_a_name_is_declared_once():
    with pytest.raises(ValueError, match=r"tests\.note"):
        task("tests.note")(lambda: None)
    declare_all()
    declare_all()


def test_a_timer_comes_round_when_its_time_has_passed_and_not_before(db, timer):
    timer(lambda: None, seconds=60)
    with at(MORNING):
        assert ran() == ["tests.timer"]
        assert ran() == []
    with at(MORNING + timedelta(seconds=59)):
        assert ran() == []
    with at(MORNING + timedelta(seconds=60)):
        assert ran() == ["tests.timer"]


def test_r10_a_clock_that_was_put_back_does_not_put_a_timer_to_sleep(db, timer):
    timer(lambda: None, seconds=60)
    with at(MORNING):
        ran()
    with at(MORNING - timedelta(days=30)):
        assert ran() == ["tests.timer"]


def test_a_timer_that_fails_is_noted_and_holds_nobody_up(db, timer):
    def fail() -> None:
        raise ValueError("a customer's words")

    timer(fail, name="tests.fails")
    timer(lambda: None, name="tests.works")
    assert sorted(ran()) == ["tests.fails", "tests.works"]
    seen = {one.name: one.last_error for one in timers()}
    assert seen["tests.fails"].startswith("builtins.ValueError at test_jobs.py:")
    assert seen["tests.works"] == ""


def test_many_workers_run_a_timer_once(fresh_database, timer):
    runs: list[int] = []
    timer(lambda: runs.append(1), seconds=600)
    fresh_database.at_once(run_due_timers, times=8)
    assert len(runs) == 1


def test_a_timer_whose_worker_died_is_taken_over_when_its_lease_ends(fresh_database, timer):
    runs: list[int] = []
    timer(lambda: runs.append(1), seconds=1, lease_seconds=120)
    with at(MORNING):
        ran()
    fresh_database.as_owner(
        "UPDATE jobs_timer SET leased_until = %s WHERE name = 'tests.timer'", MORNING + timedelta(seconds=120)
    )
    with at(MORNING + timedelta(seconds=60)):
        assert ran() == []
    with at(MORNING + timedelta(seconds=120)):
        assert ran() == ["tests.timer"]
    assert len(runs) == 2


def test_a_worker_does_tasks_and_timers_until_it_is_asked_to_stop(fresh_database, timer):
    came_round, stop = threading.Event(), threading.Event()
    timer(came_round.set, seconds=1)
    worker = threading.Thread(target=work_on_tasks, args=(stop,))
    worker.start()
    try:
        assert came_round.wait(20)
        enqueue("tests.note", n=1)
        assert noted.wait(20)
    finally:
        stop.set()
        worker.join(10)
    assert not worker.is_alive()
    assert done == [{"n": 1}]
