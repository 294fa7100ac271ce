"""The refusal of whoever comes to a full lane: 503 ``not_now`` before key, count and body are read.

At ten times the load nine of ten requests end here, so it is written once for each pause and language and then only numbered.
Nothing was asked of the database, nothing is kept in the caller's log, and their quota is as it was.

Saying no has a pace too (``admission.refusals_after``): beyond it the caller waits a moment for their answer, and asks nothing
else on that connection meanwhile. Without that the machine was busy with refusals alone, and who was let in waited for eleven
seconds.
"""

from __future__ import annotations

import asyncio
import functools
from uuid import UUID

from starlette.types import Scope, Send

from walletdesk.doors.rest_api import admission
from walletdesk.doors.rest_api.asked import Header, wished_language
from walletdesk.doors.rest_api.passage import ALWAYS, NO_FRAMES
from walletdesk.doors.rest_api.problem import problem
from walletdesk.doors.rest_api.refusals import NotNow
from walletdesk.foundation.clock.public import uuid7

TOGETHER_SECONDS = 0.02
"""Who is told within so long is told at once with the others: one timer for all of them."""
_NUMBER = UUID(int=0)


class TurnedAway:
    """The refusals of one process; each is awaited in the request's own task."""

    def __init__(self) -> None:
        self._last, self._rate = float("-inf"), admission.FIRST_REFUSALS
        self._waves: dict[int, asyncio.Event] = {}

    async def tell(self, scope: Scope, send: Send, wait: int) -> None:
        """``wait``: the seconds after which to ask again."""
        moment = asyncio.get_running_loop().time()
        self._last = admission.told_at(self._last, moment, self._rate)
        if self._last > moment:
            await self._wave(self._last).wait()
        language = next((value for name, value in scope["headers"] if name == b"accept-language"), b"")
        headers, before, after = _written(wait, wished_language(language) if language else "en")
        number = str(uuid7()).encode()
        headers = [*headers, (b"request-id", number)]
        await send({"type": "http.response.start", "status": NotNow.status, "headers": headers})
        await send({"type": "http.response.body", "body": before + number + after})

    def _wave(self, at: float) -> asyncio.Event:
        """What ends at that time or just after it."""
        place = int(at / TOGETHER_SECONDS) + 1
        wave = self._waves.get(place)
        if wave is None:
            wave = self._waves[place] = asyncio.Event()
            asyncio.get_running_loop().call_at(place * TOGETHER_SECONDS, self._end, place)
        return wave

    def _end(self, place: int) -> None:
        """How late this comes says whether the machine has time for more of them."""
        self._rate = admission.refusals_after(self._rate, asyncio.get_running_loop().time() - place * TOGETHER_SECONDS)
        self._waves.pop(place).set()


@functools.lru_cache(64)
def _written(wait: int, language: str) -> tuple[list[Header], bytes, bytes]:
    """Headers, and the body before and after the request's number."""
    answer = problem(NotNow(retry_after=wait), language, _NUMBER)
    before, after = answer.body.split(str(_NUMBER).encode())
    length = (b"content-length", b"%d" % len(answer.body))
    return [(b"content-type", answer.kind), length, *ALWAYS, NO_FRAMES, *answer.headers], before, after
