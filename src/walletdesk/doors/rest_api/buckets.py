"""A bucket of tokens each, counted by this process alone: what holds while PostgreSQL is away (``shares.py``).

``WALLETDESK_API_RATE=1000/10``: a thousand at once, refilled evenly over ten seconds. Said in each answer as
draft-ietf-httpapi-ratelimit-headers-10 wants it: ``RateLimit-Policy: "key";q=1000;w=10`` and ``RateLimit: "key";r=997;t=1``.
Whoever comes with no good key is counted by network address, more strictly, so that nobody tries keys at leisure.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from walletdesk.doors.rest_api.asked import Header
from walletdesk.doors.rest_api.refusals import TooOften

MOST_BUCKETS = 50_000


@dataclass(frozen=True, slots=True)
class Rate:
    """``quota`` requests at once, and again after ``seconds``."""

    quota: int
    seconds: int

    @property
    def each_second(self) -> float:
        return self.quota / self.seconds


def read_rate(text: str) -> Rate:
    """``1000/10``. ValueError for anything else."""
    quota, _, seconds = text.partition("/")
    rate = Rate(int(quota), int(seconds or 1))
    if rate.quota < 1 or rate.seconds < 1:
        raise ValueError(f"a rate is like 1000/10, not {text!r}")
    return rate


class Buckets:
    """A bucket for each who asks; the longest unused is forgotten first (it was full again)."""

    def __init__(self, name: str, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate, self._clock, self._name = rate, clock, name
        self._policy = (b"ratelimit-policy", f'"{name}";q={rate.quota};w={rate.seconds}'.encode())
        self._buckets: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def take(self, who: Hashable) -> list[Header]:
        """One token; the headers that say how many are left. Refuses when there is none (``TooOften``)."""
        tokens = self._tokens(who)
        if tokens < 1:
            raise TooOften(retry_after=max(1, round((1 - tokens) / self.rate.each_second + 0.5)))
        self._keep(who, tokens - 1)
        return self._headers(tokens - 1)

    def refused(self, who: Hashable) -> bool:
        """Whether there is no token left, without taking one."""
        return self._tokens(who) < 1

    def headers_when_empty(self, who: Hashable) -> list[Header]:
        return self._headers(self._tokens(who))

    def _tokens(self, who: Hashable) -> float:
        tokens, at = self._buckets.get(who, (float(self.rate.quota), 0.0))
        return min(float(self.rate.quota), tokens + (self._clock() - at) * self.rate.each_second)

    def _keep(self, who: Hashable, tokens: float) -> None:
        self._buckets[who] = (tokens, self._clock())
        self._buckets.move_to_end(who)
        if len(self._buckets) > MOST_BUCKETS:
            self._buckets.popitem(last=False)

    def _headers(self, tokens: float) -> list[Header]:
        until_full = int((self.rate.quota - tokens) / self.rate.each_second) + 1
        return [self._policy, (b"ratelimit", f'"{self._name}";r={max(0, int(tokens))};t={until_full}'.encode())]
