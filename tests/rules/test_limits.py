"""What may be moved: the law of limits as tables that an accountant can read, and against a naive model."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walletdesk.money.wallets.rules.counters import (
    GROUPS,
    INSTRUMENTS,
    Counters,
    awaiting,
    counted,
    given_back,
    padded,
    rolled,
)
from walletdesk.money.wallets.rules.limits import (
    Limit,
    SheetBroken,
    balance_reached,
    first_reached,
    is_raise,
    read_sheet,
)
from walletdesk.money.wallets.rules.windows import Windows, windows_at

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = Windows(date(2026, 5, 19), date(2026, 5, 1), date(2026, 1, 1))
TIER_4 = read_sheet(
    {"out.single": 2_000, "out.day": 5_000, "out.year": 50_000, "static_code.day": 500, "balance": 10_000}
)


def spent(**by: int) -> Counters:
    """So much by each instrument, all of it today."""
    counters = Counters(TODAY)
    for instrument, minor in by.items():
        counters = counted(counters, instrument, minor)
    return counters


def said(before: Counters, instrument: str, minor: int, limits: tuple[Limit, ...] = TIER_4) -> str:
    reached = first_reached(limits, before, instrument, minor)
    return "goes" if reached is None else f"{reached.limit.group}.{reached.limit.kind} left {reached.left}"


@pytest.mark.parametrize(
    ("before", "instrument", "minor", "answer"),
    [
        # spent today                          now              sum    answer
        (spent(),                              "dynamic_code",  2_000, "goes"),
        (spent(),                              "dynamic_code",  2_001, "out.single left 2000"),
        (spent(dynamic_code=3_000),            "dynamic_code",  2_000, "goes"),
        (spent(dynamic_code=3_001),            "dynamic_code",  2_000, "out.day left 1999"),
        (spent(dynamic_code=3_000),            "transfer",      2_000, "goes"),
        (spent(dynamic_code=3_000, tap=1),     "transfer",      2_000, "out.day left 1999"),
        (spent(dynamic_code=5_000),            "transfer",      1,     "out.day left 0"),
        (spent(dynamic_code=9_000),            "transfer",      1,     "out.day left 0"),
        (spent(dynamic_code=3_000),            "static_code",   500,   "goes"),
        (spent(),                              "static_code",   501,   "static_code.day left 500"),
        (spent(static_code=400),               "static_code",   101,   "static_code.day left 100"),
        (spent(static_code=400),               "dynamic_code",  101,   "goes"),
        (spent(dynamic_code=4_900),            "static_code",   200,   "out.day left 100"),
        (spent(dynamic_code=4_400),            "static_code",   601,   "static_code.day left 500"),  # the smaller of two days
        (spent(dynamic_code=9_000),            "top_up",        9_999, "goes"),  # what comes in has its own limit
    ],
)  # fmt: skip
def test_what_may_go_out(before: Counters, instrument: str, minor: int, answer: str) -> None:
    assert said(before, instrument, minor) == answer


def test_the_year_outlives_the_day() -> None:
    before = Counters(TODAY, year=(0, 49_000, 0, 0, 0))
    assert said(before, "dynamic_code", 1_000) == "goes"
    assert said(before, "dynamic_code", 1_001) == "out.year left 1000"


@pytest.mark.parametrize(
    ("sheet", "lifetime", "year", "minor", "answer"),
    [
        # PBOC 2015/43: class I 1,000 ever; II 100,000 a year; III 200,000 a year
        ({"out.lifetime": 100_000},   100_000 - 1, 0, 1, "goes"),
        ({"out.lifetime": 100_000},   100_000, 0, 1, "out.lifetime left 0"),
        ({"out.year": 10_000_000},    10**9, 9_999_999, 1, "goes"),
        ({"out.year": 10_000_000},    10**9, 9_999_999, 2, "out.year left 1"),
        ({"out.year": 20_000_000},    10**9, 19_999_999, 2, "out.year left 1"),
        # bar codes: C 1,000 a day over all codes
        ({"codes.day": 100_000},      0, 0, 100_001, "codes.day left 100000"),
        ({},                          10**15, 10**15, 10**15, "goes"),
    ],
)  # fmt: skip
def test_other_houses_other_sheets(sheet: dict[str, int], lifetime: int, year: int, minor: int, answer: str) -> None:
    before = Counters(TODAY, year=(0, year, 0, 0, 0), lifetime=(0, lifetime, 0, 0, 0))
    assert said(before, "dynamic_code", minor, read_sheet(sheet)) == answer


@pytest.mark.parametrize(
    ("posted", "incoming", "minor", "left"),
    [(0, 0, 10_000, None), (0, 0, 10_001, 10_000), (9_000, 0, 1_000, None), (9_000, 500, 501, 500), (12_000, 0, 1, 0)],
)
def test_what_a_wallet_may_hold(posted: int, incoming: int, minor: int, left: int | None) -> None:
    reached = balance_reached(TIER_4, Counters(TODAY, incoming=incoming), posted, minor)
    assert (reached.left if reached else None) == left


def test_the_customers_own_limit_stands_beside_the_houses() -> None:
    limits = (*TIER_4, Limit("day", 300, "out", own=True), Limit("single", 100, "transfer", own=True))
    assert said(spent(dynamic_code=200), "dynamic_code", 101, limits) == "out.day left 100"
    assert said(spent(), "transfer", 101, limits) == "transfer.single left 100"
    assert said(spent(), "dynamic_code", 101, limits) == "goes"


@pytest.mark.parametrize(
    ("before", "after", "waits"),
    [(None, 100, False), (100, 50, False), (100, 100, False), (100, 101, True), (100, None, True), (None, None, False)],
)
def test_what_lets_more_through_waits(before: int | None, after: int | None, waits: bool) -> None:
    assert is_raise(before, after) is waits


@pytest.mark.parametrize(
    "sheet",
    [{"out.week": 1}, {"gold.day": 1}, {"out": 1}, {"out.day": -1}, {"out.day": 1.5}, {"out.day": True}, {"": 1}],
)
def test_a_sheet_that_cannot_be_understood_is_never_ignored(sheet: dict[str, int]) -> None:
    with pytest.raises(SheetBroken):
        read_sheet(sheet)


@pytest.mark.parametrize(
    ("until", "left_of"),
    [
        # the next use comes…           day month year ever
        (Windows(date(2026, 5, 19), date(2026, 5, 1), date(2026, 1, 1)), (7, 7, 7, 7)),
        (Windows(date(2026, 5, 20), date(2026, 5, 1), date(2026, 1, 1)), (0, 7, 7, 7)),
        (Windows(date(2026, 6, 1), date(2026, 6, 1), date(2026, 1, 1)), (0, 0, 7, 7)),
        (Windows(date(2027, 1, 1), date(2027, 1, 1), date(2027, 1, 1)), (0, 0, 0, 7)),
        (Windows(date(2026, 5, 18), date(2026, 5, 1), date(2026, 1, 1)), (7, 7, 7, 7)),  # a clock that went back
    ],
)
def test_a_window_that_is_over_is_empty(until: Windows, left_of: tuple[int, int, int, int]) -> None:
    counters = rolled(spent(tap=7), until)
    assert tuple(counters.used("out", window) for window in ("day", "month", "year", "lifetime")) == left_of


@pytest.mark.parametrize(
    ("paid_on", "left_of"),
    [
        # paid on              what a refund of 7 on 19 May leaves of 10: day month year ever
        (date(2026, 5, 19), (3, 3, 3, 3)),
        (date(2026, 5, 18), (10, 3, 3, 3)),
        (date(2026, 4, 30), (10, 10, 3, 3)),
        (date(2025, 12, 31), (10, 10, 10, 3)),
    ],
)
def test_a_refund_gives_back_where_its_payment_still_counts(paid_on: date, left_of: tuple[int, ...]) -> None:
    then = Windows(paid_on, paid_on.replace(day=1), paid_on.replace(month=1, day=1))
    counters = given_back(spent(dynamic_code=10), "dynamic_code", 7, then)
    assert tuple(counters.used("out", window) for window in ("day", "month", "year", "lifetime")) == left_of


def test_what_was_never_counted_leaves_nothing_negative() -> None:
    counters = given_back(spent(tap=5), "tap", 9, TODAY)
    assert counters.used("out", "lifetime") == 0
    assert awaiting(Counters(TODAY, incoming=5), -9).incoming == 0


def test_a_row_from_before_an_instrument_came_reads_as_nothing_of_it() -> None:
    assert padded((1, 2)) == (1, 2, 0, 0, 0)


USES = st.tuples(
    st.integers(0, 40 * 24 * 60),  # minutes after New Year's Eve
    st.sampled_from(INSTRUMENTS),
    st.integers(1, 700),
)
SHEETS = st.fixed_dictionaries(
    {},
    optional={
        f"{group}.{kind}": st.integers(0, 1_500)
        for group in GROUPS
        for kind in ("single", "day", "month", "year", "lifetime")
    },
)


@settings(max_examples=200)
@given(st.lists(USES, max_size=25), SHEETS)
def test_against_somebody_who_keeps_every_slip(uses: list[tuple[int, str, int]], sheet: dict[str, int]) -> None:
    """The naive model keeps all slips and adds up those of the same local day, month and year, again and again."""
    start = datetime(2026, 12, 20, tzinfo=UTC)
    slips: list[tuple[datetime, str, int]] = []
    counters, limits = Counters(), read_sheet(sheet)
    for minutes, instrument, minor in sorted(uses):
        moment = start + timedelta(minutes=minutes)
        counters = rolled(counters, windows_at(moment, SHANGHAI))
        allowed = first_reached(limits, counters, instrument, minor) is None
        assert allowed == _slips_allow(slips, sheet, moment, instrument, minor)
        if allowed:
            counters = counted(counters, instrument, minor)
            slips.append((moment, instrument, minor))


def _slips_allow(
    slips: list[tuple[datetime, str, int]], sheet: dict[str, int], moment: datetime, instrument: str, minor: int
) -> bool:
    shape = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y", "lifetime": ""}
    for name, most in sheet.items():
        group, kind = name.split(".")
        if instrument not in GROUPS[group]:
            continue
        if kind == "single":
            together = minor
        else:
            same = moment.astimezone(SHANGHAI).strftime(shape[kind])
            together = minor + sum(
                slip
                for at, by, slip in slips
                if by in GROUPS[group] and at.astimezone(SHANGHAI).strftime(shape[kind]) == same
            )
        if together > most:
            return False
    return True
