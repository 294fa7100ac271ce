"""How many will call in each hour of the week, and how sure we are.

Each hour of the week has its own rate. What we believe before we saw it is the usual week (``week.py``) at our own level;
it weighs as much as ``PRIOR_WEEKS`` of them. Each week that we saw adds its count, an older one less (half after
``HALF_LIFE`` weeks), so a new habit of the city is believed after a few weeks and one wild Tuesday is not.

    rate       (prior weeks × usual + Σ weight × count) / (prior weeks + Σ weight)        a gamma posterior
    low, high  the middle 80 % of what an hour with that rate, as uncertain as it is, may bring

The level is learnt from all hours together, hence long before each hour is known by itself.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from walletdesk.foundation.i18n.words import Words
from walletdesk.service.workforce.rules.week import HOURS, usual_share

PRIOR_WEEKS = 1.0
HALF_LIFE = 6.0
EIGHTY = 1.2816  # standard deviations to each side of the middle 80 %
SOME_WEEKS, MANY_WEEKS = 1.0, 4.0

Confidence = Literal["usual", "some", "good"]
CONFIDENCE_WORDS: dict[str, Words] = {
    "usual": Words("还没有自己的数据，按通常的高峰估计", "No calls of our own yet; the usual peaks"),
    "some": Words("数据还少，仅供参考", "Few weeks of our own so far"),
    "good": Words("根据最近几周的来电", "From the calls of recent weeks"),
}


@dataclass(frozen=True, slots=True)
class HourForecast:
    """``calls`` expected in this hour of the week; in four weeks of five between ``low`` and ``high``."""

    hour: int
    calls: float
    low: float
    high: float
    weeks: float

    @property
    def confidence(self) -> Confidence:
        return "good" if self.weeks >= MANY_WEEKS else "some" if self.weeks >= SOME_WEEKS else "usual"


def weight_of(weeks_ago: float) -> float:
    """How much a count of so many weeks ago still says."""
    return 0.5 ** (max(0.0, weeks_ago) / HALF_LIFE)


def forecast_week(
    seen: Mapping[int, Sequence[tuple[float, int]]], weekly_calls: float, prior_weeks: float = PRIOR_WEEKS
) -> list[HourForecast]:
    """The 168 hours. ``seen``: hour → [(weeks ago, calls)]; ``weekly_calls``: what is expected of a week while nothing
    was seen."""
    level = _level(seen, weekly_calls, prior_weeks)
    spread = _spread(seen)
    return [_hour(hour, seen.get(hour, ()), level * usual_share(hour), prior_weeks, spread) for hour in range(HOURS)]


def _level(seen: Mapping[int, Sequence[tuple[float, int]]], weekly_calls: float, prior_weeks: float) -> float:
    """Calls of a usual week: what was seen against what these hours usually have, and the first guess as one week more."""
    counted = sum(weight_of(ago) * calls for counts in seen.values() for ago, calls in counts)
    usual = sum(usual_share(hour) * weight_of(ago) for hour, counts in seen.items() for ago, _ in counts)
    guess = min(prior_weeks, 0.25)
    return (guess * weekly_calls + counted) / (guess + usual)


def _spread(seen: Mapping[int, Sequence[tuple[float, int]]]) -> float:
    """How much wilder than chance the weeks are: the variance of a count over its mean, at least 1."""
    squares, freedom = 0.0, 0
    for counts in seen.values():
        mean = sum(calls for _, calls in counts) / len(counts) if counts else 0.0
        if len(counts) > 1 and mean > 0:
            squares += sum((calls - mean) ** 2 for _, calls in counts) / mean
            freedom += len(counts) - 1
    return max(1.0, squares / freedom) if freedom else 1.0


def _hour(
    hour: int, counts: Sequence[tuple[float, int]], usual: float, prior_weeks: float, spread: float
) -> HourForecast:
    weeks = sum(weight_of(ago) for ago, _ in counts)
    known = prior_weeks + weeks
    rate = (prior_weeks * usual + sum(weight_of(ago) * calls for ago, calls in counts)) / known
    # The next count strays by chance (spread × rate), and our rate itself by rate / known.
    stray = EIGHTY * math.sqrt(max(rate, 0.25) * spread * (1 + 1 / known))
    return HourForecast(hour, rate, max(0.0, rate - stray), rate + stray, weeks)
