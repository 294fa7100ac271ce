"""How often somebody may ask, counted once for all processes of the house.

    limits = shares.at_once(who) or await shares.take(who)      one token; the headers that say how many are left

The count stands in PostgreSQL (``api_keys.take_shares``); a process takes a share of it, a twentieth of the quota at a time, and
spends that without asking anybody. Many who ask are asked for together, by one statement, while their requests go on; only
whoever has no share here waits. What is in the bucket and out in shares is never more than the quota, so nobody gets more of
it by asking several processes; a share that lies unused in one for its lease is worth nothing there.

What the headers say to somebody who asks often is at most a second old; who comes after a pause hears first what was known
then. Counts that grow old are asked for a few times a second and all together: a statement for each of a hundred keys was a
twentieth of what their payments cost, and of a thousand who come once a second each was old when they came. An empty bucket is
believed for ``BELIEVED_SECONDS``, so that whoever comes too often costs no statement either. While PostgreSQL is away each
process counts for itself.
"""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from django.db import Error as DatabaseError

from walletdesk.doors.rest_api.asked import Header
from walletdesk.doors.rest_api.buckets import MOST_BUCKETS, Buckets, Rate
from walletdesk.doors.rest_api.refusals import TooOften
from walletdesk.trust.api_keys.public import Quota, Share, ShareWish, take_shares

log = logging.getLogger(__name__)
SHARES_OF_A_QUOTA = 20
LONGEST_LEASE = 10.0
OLD_SECONDS, GATHERED_SECONDS = 0.7, 0.25
"""From when on a count is asked for again, with all others that grow old within so long."""
BELIEVED_SECONDS = 0.1
MOST_AT_ONCE = 1_000


class Pool(Protocol):
    async def do(self, act: Callable[[], Any]) -> Any: ...


@dataclass(slots=True)
class _Mine:
    """What this process has of somebody's quota. ``left`` was in the bucket at ``heard_at``; ``waiting`` are requests."""

    here: int = 0
    left: float = 0.0
    heard_at: float = float("-inf")
    empty_until: float = float("-inf")
    waiting: int = 0


class Shares:
    """A quota of ``rate`` for each who asks."""

    def __init__(self, name: str, rate: Rate, pool: Pool, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate, self._pool, self._clock, self._name = rate, pool, clock, name
        self._lease = min(float(rate.seconds), LONGEST_LEASE)
        self._block = max(1, rate.quota // SHARES_OF_A_QUOTA)
        self._quota = Quota(f"{name} {rate.quota}/{rate.seconds}", rate.quota, rate.seconds, self._lease)
        self._process = uuid.uuid4().hex
        self._mine: OrderedDict[Hashable, _Mine] = OrderedDict()
        self._wished: dict[Hashable, None] = {}
        self._old: dict[Hashable, None] = {}
        self._gathering: asyncio.TimerHandle | None = None
        self._asking: asyncio.Task[None] | None = None
        self._alone = Buckets(name, rate, clock)
        self._policy = (b"ratelimit-policy", f'"{name}";q={rate.quota};w={rate.seconds}'.encode())

    def at_once(self, who: Hashable) -> list[Header] | None:
        """A token of the share that is here, or None when one must be taken first. Refuses (``TooOften``) who has none."""
        mine, moment = self._mine.get(who), self._clock()
        if mine is None:
            return None
        age = moment - mine.heard_at
        if mine.here < 1 or age > self._lease:
            if moment < mine.empty_until:
                raise self._too_often(mine)
            return None
        mine.here -= 1
        if mine.here <= self._block // 2 and age > BELIEVED_SECONDS:
            self._wish(who)
        elif age > OLD_SECONDS:
            self._wish_soon(who)
        return self._headers(mine, moment)

    async def take(self, who: Hashable) -> list[Header]:
        """The same after taking a share. Refuses when there is nothing to take (``TooOften``)."""
        mine = self._mine.setdefault(who, _Mine())
        self._mine.move_to_end(who)
        if len(self._mine) > MOST_BUCKETS:
            self._mine.popitem(last=False)
        mine.waiting += 1
        try:
            while (headers := self.at_once(who)) is None:
                await asyncio.shield(self._wish(who))
        except DatabaseError:
            return self._alone.take(who)
        finally:
            mine.waiting -= 1
        return headers

    def refused(self, who: Hashable) -> bool:
        """Whether there is known to be nothing left, without taking anything."""
        mine = self._mine.get(who)
        return mine is not None and mine.here < 1 and self._clock() < mine.empty_until

    def headers_when_empty(self, who: Hashable) -> list[Header]:
        mine = self._mine.get(who)
        return self._headers(mine, self._clock()) if mine else []

    def _too_often(self, mine: _Mine) -> TooOften:
        return TooOften(retry_after=max(1, round((1 - min(mine.left, 1)) / self.rate.each_second + 0.5)))

    def _headers(self, mine: _Mine, moment: float) -> list[Header]:
        since = max(0.0, moment - mine.heard_at)
        tokens = min(float(self.rate.quota), mine.here + mine.left + since * self.rate.each_second)
        until_full = int((self.rate.quota - tokens) / self.rate.each_second) + 1
        return [self._policy, (b"ratelimit", f'"{self._name}";r={max(0, int(tokens))};t={until_full}'.encode())]

    # asking for shares

    def _wish_soon(self, who: Hashable) -> None:
        self._old[who] = None
        loop = asyncio.get_running_loop()
        if self._gathering is None or self._gathering.when() < loop.time():
            self._gathering = loop.call_later(GATHERED_SECONDS, self._start)

    def _wish(self, who: Hashable) -> asyncio.Task[None]:
        self._wished[who] = None
        return self._start()

    def _start(self) -> asyncio.Task[None]:
        if self._asking is None or self._asking.done():
            self._asking = asyncio.get_running_loop().create_task(self._ask())
            self._asking.add_done_callback(_heard)
        return self._asking

    async def _ask(self) -> None:
        self._wished |= self._old
        self._old.clear()
        while self._wished:
            whos = list(self._wished)[:MOST_AT_ONCE]
            for who in whos:
                del self._wished[who]
            began = self._clock()
            wishes = [self._wish_of(who, began) for who in whos]
            take = partial(take_shares, self._process, self._quota, wishes)
            got: dict[str, Share] = await self._pool.do(take)
            for who in whos:
                self._keep(who, got[str(who)], began)

    def _wish_of(self, who: Hashable, moment: float) -> ShareWish:
        """What lies here beyond its lease is let go of. Said as it is, not as a change: a lost answer spoils no count."""
        mine = self._mine.setdefault(who, _Mine())
        if moment - mine.heard_at > self._lease:
            mine.here = 0
        return ShareWish(str(who), mine.here, max(0, self._block + mine.waiting - mine.here))

    def _keep(self, who: Hashable, share: Share, began: float) -> None:
        mine = self._mine.setdefault(who, _Mine())
        mine.here += share.got
        mine.left, mine.heard_at = share.left, began
        if mine.here < 1:
            mine.empty_until = self._clock() + max(BELIEVED_SECONDS, (1 - share.left) / self.rate.each_second)


def _heard(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (trouble := task.exception()):  # told to those who wait; nobody else minds
        log.warning("the count of requests waits for PostgreSQL: %s", type(trouble).__name__)
