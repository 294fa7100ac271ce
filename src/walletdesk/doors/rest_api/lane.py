"""The lane: many callers' intents go to the books together, and each gets its own durable result.

    lane = Lane(pay_many)
    result = await lane.do(intent)      the verb's own result for this intent

The event loop only queues. A writer thread with a database connection of its own takes what is waiting (one intent or two
thousand), does all of it by one call of the set-based verb, and hands the results back at once. There is no timer: what
comes while a batch is being committed is the next batch, so an idle lane answers one caller as fast as a page would, and a
busy one shares each commit among as many as came meanwhile. A surprise in a batch is bisected by the verb itself
(``payments.in_one_go``): one caller's bad intent never fails another's. Several processes may run lanes at once.

Nobody waits long for nothing. Whose turn cannot come in time (``admission``) is refused before anything was done (``NotNow``,
with when to ask again), mostly before their request was read (``turned_away.py``). Who has no answer ``PATIENCE`` after they
asked (a commit that hangs, a standby that does not answer) is told as it is: those in a batch hear ``OutcomeUnknown`` and ask
by key, those behind it ``NotNow``. The writer goes on; what it decides later is found under each key. As long as a batch has
not begun (PostgreSQL is away and the writer waits for a connection) nothing is unknown: after ``CONNECT_PATIENCE`` its callers
hear ``NotNow``, and it never begins.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Generic, TypeVar

from django.db import connection

from walletdesk.doors.rest_api import admission
from walletdesk.doors.rest_api.refusals import NotNow
from walletdesk.foundation.kill_points.public import reach
from walletdesk.money.payments.public import OutcomeUnknown

log = logging.getLogger(__name__)
Intent = TypeVar("Intent")
Result = TypeVar("Result")

MOST_AT_ONCE = 2_000
PATIENCE, CONNECT_PATIENCE = 15.0, 1.0
LOOKED_AFTER_EVERY, A_MOMENT = 1.0, 0.02
SWITCH_SECONDS = 0.001
"""How long the event loop may keep the interpreter from a writer whose statement has answered (Python's own: 5 ms, and a batch
has sixteen statements)."""
_STOP = None


@dataclass(slots=True, eq=False)
class _Asked(Generic[Intent, Result]):
    """``since``: when it came, on the monotonic clock."""

    intent: Intent
    answer: asyncio.Future[Result]
    since: float


@dataclass(slots=True, eq=False)
class _Batch(Generic[Intent, Result]):
    """What a writer has in hand since ``taken`` on the monotonic clock. Either it begins or it is given up, never both."""

    asked: list[_Asked[Intent, Result]]
    taken: float = field(default_factory=time.monotonic)
    begun: bool = False
    given_up: bool = False
    _either: Lock = field(default_factory=Lock)

    def begin(self) -> bool:
        with self._either:
            self.begun = not self.given_up
            return self.begun

    def give_up(self) -> bool:
        with self._either:
            self.given_up = not self.begun
            return self.given_up

    @property
    def age(self) -> float:
        return time.monotonic() - self.taken


class Lane(Generic[Intent, Result]):
    """``act`` is a set-based verb: one result per intent, in their order. ``writers`` threads run it side by side, each after
    ``connect``: what that raises says that nothing was done.
    """

    def __init__(
        self,
        act: Callable[[Sequence[Intent]], Sequence[Result]],
        *,
        connect: Callable[[], None] = lambda: None,
        writers: int = 1,
    ) -> None:
        self._act, self._connect, self._writers = act, connect, writers
        self._queue: SimpleQueue[_Asked[Intent, Result] | None] = SimpleQueue()
        self._in_hand: list[_Batch[Intent, Result]] = []
        self._threads: list[Thread] = []
        self._pace = 0.0
        self._refused, self._refused_lately = 0, 0  # in this second, in the one before
        self._crowded = False  # somebody was refused since the last batch
        self._on_the_way = 0  # let in a moment ago and not yet waiting
        self._loop: asyncio.AbstractEventLoop | None = None
        self._looked_after = False

    async def do(self, intent: Intent) -> Result:
        """The verb's result once it is durable. Raises ``NotNow`` (nothing was done) or ``OutcomeUnknown`` (ask by key)."""
        self._on_the_way = max(0, self._on_the_way - 1)
        if wait := self.full():
            raise NotNow(retry_after=wait)
        loop = self._loop or self._start()
        asked: _Asked[Intent, Result] = _Asked(intent, loop.create_future(), time.monotonic())
        self._queue.put(asked)
        if not self._looked_after:
            self._looked_after = True
            loop.call_later(LOOKED_AFTER_EVERY, self._look_after)
        return await asked.answer

    def let_in(self) -> int:
        """As ``full``; who has room takes it for a moment, until they wait (``do``). Asked before their request is read."""
        wait = self.full()
        if not wait:
            if not self._on_the_way:
                asyncio.get_running_loop().call_later(A_MOMENT, self._forget_who_is_on_the_way)
            self._on_the_way += 1
        return wait

    def full(self) -> int:
        """0: there is room for one more. Else who asked counts as refused, and may ask again in so many seconds."""
        refused = max(self._refused, self._refused_lately)
        wait = admission.pause(self._queue.qsize() + self._on_the_way, self._pace, refused)
        if wait:
            self._crowded = True
            if not refused:
                asyncio.get_running_loop().call_later(1.0, self._end_second)
            self._refused += 1
        return wait

    def stop(self) -> None:
        """What was accepted is done first; then the writers end."""
        for _ in self._threads:
            self._queue.put(_STOP)
        for thread in self._threads:
            thread.join()
        self._threads, self._loop = [], None

    def _start(self) -> asyncio.AbstractEventLoop:
        self._loop = asyncio.get_running_loop()
        sys.setswitchinterval(SWITCH_SECONDS)
        name = getattr(self._act, "__name__", "act")
        self._threads = [Thread(target=self._write, name=f"lane {name}", daemon=True) for _ in range(self._writers)]
        for thread in self._threads:
            thread.start()
        return self._loop

    # in a writer's thread

    def _write(self) -> None:
        try:
            while batch := self._taken():
                reach("in_lane")
                results = self._decided(batch)
                reach("out_of_lane")
                self._in_loop(self._hand_back, batch, results)
        finally:
            connection.close()

    def _taken(self) -> _Batch[Intent, Result] | None:
        """All that waits and whose turn is not over, at most ``MOST_AT_ONCE``; waits for the first."""
        while True:
            first = self._queue.get()
            if first is _STOP:
                return None
            asked = [first]
            while len(asked) < MOST_AT_ONCE:
                try:
                    following = self._queue.get_nowait()
                except Empty:
                    break
                if following is _STOP:
                    self._queue.put(_STOP)
                    break
                asked.append(following)
            if asked := self._in_time(asked):
                batch = _Batch(asked)
                self._in_hand.append(batch)
                return batch

    def _in_time(self, asked: list[_Asked[Intent, Result]]) -> list[_Asked[Intent, Result]]:
        """Without those whose turn is over; they hear so. They come in the order in which they asked."""
        crowded, self._crowded = self._crowded, False
        moment = time.monotonic()
        late = 0
        while late < len(asked) and admission.turn_is_over(moment - asked[late].since, crowded=crowded):
            late += 1
        if late:
            self._in_loop(self._refuse, asked[:late], NotNow(retry_after=1))
        return asked[late:]

    def _decided(self, batch: _Batch[Intent, Result]) -> Sequence[Result] | Exception:
        try:
            self._connect()
        except Exception as trouble:
            log.warning("nothing begun for %s: %s", len(batch.asked), trouble)
            return NotNow(retry_after=2)
        if not batch.begin():
            return NotNow(retry_after=2)
        try:
            return self._act([asked.intent for asked in batch.asked])
        except Exception as trouble:  # refusals of the whole batch too: nobody may be left waiting
            if not isinstance(trouble, OutcomeUnknown):
                log.exception("a batch of %s was not decided", len(batch.asked))
            connection.close()
            return trouble

    def _in_loop(self, act: Callable[..., None], *arguments: object) -> None:
        assert self._loop is not None
        try:
            self._loop.call_soon_threadsafe(act, *arguments)
        except RuntimeError:  # the loop has ended: nobody listens any more
            log.warning("answers came after the end")

    # in the event loop

    def _hand_back(self, batch: _Batch[Intent, Result], results: Sequence[Result] | Exception) -> None:
        self._in_hand.remove(batch)
        if isinstance(results, Exception):
            self._refuse(batch.asked, results)
            return
        self._pace = admission.pace_after(self._pace, len(batch.asked), batch.age / self._writers, MOST_AT_ONCE)
        for asked, result in zip(batch.asked, results, strict=True):
            if not asked.answer.done():
                asked.answer.set_result(result)

    def _refuse(self, asked: Sequence[_Asked[Intent, Result]], trouble: Exception) -> None:
        for one in asked:
            if not one.answer.done():
                one.answer.set_exception(trouble)

    def _end_second(self) -> None:
        """A second after the first refusal, and so on until nobody was refused for a second."""
        self._refused, self._refused_lately = 0, self._refused
        if self._refused_lately:
            log.warning("%s refused in a second; it carries %.0f", self._refused_lately, self._pace)
            asyncio.get_running_loop().call_later(1.0, self._end_second)

    def _forget_who_is_on_the_way(self) -> None:
        """Some never arrive: a key that is no good, a body that comes slowly. They keep nobody's room."""
        self._on_the_way = 0

    def _look_after(self) -> None:
        """Each second while somebody waits: whose time is over before the next look is told so now."""
        oldest, stuck = time.monotonic() - PATIENCE + LOOKED_AFTER_EVERY, 0
        for batch in self._in_hand:
            late = [asked for asked in batch.asked if asked.since <= oldest]
            if (late or batch.age > CONNECT_PATIENCE) and batch.give_up():
                stuck += 1
                self._refuse(batch.asked, NotNow(retry_after=2))
            else:
                stuck += batch.taken <= oldest
                self._refuse(late, OutcomeUnknown())
        if stuck == self._writers:
            self._refuse(self._waiting(), NotNow(retry_after=5))
        self._looked_after = bool(self._in_hand) or not self._queue.empty()
        if self._looked_after and self._loop is not None:
            self._loop.call_later(LOOKED_AFTER_EVERY, self._look_after)

    def _waiting(self) -> list[_Asked[Intent, Result]]:
        """Taken out of the queue: nothing was done for them, and nothing will be."""
        waiting: list[_Asked[Intent, Result]] = []
        while True:
            try:
                asked = self._queue.get_nowait()
            except Empty:
                return waiting
            if asked is not _STOP:
                waiting.append(asked)


class AtOnce(Generic[Intent, Result]):
    """The same without a queue, in the caller's own thread and transaction: for tests and tools."""

    def __init__(self, act: Callable[[Sequence[Intent]], Sequence[Result]]) -> None:
        self._act = act

    async def do(self, intent: Intent) -> Result:
        (result,) = self._act([intent])
        return result

    def let_in(self) -> int:
        """There is always room."""
        return 0

    def stop(self) -> None:
        """Nothing to stop."""
