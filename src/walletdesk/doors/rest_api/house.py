"""What lives as long as the process: threads, the key ring, shares of quotas, the lanes, what is under way, the log."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from django.conf import settings

from walletdesk.doors.rest_api import lane
from walletdesk.doors.rest_api.buckets import Rate, read_rate
from walletdesk.doors.rest_api.key_ring import KeyRing
from walletdesk.doors.rest_api.lanes import Lanes, in_a_lane
from walletdesk.doors.rest_api.request_log import RequestLog
from walletdesk.doors.rest_api.shares import Shares
from walletdesk.doors.rest_api.threads import AtOnce, Threads, as_if_no_loop
from walletdesk.doors.rest_api.under_way import UnderWay

STRANGERS = Rate(60, 60)
"""Wrong keys from one network address."""
NOBODY = Rate(300, 10)
"""What needs no key, from one network address."""
PORTERS = 2
"""Threads that only ask whose key it is and how often it came: slow reads that hold all others turn no payment away."""


class House:
    """``at_once``: everything in the caller's own thread and transaction, for tests and tools."""

    def __init__(self, *, at_once: bool = False, rate: str | None = None) -> None:
        self.pool: Threads | AtOnce = AtOnce() if at_once else Threads()
        self.porter: Threads | AtOnce = AtOnce() if at_once else Threads(PORTERS, "porter")
        self.ring = KeyRing(self.porter)
        self.lanes = Lanes((lambda act: lane.AtOnce(as_if_no_loop(act))) if at_once else in_a_lane)
        self.callers = Shares("key", read_rate(rate or settings.API_RATE), self.porter)
        self.strangers = Shares("address", STRANGERS, self.porter)
        self.nobody = Shares("address", NOBODY, self.porter)
        self.under_way = UnderWay()
        self.log = RequestLog()

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """While the server runs; what is under way and what is still to be written is done at the end."""
        self.log.start()
        try:
            yield
        finally:
            self.lanes.stop()
            self.pool.stop()
            self.porter.stop()
            self.log.stop()
