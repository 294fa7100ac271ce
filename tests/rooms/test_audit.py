"""The list of acts: it only grows, each row is sealed, and one changed byte is found and named."""

import hashlib
import json
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from walletdesk.foundation.audit.public import (
    Done,
    acts_of_case,
    acts_on_customer,
    chain_head,
    record_act,
    record_acts,
    verify_chain,
)

CUSTOMER, CASE = UUID(int=1), UUID(int=2)


def some_acts(count: int) -> list[int]:
    return [
        record_act(
            "employee:7", "unmask", f"customer:{CUSTOMER}", f"第 {n} 次", CASE, CUSTOMER, {"field": "phone", "n": n}
        )
        for n in range(count)
    ]


def test_an_act_is_kept_with_who_what_whom_and_why(db):
    number = record_act(
        "employee:7",
        "unmask",
        f"customer:{CUSTOMER}",
        "核对退款",
        case_id=CASE,
        customer_id=CUSTOMER,
        detail={"field": "phone"},
    )
    (act,) = acts_on_customer(CUSTOMER)
    assert (act.id, act.actor, act.verb, act.reason, act.case_id) == (number, "employee:7", "unmask", "核对退款", CASE)
    assert act.detail == {"field": "phone"}
    assert acts_on_customer(uuid4()) == []


def test_newest_first_for_the_customer_oldest_first_for_the_case(db):
    numbers = some_acts(3)
    assert [act.id for act in acts_on_customer(CUSTOMER, limit=2)] == numbers[:0:-1]
    assert [act.id for act in acts_of_case(CASE)] == numbers


def test_many_acts_are_one_statement_and_keep_their_order(db, django_assert_num_queries):
    before = chain_head()
    acts = [Done("system:risk", "delay_transfer", f"transfer:{n}", "", CASE, None, {"n": n}) for n in range(12)]
    with django_assert_num_queries(1):
        numbers = record_acts(acts)
    assert numbers == sorted(numbers) == list(range(before[0] + 1, before[0] + 13))
    assert [(act.subject, act.detail) for act in acts_of_case(CASE)] == [(act.subject, act.detail) for act in acts]
    assert verify_chain() is None
    with django_assert_num_queries(0):
        assert record_acts([]) == []


def test_an_untouched_chain_is_whole(db):
    assert verify_chain() is None
    some_acts(20)
    assert verify_chain() is None


def test_an_act_that_was_rolled_back_leaves_no_gap(fresh_database):
    some_acts(1)
    with transaction.atomic():
        some_acts(1)
        transaction.set_rollback(True)
    assert some_acts(1) == [2]
    assert verify_chain() is None


def test_acts_written_at_once_by_many_stand_in_one_chain_without_gaps(fresh_database):
    def several() -> list[int]:
        return some_acts(5)

    numbers = [number for share in fresh_database.at_once(several, times=10) for number in share]
    assert sorted(numbers) == list(range(1, 51))
    assert verify_chain() is None


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_act SET reason = ''", "DELETE FROM audit_act", "TRUNCATE audit_act",
                  "UPDATE audit_chain_head SET last_id = 0", "DELETE FROM audit_chain_head"]
)  # fmt: skip
def test_c04_the_application_may_not_change_or_remove_an_act(fresh_database, statement):
    some_acts(2)
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_act SET reason = ''", "DELETE FROM audit_act", "TRUNCATE audit_act"]
)
def test_even_the_owner_is_stopped_by_the_trigger(fresh_database, statement):
    some_acts(2)
    with pytest.raises(psycopg.errors.RaiseException):
        fresh_database.as_owner(statement)


def test_number_seal_and_time_cannot_be_chosen_by_the_writer(fresh_database):
    some_acts(1)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_act (id, at, actor, verb, subject, reason, detail, previous_hash, hash) "
            "VALUES (99, '2001-01-01', 'forger', 'x', 'y', '', '{}', 'beef', 'beef') RETURNING id, at, hash"
        )
        number, moment, seal = cursor.fetchone()
    assert (number, moment.year > 2001, len(seal)) == (2, True, 64)
    assert verify_chain() is None


BY_HAND = "ALTER TABLE audit_act DISABLE TRIGGER USER; {} ; ALTER TABLE audit_act ENABLE TRIGGER USER"


@pytest.mark.parametrize(
    ("meddling", "first_bad"),
    [
        ("UPDATE audit_act SET reason = reason || '.' WHERE id = 4", 4),
        ("UPDATE audit_act SET at = at + interval '1 microsecond' WHERE id = 4", 4),
        ("UPDATE audit_act SET detail = detail - 'n' WHERE id = 4", 4),
        ("UPDATE audit_act SET customer_id = NULL WHERE id = 4", 4),
        ("UPDATE audit_act SET actor = 'employee:8', hash = audit_seal(previous_hash, audit_act) WHERE id = 4", 4),
        ("DELETE FROM audit_act WHERE id = 1", 1),
        ("DELETE FROM audit_act WHERE id = 4", 4),
        ("DELETE FROM audit_act WHERE id = 9", 9),
        ("DELETE FROM audit_act", 1),
        ("UPDATE audit_act SET id = 100 WHERE id = 9", 9),
    ],
)
def test_whoever_meddles_by_hand_is_found_at_the_first_wrong_act(fresh_database, meddling, first_bad):
    some_acts(9)
    fresh_database.as_owner(BY_HAND.format(meddling))
    assert verify_chain() == first_bad


def test_i15_the_chain_can_be_verified_without_this_program(fresh_database):
    """From the rows alone, with nothing but SHA-256 and JSON, as ``sql/guards.sql`` describes it."""
    some_acts(3)
    record_act(
        "timer:x", "close", "case:1", 'quote " and \\ and \n and \x01 and 漢字 😀', detail={"bb": 1, "a": [True, None]}
    )
    seal = "0" * 64
    for row in fresh_database.as_owner(
        "SELECT id, at AT TIME ZONE 'UTC', actor, verb, subject, reason, case_id, customer_id, detail, hash"
        " FROM audit_act ORDER BY id"
    ):
        number, at, actor, verb, subject, reason, case, customer, detail, kept = row
        ids = [str(one) if one else None for one in (case, customer)]
        detail = {name: detail[name] for name in sorted(detail, key=lambda name: (len(name.encode()), name.encode()))}
        sealed = [number, f"{at:%Y-%m-%dT%H:%M:%S.%f}Z", actor, verb, subject, reason, *ids, detail]
        text = json.dumps(sealed, ensure_ascii=False)
        seal = hashlib.sha256(f"{seal}\n{text}".encode()).hexdigest()
        assert seal == kept
    assert chain_head() == (4, seal)
