"""The money contract's key: one effect, one answer, whatever is resent, whenever, by how many at once."""

import json
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.factories.foundation import a_user
from walletdesk.foundation.clock.public import at
from walletdesk.foundation.idempotency.public import (
    Fresh,
    InFlight,
    KeyBodyDiffers,
    KeyClaim,
    KeyInFlight,
    KeyMalformed,
    KeyMissing,
    KeyNotClaimed,
    OtherBody,
    Replay,
    Unusable,
    claim,
    claim_many,
    fingerprint,
    lookup,
    purge_keys,
    release_many,
    store_many,
)

CALLER, ROUTE = "customer:018f", "payments.pay"
ANSWER = {"receipt": "P 2605 1912 4119 07", "amount": 3800, "again": None}


def a_claim(key: str = "", amount: int = 3800, caller: str = CALLER, route: str = ROUTE) -> KeyClaim:
    return KeyClaim(caller, route, key or str(uuid4()), fingerprint({"amount": amount}))


def do_once(one: KeyClaim, effect: Callable[[], Any] = lambda: None) -> str:
    """A verb as the money rooms write it: the answer as its bytes would go out."""
    with transaction.atomic():
        first = claim(one)
        if first is None:
            effect()
            store_many([(one, 201, ANSWER)])
            first = Replay(201, ANSWER)
    return f"{first.status} {json.dumps(first.body, ensure_ascii=False)}"


def test_l01_the_same_key_and_body_gives_one_effect_and_a_byte_equal_answer(db):
    done = []
    one = a_claim()
    answers = {do_once(one, lambda: done.append(1)) for _ in range(5)}
    assert (len(done), len(answers)) == (1, 1)


