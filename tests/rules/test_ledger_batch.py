"""How a batch is laid out for its journey to the database, and what a refusal becomes."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletdesk.foundation.errors import Conflict, Invalid
from walletdesk.money.ledger.public import Declined, Entry, Line, refusal_of
from walletdesk.money.ledger.rules.batch import column_sized, int_array, laid_out, uuid_array
from walletdesk.money.ledger.rules.chart import CHART

ids = st.uuids(version=4)
lines = st.builds(Line, st.integers(1, 9), st.integers(1, 9), st.integers(-(2**70), 2**70))
entries = st.lists(
    st.builds(
        Entry,
        ids,
        st.sampled_from("ab"),
        st.sampled_from("xyz"),
        st.lists(lines, max_size=3).map(tuple),
        st.none() | ids,
    ),
    max_size=12,
)


def numbers(literal: str) -> list[int]:
    return [int(part) for part in literal.strip("{}").split(",") if part]


@given(entries)
def test_every_line_is_found_again_by_its_places(batch: list[Entry]) -> None:
    columns = laid_out(batch)
    until, accounts, debit_at, credit_at, amounts = (numbers(column) for column in columns[8:])
    assert accounts == sorted(set(accounts))
    unpacked = [
        Line(accounts[debit - 1], accounts[credit - 1], amount)
        for debit, credit, amount in zip(debit_at, credit_at, amounts, strict=True)
    ]
    for entry, start, end in zip(batch, [0, *until], until, strict=False):
        assert unpacked[start:end] == [line._replace(amount=column_sized(line.amount)) for line in entry.lines]
    assert until == [sum(len(entry.lines) for entry in batch[: n + 1]) for n in range(len(batch))]


@given(entries)
def test_twins_point_at_the_first_of_their_key(batch: list[Entry]) -> None:
    twin_of = laid_out(batch)[7]
    keys = [(entry.kind, entry.reference) for entry in batch]
    if len(set(keys)) == len(keys):
        assert twin_of is None
    else:
        assert numbers(twin_of) == [keys.index(key) + 1 for key in keys]


def test_two_entries_with_one_id_are_twins_too() -> None:
    one = UUID(int=7 << 76 | 2 << 62)
    batch = [Entry(one, "payment", reference, (Line(1, 2, 3),)) for reference in ("a", "b")]
    assert laid_out(batch)[7] == "{1,1}"


def test_a_column_in_which_nobody_says_anything_is_not_sent() -> None:
    assert laid_out([Entry(UUID(int=1), "payment", "a", (Line(1, 2, 3),))])[3:8] == (None, None, None, None, None)


@given(st.integers())
def test_what_travels_fits_and_what_did_not_fit_is_still_absurd(amount: int) -> None:
    sized = column_sized(amount)
    assert -(2**63) < sized < 2**63
    assert sized == amount or (abs(sized) == 2**63 - 1 and (sized > 0) == (amount > 0))


def test_literals_of_arrays() -> None:
    assert int_array([1, -2, 3]) == "{1,-2,3}"
    assert int_array([]) == "{}"
    assert uuid_array([]) is None
    assert uuid_array([None, UUID(int=255)]) == "{NULL," + "0" * 30 + "ff}"


def test_the_chart_puts_each_kind_on_its_normal_side() -> None:
    assert [kind.number for kind in CHART] == sorted({kind.number for kind in CHART})
    for kind in CHART:
        assert kind.credit_normal == (kind.number // 1000 in (2, 3, 4))
        assert not kind.protected or kind.credit_normal
        assert kind.words.zh and kind.words.en


@pytest.mark.parametrize(
    ("code", "family", "public_code"),
    [
        ("insufficient_available", Conflict, "insufficient_available"),
        ("account_frozen", Conflict, "account_frozen"),
        ("account_frozen_credit", Conflict, "account_frozen"),
        ("reference_used", Conflict, "reference_used"),
        ("links_broken", Conflict, "posting_refused"),
        ("hold_resolved", Conflict, "posting_refused"),
        ("amount_not_positive", Invalid, "posting_invalid"),
        ("asset_differs", Invalid, "posting_invalid"),
    ],
)
def test_a_declined_entry_becomes_a_refusal_that_a_person_can_read(code: str, family: type, public_code: str) -> None:
    refusal = refusal_of(Declined(code, account_id=7, line_no=2))
    assert isinstance(refusal, family)
    assert refusal.code == public_code
    assert refusal.fields == {"posting": code, "account": 7, "line": 2}
    assert refusal.sentence("what") and refusal.sentence("next")
