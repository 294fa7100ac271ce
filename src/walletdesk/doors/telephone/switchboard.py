"""The switchboard: which event belongs to which call, and everything that no single call does.

    board = Switchboard(gateway, room, hear_page=…, recordings=…)
    await board.serve(stop)        until ``stop`` is set; then every call is ended in order

Nothing but the legs' names is kept here: what a call is stands in the database.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from walletdesk.doors.telephone.admission import Limits, Load, retry_after
from walletdesk.doors.telephone.call_line import CallLine
from walletdesk.doors.telephone.desk import Desk
from walletdesk.doors.telephone.page_words import HearPage, PageWords
from walletdesk.doors.telephone.room import RoomAway
from walletdesk.doors.telephone.sound_acts import SoundActs
from walletdesk.doors.telephone.wakings import Overtaken, Wakings
from walletdesk.service.hotline.ports import (
    CallOffered,
    GatewayDown,
    GatewayEvent,
    GatewayRefused,
    GatewayUp,
    MediaGateway,
    RecordingReady,
)
from walletdesk.service.hotline.public import Taken
from walletdesk.service.hotline.public import commands as ask

log = logging.getLogger(__name__)
LOOK_EVERY_SECONDS, BREATH_SECONDS = 1.0, 0.05
END_SECONDS = 3.5


class Switchboard:
    """``hear_page(seat, word)`` hands a page's word to whoever carries browser legs."""

    def __init__(self, gateway: MediaGateway, desk: Desk, hear_page: HearPage, limits: Limits | None = None) -> None:
        self._gateway, self._desk, self._pages = gateway, desk, PageWords(hear_page)
        self._limits = limits or Limits()
        self._acts = SoundActs(gateway, desk.sounds, desk.number_of, desk.line_of, desk.path_of)
        self._wakings = Wakings(self._woken)
        self._lines: dict[str, CallLine] = {}  # by leg
        self._calls: dict[str, CallLine] = {}  # by call
        self._recordings: dict[str, CallLine] = {}
        self._arriving = 0
        self._open, self._whole = True, False
        self._look, self._page_spoke = asyncio.Event(), asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    # --- its life ---

    async def serve(self, stop: asyncio.Event, begin: Callable[[], Awaitable[None]]) -> None:
        """Take calls until ``stop``; ``begin`` opens the line once it is ours. Raises Overtaken when somebody else has it."""
        await self._alone(stop)
        if stop.is_set():
            return
        dropped = await self._desk.recover()
        if dropped:
            log.warning("%d calls stood open from an earlier process; they are closed", dropped)
        await begin()
        watched = [
            asyncio.create_task(self._hear_gateway()),
            asyncio.create_task(self._wakings.listen()),
            asyncio.create_task(_again_and_again(self._look, self._look_around)),
            asyncio.create_task(_again_and_again(self._page_spoke, self._hear_pages)),
            asyncio.create_task(_raised(stop)),
        ]
        try:
            done, _ = await asyncio.wait(watched, return_when=asyncio.FIRST_COMPLETED)
            self._open = False
            log.info("the line is closed; %d calls are ended", len(self._calls))
            await self._end_all()
            for task in done:
                task.result()
        finally:
            for task in watched:
                task.cancel()
            await asyncio.gather(*watched, return_exceptions=True)

    async def _alone(self, stop: asyncio.Event) -> None:
        waiting = asyncio.create_task(self._wakings.become_the_only_one())
        stopped = asyncio.create_task(_raised(stop))
        await asyncio.wait({waiting, stopped}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if not waiting.done():
            waiting.cancel()

    async def _end_all(self) -> None:
        """Hang up everybody; what could not be told in time is closed as it would be after a sudden death."""
        for line in set(self._calls.values()):
            for leg in line.legs:
                self._begin(self._hang_up(leg))
        ends = asyncio.get_running_loop().time() + END_SECONDS
        while self._calls and asyncio.get_running_loop().time() < ends:
            await asyncio.sleep(0.05)
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if not self._wakings.overtaken:
            await self._desk.recover()

    async def _hang_up(self, leg: str) -> None:
        try:
            await self._gateway.hangup(leg)
        except (GatewayRefused, TimeoutError) as refusal:
            log.warning("hanging up %s: %s", leg, refusal)

    # --- what the gateway tells ---

    async def _hear_gateway(self) -> None:
        async for event in self._gateway.events():
            self._hear(event)

    def _hear(self, event: GatewayEvent) -> None:
        match event:
            case CallOffered():
                self._offered(event)
            case GatewayDown(reason):
                self._whole = False  # each leg that this ends says so itself
                log.error("the gateway is not whole: %s", reason)
            case GatewayUp():
                self._whole = True
                log.info("the gateway is whole")
            case RecordingReady(recording):
                self._tell(self._recordings.get(recording), event)
            case _:
                self._tell(self._lines.get(event.leg), event)

    @staticmethod
    def _tell(line: CallLine | None, event: GatewayEvent) -> None:
        if line:
            line.tell(event)
        else:
            log.debug("nobody waits for %s", event)

    def _offered(self, offered: CallOffered) -> None:
        if offered.leg in self._lines:
            return
        pause = retry_after(Load(len(self._calls) + self._arriving, self._arriving, self._open), self._limits)
        if pause is not None:
            self._begin(self._refuse(offered.leg, pause))
            return
        line = CallLine(offered.leg, self._desk, self._acts, self)
        self._lines[offered.leg] = line
        self._begin(self._take_in(offered, line))

    async def _refuse(self, leg: str, pause: int) -> None:
        try:
            await self._gateway.reject(leg, busy=False, retry_after=pause)
        except (GatewayRefused, TimeoutError) as refusal:
            log.warning("refusing %s: %s", leg, refusal)

    async def _take_in(self, offered: CallOffered, line: CallLine) -> None:
        self._arriving += 1
        try:
            taken = await self._desk.take_in(offered)
        except Exception as trouble:
            log.log(logging.WARNING if isinstance(trouble, RoomAway) else logging.ERROR, "not taken in", exc_info=True)
            self._lines.pop(offered.leg, None)
            await self._refuse(offered.leg, 10)
            return
        finally:
            self._arriving -= 1
        await self._carry(taken.call_id or f"refused {offered.leg}", line, taken.commands)

    async def _carry(self, call: str, line: CallLine, commands: Sequence[ask.Command]) -> None:
        self._calls[call] = line
        try:
            await line.live(call, commands)
        finally:
            self._calls.pop(call, None)
            for known in (self._lines, self._recordings):
                for name in [name for name, whose in known.items() if whose is line]:
                    del known[name]

    # --- what a call tells ---

    def leg_made(self, leg: str, line: CallLine) -> None:
        self._lines[leg] = line

    def recording_made(self, recording: str, line: CallLine) -> None:
        self._recordings[recording] = line

    def stepped(self) -> None:
        self.look_soon()

    # --- what desks, pages and the clock ask ---

    def look_soon(self) -> None:
        """Look at what pages asked, who is free and whom to call back: now, or when the present look is over."""
        self._look.set()

    def _woken(self) -> None:
        self._look.set()
        self._page_spoke.set()

    async def _look_around(self) -> None:
        for call, event in await self._desk.requests():
            if line := self._calls.get(call):
                line.tell(event)
        if not self._open:
            return
        await self._match()

    async def _match(self) -> None:
        """Whom to offer to whom, and whom to call back now."""
        for call, offered in await self._desk.offers():
            if line := self._calls.get(call):
                line.tell(offered)
        if self._whole and "originate" in self._gateway.capabilities() and len(self._calls) < self._limits.calls:
            for taken in await self._desk.call_backs():
                self._place(taken)

    def _place(self, taken: Taken) -> None:
        """A call that we make."""
        line = CallLine(taken.caller, self._desk, self._acts, self)
        self._lines[taken.caller] = line
        self._begin(self._carry(taken.call_id, line, taken.commands))

    async def _hear_pages(self) -> None:
        for seat, word in await self._desk.page_words():
            self._pages.pass_on(seat, word)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception():
            log.error("a call's task ended badly", exc_info=task.exception())


async def _again_and_again(soon: asyncio.Event, look: Callable[[], Awaitable[None]]) -> None:
    """When woken, and each second; through whatever goes wrong."""
    while True:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(soon.wait(), LOOK_EVERY_SECONDS)
        soon.clear()
        try:
            await look()
            await asyncio.sleep(BREATH_SECONDS)  # what comes meanwhile is looked at together
        except RoomAway:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
        except Exception:
            log.exception("%s stumbled", look.__name__)
            await asyncio.sleep(LOOK_EVERY_SECONDS)


async def _raised(stop: asyncio.Event) -> None:
    await stop.wait()


__all__ = ["Overtaken", "Switchboard"]
