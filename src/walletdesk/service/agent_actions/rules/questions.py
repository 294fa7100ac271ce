"""Questions about the account's own life, asked as support and never as proof; pure.

Three questions with four answers each. Who guesses blindly knows all three once in 64 times, and a flat-mate knows more:
therefore the score opens nothing. It helps the agent to see that something is odd before papers and codes are asked for.
The agent reads the answers out and never learns which one was right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from walletdesk.foundation.i18n.words import Words

COUNTS = ((0, 0), (1, 3), (4, 9), (10, None))
AMOUNTS = (0, 100_00, 500_00, 2_000_00)


@dataclass(frozen=True, slots=True)
class Facts:
    """``opened``: (year, month) in the customer's own time zone; ``payments``: how many in the last seven days;
    ``last_top_up``: in minor units of yuan, None when there was none."""

    opened: tuple[int, int]
    payments: int
    last_top_up: int | None


def draw_up(facts: Facts, place: int) -> list[dict[str, Any]]:
    """The sheet: ``{"words": {…}, "options": [{…}, …], "right": n}``. ``place``, 0 to 3, is where the right month stands."""
    return [_opened(facts.opened, place % 4), _payments(facts.payments), _top_up(facts.last_top_up)]


def _sheet(words: Words, options: list[Words], right: int) -> dict[str, Any]:
    return {"words": words.both(), "options": [one.both() for one in options], "right": right}


def _opened(opened: tuple[int, int], place: int) -> dict[str, Any]:
    first = opened[0] * 12 + opened[1] - 1 - place
    months = [divmod(first + step, 12) for step in range(4)]
    options = [Words(f"{year} 年 {month + 1} 月", f"{month + 1}/{year}") for year, month in months]
    return _sheet(Words("钱包是哪个月开的？", "In which month was the wallet opened?"), options, place)


def _payments(count: int) -> dict[str, Any]:
    options = [
        Words("没有付过", "None"),
        Words("1 到 3 次", "1 to 3"),
        Words("4 到 9 次", "4 to 9"),
        Words("10 次以上", "10 or more"),
    ]
    right = next(place for place, (low, high) in enumerate(COUNTS) if count >= low and (high is None or count <= high))
    return _sheet(Words("最近七天付过几次款？", "How many payments in the last seven days?"), options, right)


def _top_up(amount: int | None) -> dict[str, Any]:
    options = [
        Words("没有充过值，或不到 100 元", "None, or below 100 yuan"),
        Words("100 到 500 元", "100 to 500 yuan"),
        Words("500 到 2,000 元", "500 to 2,000 yuan"),
        Words("2,000 元以上", "2,000 yuan or more"),
    ]
    right = max(place for place, least in enumerate(AMOUNTS) if (amount or 0) >= least)
    return _sheet(Words("上一次充值大概是多少？", "About how much was the last top-up?"), options, right)
