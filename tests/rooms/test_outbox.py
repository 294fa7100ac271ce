"""The outbox: told with the deed, heard at least once, or shown among the dead letters."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction

from tests.factories.foundation import a_user
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.outbox.public import (
    LIVE_CHANNEL,
    WAKE_CHANNEL,
    DeadLetterNotFound,
    Fact,
    dead_letters,
    deliver_all,
    deliver_due,
    events_after,
    fact,
    forget_route,
    publish,
    publish_many,
    purge_delivered,
    register_route,
    revive,
    undelivered,
)


@fact("tests.letter_posted")
@dataclass(frozen=True, slots=True)
class LetterPosted(Fact):
    to: UUID
    number: int

    def topics(self) -> list[str]:
        return [f"customer:{self.to}", "desk"]


@fact("tests.letter_answered")
@dataclass(frozen=True, slots=True)
class LetterAnswered(Fact):
    number: int


Listen = Callable[..., None]
ANYBODY = UUID(int=1)


@pytest.fixture
def listen() -> Iterator[Listen]:
    """Register a listener for this test only."""
    names: list[str] = []

    def add(handle: Callable[[list], None], name: str = "tests.listener", kind: type[Fact] = LetterPosted) -> None:
        register_route(kind, handle, name)
        names.append(name)

    yield add
    for name in names:
        forget_route(name)


def letters(count: int, to: UUID = ANYBODY) -> list[LetterPosted]:
    return [LetterPosted(to, number) for number in range(count)]


def test_what_is_told_is_heard_as_it_was_told_and_in_order(db, listen):
    heard: list[LetterPosted] = []
    listen(heard.extend)
    told = letters(5, to=uuid4())
    publish_many(told)
    assert heard == []
    assert deliver_due() == 5
    assert heard == told
    assert deliver_due() == 0


def test_each_listener_hears_its_own_copy(db, listen):
    first, second, other = [], [], []
    listen(first.extend, "tests.first")
    listen(second.extend, "tests.second")
    listen(other.extend, "tests.other", kind=LetterAnswered)
    publish_many([*letters(2), LetterAnswered(9)])
    assert deliver_all() == 5
    assert first == second == letters(2)
    assert other == [LetterAnswered(9)]


def test_a_rollback_leaves_nothing_told(fresh_database, listen):
    heard = []
    listen(heard.extend)
    with transaction.atomic():
        publish(LetterPosted(ANYBODY, 1))
        transaction.set_rollback(True)
    assert deliver_all() == 0
    assert events_after(["desk"], 0) == []


def test_a_batch_of_any_size_is_one_statement(db, listen, django_assert_num_queries):
    listen(lambda facts: None, "tests.first")
    listen(lambda facts: None, "tests.second")
    for size in (1, 2000):
        with django_assert_num_queries(1):
            publish_many(letters(size))
    with django_assert_num_queries(0):
        publish_many([])


def test_what_a_listener_tells_in_turn_is_heard_too(db, listen):
    answered = []
    listen(lambda facts: publish_many([LetterAnswered(one.number) for one in facts]))
    listen(answered.extend, "tests.answers", kind=LetterAnswered)
    publish_many(letters(3))
    deliver_all()
    assert answered == [LetterAnswered(number) for number in range(3)]


def test_one_bad_fact_does_not_hold_its_neighbours(db, listen):
    heard = []

    def refuse_seven(facts: list[LetterPosted]) -> None:
        if any(one.number == 7 for one in facts):
            raise ValueError("the customer's secret words")
        heard.extend(facts)

    listen(refuse_seven)
    publish_many(letters(20))
    assert deliver_due() == 20
    assert sorted(one.number for one in heard) == [number for number in range(20) if number != 7]
    assert undelivered() == 1


def test_a_letter_is_tried_six_times_with_growing_pauses_then_it_is_dead_and_visible(db, listen):
    tries: list[datetime] = []

    def always_fail(facts: list[LetterPosted]) -> None:
        tries.append(now())
        raise ValueError("the customer's secret words")

    listen(always_fail)
    moment = datetime(2026, 5, 1, 9, tzinfo=UTC)
    with at(moment):
        publish(LetterPosted(ANYBODY, 1))
    for pause in (0, 1, 5, 30, 300, 3600):
        if pause:
            with at(moment + timedelta(seconds=pause - 0.5)):
                assert deliver_due() == 0
        moment += timedelta(seconds=pause)
        with at(moment):
            assert deliver_due() == 1
    assert len(tries) == 6
    (dead,) = dead_letters()
    assert (dead.fact, dead.handler, dead.attempts) == ("tests.letter_posted", "tests.listener", 6)
    assert dead.last_error.startswith("builtins.ValueError at test_outbox.py:")
    assert "secret" not in dead.last_error
    with at(moment + timedelta(days=365)):
        assert deliver_due() == 0


def test_a_dead_letter_can_be_tried_again_once_the_listener_is_mended(db, listen):
    broken = [True]
    heard = []

    def sometimes(facts: list[LetterPosted]) -> None:
        if broken[0]:
            raise ValueError
        heard.extend(facts)

    listen(sometimes)
    publish(LetterPosted(ANYBODY, 1))
    for hours in range(6):
        with at(now() + timedelta(hours=2 * hours)):
            deliver_due()
    (dead,) = dead_letters()
    broken[0] = False
    revive(dead.delivery_id)
    assert deliver_due() == 1
    assert (heard, dead_letters()) == ([LetterPosted(ANYBODY, 1)], [])
    with pytest.raises(DeadLetterNotFound):
        revive(dead.delivery_id)


def test_effects_of_a_listener_that_fails_late_are_undone(fresh_database, listen):
    def write_then_fail(facts: list[LetterPosted]) -> None:
        a_user("half@example.com")
        raise ValueError

    listen(write_then_fail)
    publish(LetterPosted(ANYBODY, 1))
    deliver_due()
    assert not get_user_model().objects.filter(email="half@example.com").exists()


def test_a_listener_that_breaks_the_transaction_is_only_put_off(fresh_database, listen):
    def break_it(facts: list[LetterPosted]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    listen(break_it)
    publish_many(letters(3))
    assert deliver_due() == 3
    assert undelivered() == 3


def test_a_worker_cut_off_after_the_effect_and_before_the_mark_hears_it_again_and_nothing_is_doubled(
    fresh_database, listen
):
    """The connection is killed in the middle: effect and mark go together, so both are gone, and both come back."""
    cut = [True]

    def write(facts: list[LetterPosted]) -> None:
        a_user("heard@example.com")
        if cut.pop() if cut else False:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                (backend,) = cursor.fetchone()
            with psycopg.connect(fresh_database.url, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s)", [backend])

    listen(write)
    publish(LetterPosted(ANYBODY, 1))
    with pytest.raises(DatabaseError):
        deliver_due()
    connection.close()
    assert undelivered() == 1
    assert deliver_due() == 1
    assert get_user_model().objects.filter(email="heard@example.com").count() == 1
    assert undelivered() == 0


def test_many_workers_share_the_work_and_none_hears_twice(fresh_database, listen):
    heard: list[int] = []
    lock = threading.Lock()

    def note(facts: list[LetterPosted]) -> None:
        with lock:
            heard.extend(one.number for one in facts)

    listen(note)
    publish_many(letters(400))

    def work() -> int:
        return sum(iter(lambda: deliver_due(limit=20), 0))

    shares = fresh_database.at_once(work, times=8)
    assert sum(shares) == 400
    assert sorted(heard) == list(range(400))


def test_a_listener_unknown_here_keeps_its_letters_for_a_process_that_knows_it(db, listen):
    listen(lambda facts: None, "tests.of_another_release")
    publish_many(letters(2))
    forget_route("tests.of_another_release")
    assert deliver_all() == 0
    assert undelivered() == 2


def test_a_name_has_one_listener(db, listen):
    listen(print)
    with pytest.raises(ValueError, match=r"tests\.listener"):
        listen(repr)


def test_live_pages_are_told_of_each_topic_in_one_note_and_the_worker_is_woken(fresh_database, listen):
    customer = uuid4()
    with psycopg.connect(fresh_database.url, autocommit=True) as ear:
        ear.execute(f"LISTEN {LIVE_CHANNEL}; LISTEN {WAKE_CHANNEL}")
        with transaction.atomic():
            publish_many(letters(50, to=customer))
        notes = list(ear.notifies(timeout=20, stop_after=2))
    last = max(event.id for event in events_after(["desk"], 0))
    assert sorted((note.channel, note.payload) for note in notes) == [
        (LIVE_CHANNEL, f"customer:{customer}:{last}\ndesk:{last}"),
        (WAKE_CHANNEL, ""),
    ]


def test_topics_that_do_not_fit_into_one_note_are_told_by_several(fresh_database, listen):
    customers = [uuid4() for _ in range(400)]
    with psycopg.connect(fresh_database.url, autocommit=True) as ear:
        ear.execute(f"LISTEN {LIVE_CHANNEL}; LISTEN {WAKE_CHANNEL}")
        publish_many([LetterPosted(one, 1) for one in customers])
        told: list[str] = []
        for note in ear.notifies(timeout=20):
            if note.channel == WAKE_CHANNEL:
                break
            told += note.payload.splitlines()
    assert len(set(told)) == len(told) == 401
    assert {line.rpartition(":")[0] for line in told} == {"desk", *(f"customer:{one}" for one in customers)}


def test_a_page_that_comes_back_reads_what_it_missed_of_its_own_topics(db):
    mine, other = uuid4(), uuid4()
    publish_many([LetterPosted(mine, 1), LetterPosted(other, 2), LetterPosted(mine, 3)])
    all_mine = events_after([f"customer:{mine}"], 0)
    assert [event.fact for event in all_mine] == [LetterPosted(mine, 1), LetterPosted(mine, 3)]
    assert events_after([f"customer:{uuid4()}"], 0) == []
    assert len(events_after(["desk"], 0, limit=2)) == 2


def test_an_event_with_a_lower_number_that_was_committed_later_is_not_missed(fresh_database):
    """A slow transaction takes its number first and commits last; who has seen the later number still gets it."""
    told, committed = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            publish(LetterPosted(ANYBODY, 1))
            told.set()
            committed.wait(20)

    def quick() -> int:
        told.wait(20)
        publish(LetterPosted(ANYBODY, 2))
        (seen,) = events_after(["desk"], 0)
        committed.set()
        return seen.id

    _, last_seen = fresh_database.at_once(slow, quick)
    assert [event.fact.number for event in events_after(["desk"], last_seen)] == [1]


def test_told_facts_are_never_rewritten_by_the_application(fresh_database):
    publish(LetterPosted(ANYBODY, 1))
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("UPDATE outbox_event SET payload = '{}'")


def test_old_letters_that_were_heard_are_let_go_and_the_others_stay(db, listen):
    listen(lambda facts: None)
    with at(datetime(2026, 1, 1, tzinfo=UTC)):
        publish_many(letters(3))
        deliver_all()
        publish(LetterPosted(ANYBODY, 99))
    publish(LetterPosted(ANYBODY, 100))
    assert purge_delivered() == 3
    assert [event.fact.number for event in events_after(["desk"], 0)] == [99, 100]
    assert deliver_all() == 2