def test_an_answer_is_written_on_the_page_of_its_claim(db):
    """As long as a payment's: else it takes an entry in each index once more."""
    claims = [a_claim(caller=f"merchant:{uuid4()}") for _ in range(60)]

    def pages() -> dict[str, str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT key, split_part(ctid::text, ',', 1) FROM idempotency_key")
            return dict(cursor.fetchall())

    with transaction.atomic():
        claim_many(claims)
        before = pages()
        store_many([(one, 201, {f"field_{number}": str(uuid4()) for number in range(10)}) for one in claims])
        assert (len(before), pages()) == (60, before)


def test_l02_the_same_key_with_another_body_is_refused_and_nothing_is_done(db):
    one = a_claim("k-1")
    do_once(one)
    with pytest.raises(KeyBodyDiffers) as refused:
        do_once(a_claim("k-1", amount=9900), lambda: pytest.fail("done again"))
    assert refused.value.status == 422


@pytest.mark.parametrize(
    ("key", "refusal"), [("", KeyMissing), (None, KeyMissing), ("a b", KeyMalformed), ("键", KeyMalformed)]
)
def test_without_a_proper_key_nothing_is_done(db, key, refusal):
    with pytest.raises(refusal) as refused:
        claim(KeyClaim(CALLER, ROUTE, key, "0" * 64))
    assert refused.value.status == 400


def test_a_key_belongs_to_its_caller_and_its_route(db):
    claims = [a_claim("k"), a_claim("k", caller="customer:other"), a_claim("k", route="payments.transfer")]
    assert claim_many(claims) == [Fresh()] * 3
    release_many(claims)


def test_two_thousand_keys_are_claimed_and_answered_by_three_statements(db, django_assert_num_queries):
    claims = [a_claim() for _ in range(2000)]
    with django_assert_num_queries(3):  # one of them says how plans are made
        assert set(claim_many(claims)) == {Fresh()}
        store_many([(one, 201, {"n": number}) for number, one in enumerate(claims)])
    with django_assert_num_queries(2):
        assert claim_many(claims) == [Replay(201, {"n": number}) for number in range(2000)]


def test_a_mixed_batch_is_answered_claim_by_claim(db):
    do_once(a_claim("old"))
    batch = [
        a_claim("new"),
        a_claim("old"),
        a_claim("old", amount=1),
        a_claim("new"),
        a_claim("new", 5),
        a_claim("a b"),
    ]
    assert claim_many(batch) == [Fresh(), Replay(201, ANSWER), OtherBody(), InFlight(), OtherBody(), Unusable()]
    store_many([(batch[0], 201, ANSWER)])


def test_our_own_error_stores_nothing_and_the_retry_drives_it_again(fresh_database):
    one, done = a_claim(), []

    def crash() -> None:
        a_user("half@example.com")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        do_once(one, crash)
    assert lookup(CALLER, ROUTE, one.key) is None
    assert not get_user_model().objects.filter(email="half@example.com").exists()
    do_once(one, lambda: done.append(1))
    assert done == [1]
    assert lookup(CALLER, ROUTE, one.key) == Replay(201, ANSWER)


def test_a_refusal_releases_the_key_and_its_neighbours_keep_their_answers(fresh_database):
    paid, refused = a_claim(), a_claim()
    with transaction.atomic():
        claim_many([paid, refused])
        store_many([(paid, 201, ANSWER)])
        release_many([refused])
    assert claim_states([paid, refused]) == [Replay(201, ANSWER), Fresh()]


def claim_states(claims: list[KeyClaim]) -> list[Any]:
    with transaction.atomic():
        states = claim_many(claims)
        transaction.set_rollback(True)
    return states


def test_the_database_refuses_to_commit_a_key_without_an_answer(fresh_database):
    with pytest.raises(IntegrityError, match="neither answered nor released"), transaction.atomic():
        claim(a_claim())


def test_a_first_answer_cannot_be_replaced(fresh_database):
    one = a_claim()
    do_once(one)
    with pytest.raises(KeyNotClaimed), transaction.atomic():
        store_many([(one, 201, {"receipt": "forged"})])
    with pytest.raises(KeyNotClaimed), transaction.atomic():
        release_many([one])
    with pytest.raises(DatabaseError, match="first answer"), connection.cursor() as cursor:
        cursor.execute("UPDATE idempotency_key SET body = '{}'")


def test_l03_fifty_twins_at_once_give_one_effect(fresh_database):
    """Real connections. Each twin gets the first answer, or "in flight" and then the first answer."""
    one, done = a_claim(), []
    answers = fresh_database.at_once(lambda: do_once(one, lambda: done.append(time.sleep(0.02))), times=50)
    assert len(done) == 1
    in_flight = [answer for answer in answers if isinstance(answer, KeyInFlight)]
    replies = [answer for answer in answers if not isinstance(answer, KeyInFlight)]
    assert set(replies) == {do_once(one)}
    assert len(replies) + len(in_flight) == 50


def test_a_twin_of_a_slow_request_is_told_so_while_that_runs_and_its_neighbours_are_served(fresh_database):
    slow, neighbours = a_claim(), [a_claim() for _ in range(300)]
    claimed, finish = threading.Event(), threading.Event()

    def first() -> None:
        with transaction.atomic():
            claim(slow)
            claimed.set()
            finish.wait(20)
            store_many([(slow, 201, ANSWER)])

    def twin() -> tuple[list[Any], KeyInFlight]:
        claimed.wait(20)
        states = claim_states([*neighbours, slow])
        try:
            do_once(slow)
        except KeyInFlight as refused:
            return states, refused
        finally:
            finish.set()
        raise AssertionError("the twin was served")

    _, (states, refused) = fresh_database.at_once(first, twin)
    assert states == [Fresh()] * 300 + [InFlight()]
    assert (refused.status, refused.retry_after) == (409, 1)
    assert do_once(slow).startswith("201")


def test_who_waits_for_the_table_and_not_for_a_twin_is_served(fresh_database):
    """A hundred at once queue for the right to make the table longer: none of them has a twin, so none is told of one."""
    one, held = a_claim(), threading.Event()

    def holds_the_table() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE idempotency_key IN SHARE MODE")
            held.set()
            deadline = time.monotonic() + 20
            while time.monotonic() < deadline:
                cursor.execute("SELECT pg_stat_clear_snapshot()")
                cursor.execute(
                    "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database() "
                    "AND clock_timestamp() - query_start > interval '300 ms'"
                )
                if cursor.rowcount:
                    return

    def claims_meanwhile() -> str:
        held.wait(20)
        return do_once(one)

    _, answer = fresh_database.at_once(holds_the_table, claims_meanwhile)
    assert isinstance(answer, str), answer
    assert answer.startswith("201")


def test_batches_with_the_same_keys_in_another_order_do_not_block_each_other_for_ever(fresh_database):
    claims = [a_claim() for _ in range(200)]
    done: list[str] = []

    def batch(order: list[KeyClaim]) -> None:
        with transaction.atomic():
            states = claim_many(order)
            fresh = [one for one, state in zip(order, states, strict=True) if state == Fresh()]
            store_many([(one, 201, ANSWER) for one in fresh])
            done.extend(one.key for one in fresh)

    results = fresh_database.at_once(lambda: batch(claims), lambda: batch(claims[::-1]), times=10)
    assert [result for result in results if result is not None] == []
    assert sorted(done) == sorted(one.key for one in claims)


def test_r03_two_hundred_keys_resent_five_times_in_parallel_are_done_once_each(fresh_database):
    claims = [a_claim() for _ in range(200)]
    done: list[str] = []

    def resend(share: list[KeyClaim]) -> list[str]:
        answers = []
        for one in share:
            while True:
                try:
                    answers.append(do_once(one, lambda one=one: done.append(one.key)))
                    break
                except KeyInFlight:
                    continue
        return answers

    shares = [claims[start::4] for start in range(4)] * 5
    answers = fresh_database.at_once(*(lambda share=share: resend(share) for share in shares))
    assert sorted(done) == sorted(one.key for one in claims)
    assert {answer for share in answers for answer in share} == {do_once(claims[0])}


def test_keys_are_kept_for_seven_days_at_least(db):
    with at(datetime(2026, 3, 1, tzinfo=UTC)):
        do_once(a_claim("old"))
    do_once(a_claim("young"))
    with pytest.raises(ValueError, match="seven days"):
        purge_keys(timedelta(days=6))
    assert purge_keys(timedelta(days=7)) == 1
    assert lookup(CALLER, ROUTE, "old") is None
    assert lookup(CALLER, ROUTE, "young") == Replay(201, ANSWER)
