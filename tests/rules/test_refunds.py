"""The fee that goes back with a refund, as a table that an accountant can read; minor units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletdesk.money.refunds.rules import PaidSoFar, fee_share, obstacle

TABLE = [
    # paid, fee, refunds in order,          fee that goes back with each
    (3800, 23, [3800], [23]),
    (1000, 6, [333, 333, 334], [2, 2, 2]),
    (5, 1, [1, 1, 1, 1, 1], [0, 0, 1, 0, 0]),
    (10_000, 60, [1, 9_999], [0, 60]),
    (10_000, 60, [9_999, 1], [60, 0]),
    (100, 0, [50, 50], [0, 0]),
    (7, 7, [3, 3, 1], [3, 3, 1]),
    (1000, 6, [500], [3]),
]


@pytest.mark.parametrize(("paid", "fee", "refunds", "back"), TABLE)
def test_the_fee_goes_back_in_the_same_share(paid: int, fee: int, refunds: list[int], back: list[int]) -> None:
    assert shares(paid, fee, refunds) == back


def shares(paid: int, fee: int, refunds: list[int]) -> list[int]:
    given_back, returned, told = 0, 0, []
    for refund in refunds:
        share = fee_share(PaidSoFar(paid, fee, given_back, returned), refund)
        told.append(share)
        given_back, returned = given_back + refund, returned + share
    return told


@given(st.data())
def test_however_it_is_cut_the_fee_goes_back_once_and_whole(data: st.DataObject) -> None:
    paid = data.draw(st.integers(1, 10**13))
    fee = data.draw(st.integers(0, paid))
    left, refunds = paid, []
    while left:
        part = data.draw(st.integers(1, left)) if len(refunds) < 12 else left
        refunds.append(part)
        left -= part
    back = shares(paid, fee, refunds)
    assert sum(back) == fee
    assert all(0 <= share <= refund for share, refund in zip(back, refunds, strict=True))


@pytest.mark.parametrize(
    ("paid", "refund", "is_refund", "code"),
    [
        (PaidSoFar(100, 1, 0, 0), 100, False, None),
        (PaidSoFar(100, 1, 40, 0), 60, False, None),
        (PaidSoFar(100, 1, 40, 0), 61, False, "refund_exceeds_payment"),
        (PaidSoFar(100, 1, 100, 1), 1, False, "refund_exceeds_payment"),
        (PaidSoFar(100, 1, 0, 0), 0, False, "refund_not_positive"),
        (PaidSoFar(100, 1, 0, 0), -1, False, "refund_not_positive"),
        (None, 1, False, "payment_not_found"),
        (None, 1, True, "refund_of_refund"),
    ],
)
def test_what_stands_in_the_way(paid: PaidSoFar | None, refund: int, is_refund: bool, code: str | None) -> None:
    assert obstacle(paid, refund, is_refund=is_refund) == code
