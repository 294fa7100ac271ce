"""The most that may go to one payee, as a table."""

from __future__ import annotations

import pytest

from walletdesk.money.wallets.rules.limits import Limit
from walletdesk.money.wallets.rules.payee_limits import payee_reached

TABLE = """
    each   day    paid   asked   in the way
    -      -      0      999     -
    50     -      0      50      -
    50     -      900    50      -
    50     -      0      51      single 50
    -      100    0      100     -
    -      100    60     40      -
    -      100    60     41      day 40
    -      100    120    1       day 0
    50     100    60     50      day 40
    50     100    100    51      single 50
    0      -      0      1       single 0
"""


@pytest.mark.parametrize("row", [line.split(maxsplit=4) for line in TABLE.strip().splitlines()[1:]], ids=" ".join)
def test_what_stands_in_the_way(row: list[str]) -> None:
    each, day, paid, asked, wanted = row
    figures = (("day", day), ("single", each))  # the order in which they were set says nothing
    limits = [Limit(kind, int(minor), "payee", own=True) for kind, minor in figures if minor != "-"]
    reached = payee_reached(limits, int(paid), int(asked))
    assert (f"{reached.limit.kind} {reached.left}" if reached else "-") == wanted
