"""Who is told outside of the app, by what, and when: the law as a table."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from walletdesk.service.notifications.rules.alerts import (
    CASES,
    CREDIT,
    DEBIT,
    DEFAULT_CHOICES,
    SAFETY,
    Choices,
    Happening,
    channels_for,
    quieter,
    told_at,
)

HOME = ZoneInfo("Asia/Shanghai")
NIGHT = (time(22, 0), time(7, 0))
ALL = ("push", "sms", "email")


def chosen(debit: str = "push", credit: str = "", cases: str = "", **more: object) -> Choices:
    channels = {DEBIT: debit, CREDIT: credit, CASES: cases}
    return Choices({subject: frozenset(words.split()) for subject, words in channels.items()}, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("subject", "minor", "choices", "reachable", "by"),
    [
        # nothing chosen: each debit, by the first way that leads somewhere
        (DEBIT, 1, DEFAULT_CHOICES, ALL, ("push",)),
        (DEBIT, 1, DEFAULT_CHOICES, ("sms", "email"), ("sms",)),
        (DEBIT, 1, DEFAULT_CHOICES, ("email",), ("email",)),
        (DEBIT, 1, DEFAULT_CHOICES, (), ()),
        (CREDIT, 1, DEFAULT_CHOICES, ALL, ("push",)),
        (CREDIT, 1, DEFAULT_CHOICES, ("sms", "email"), ()),
        (CASES, 0, DEFAULT_CHOICES, ("email",), ()),
        # chosen
        (DEBIT, 1, chosen("sms email"), ALL, ("sms", "email")),
        (DEBIT, 1, chosen("sms email"), ("push", "email"), ("email",)),
        (DEBIT, 1, chosen("sms"), ("push", "email"), ("push",)),
        (DEBIT, 1, chosen(""), ALL, ()),
        (CREDIT, 1, chosen(credit="sms"), ("push",), ()),
        # the threshold: below it the inbox only; another asset has no threshold
        (DEBIT, 9_999, chosen(threshold=10_000), ALL, ()),
        (DEBIT, 10_000, chosen(threshold=10_000), ALL, ("push",)),
        # safety asks nobody
        (SAFETY, 0, chosen("", "", ""), ALL, ALL),
        (SAFETY, 0, chosen("", "", "", threshold=10_000), ("email",), ("email",)),
    ],
)
def test_by_what(subject: str, minor: int, choices: Choices, reachable: tuple[str, ...], by: tuple[str, ...]) -> None:
    assert channels_for(Happening(subject, minor, "CNY"), choices, frozenset(reachable)) == by


@pytest.mark.parametrize(
    ("choices", "reachable", "by"),
    [
        (chosen("sms", threshold=10_000), ALL, ("sms",)),
        (chosen(""), ALL, ("push",)),
        (chosen(""), ("email",), ("email",)),
        (chosen("sms email", threshold=10_000), ALL, ("sms", "email")),
    ],
)
def test_while_a_device_is_new_each_debit_is_told(
    choices: Choices, reachable: tuple[str, ...], by: tuple[str, ...]
) -> None:
    """Whoever has just come in may be the one who chose silence."""
    told = Happening(DEBIT, 1, "CNY", watched=True)
    assert channels_for(told, choices, frozenset(reachable)) == by
    night = datetime(2026, 11, 23, 23, 30, tzinfo=HOME)
    assert told_at(told, chosen("sms", quiet=NIGHT, debits_pass_quiet=False), night) == night
    assert channels_for(Happening(CREDIT, 1, "CNY", watched=True), chosen(credit=""), frozenset(ALL)) == ()


def test_a_threshold_in_yuan_says_nothing_about_dollars() -> None:
    assert channels_for(Happening(DEBIT, 5, "USD"), chosen(threshold=10_000), frozenset(ALL)) == ("push",)


@pytest.mark.parametrize(
    ("subject", "choices", "at"),
    [
        (DEBIT, chosen(quiet=NIGHT), "23:30"),
        (DEBIT, chosen(quiet=NIGHT, debits_pass_quiet=False), "07:00"),
        (CREDIT, chosen(quiet=NIGHT), "07:00"),
        (CASES, chosen(quiet=NIGHT), "07:00"),
        (SAFETY, chosen(quiet=NIGHT, debits_pass_quiet=False), "23:30"),
        (CASES, chosen(), "23:30"),
    ],
)
def test_when(subject: str, choices: Choices, at: str) -> None:
    half_past_eleven = datetime(2026, 11, 22, 23, 30, tzinfo=HOME)
    assert f"{told_at(Happening(subject), choices, half_past_eleven):%H:%M}" == at


@pytest.mark.parametrize(
    ("before", "after", "is_quieter"),
    [
        (DEFAULT_CHOICES, DEFAULT_CHOICES, False),
        (chosen("push"), chosen("push sms"), False),
        (chosen("push sms"), chosen("sms"), True),
        (chosen("push"), chosen("sms"), True),  # another way instead: perhaps not the owner's
        (chosen(""), chosen("email"), False),
        (chosen(threshold=100), chosen(threshold=101), True),
        (chosen(threshold=101), chosen(threshold=100), False),
        (chosen(), chosen(quiet=NIGHT), False),  # debits go through the night
        (chosen(), chosen(quiet=NIGHT, debits_pass_quiet=False), True),
        (chosen(quiet=NIGHT), chosen(quiet=NIGHT, debits_pass_quiet=False), True),
        (chosen(quiet=NIGHT, debits_pass_quiet=False), chosen(quiet=NIGHT), False),
        (
            chosen(quiet=NIGHT, debits_pass_quiet=False),
            chosen(quiet=(time(1), NIGHT[1]), debits_pass_quiet=False),
            True,
        ),
        (chosen(credit="push", cases="sms"), chosen(), False),  # what comes in robs nobody
    ],
)
def test_what_is_quieter(before: Choices, after: Choices, is_quieter: bool) -> None:
    assert quieter(before, after) is is_quieter
