"""One call: its events one after the other, each a step of the room, then what the step asked for.

The order of a call is the order of this queue: gateway, room and timers all speak into it. A step is stored before its
commands go out; when the process dies between the two, the call is over anyway and the record says so.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from walletdesk.doors.telephone.room import RoomAway
from walletdesk.doors.telephone.secret_entry import PAUSE_SECONDS, SecretEntry
from walletdesk.doors.telephone.sound_acts import SoundActs
from walletdesk.doors.telephone.timers import CallTimers
from walletdesk.service.hotline.ports import (
    CallEnded,
    Digit,
    GatewayEvent,
    MediaStats,
    OriginateResult,
    RecordingReady,
)
from walletdesk.service.hotline.public import commands as ask
from walletdesk.service.hotline.public import room_words

log = logging.getLogger(__name__)
LINGER_SECONDS = 20.0
MOST_WAITING_KEYS = 60
MOST_FAILURES = 3


@dataclass(frozen=True, slots=True)
class EntryPaused:
    """No key came for a while after the key ``count`` of a secret entry."""

    leg: str
    count: int


CallEvent = GatewayEvent | room_words.RoomEvent | EntryPaused


class Steps(Protocol):
    """The room as one call asks it."""

    async def hear(self, call: str, event: GatewayEvent | room_words.RoomEvent, number: int) -> Sequence[ask.Command]:
        """One step: what is to be done now. Raises RoomAway."""


class Board(Protocol):
    """The switchboard as one call knows it."""

    def leg_made(self, leg: str, line: CallLine) -> None: ...
    def recording_made(self, recording: str, line: CallLine) -> None: ...
    def stepped(self) -> None: ...


class CallLine:
    """``caller`` is the leg that makes it a call. :meth:`live` is its task."""

    def __init__(self, caller: str, steps: Steps, acts: SoundActs, board: Board) -> None:
        self.caller = caller
        self.call = ""
        self._steps, self._acts, self._board = steps, acts, board
        self._events: asyncio.Queue[CallEvent] = asyncio.Queue()
        self._timers = CallTimers(self.tell)
        self._heard = 0
        self._failures = 0
        self._entries: dict[str, SecretEntry] = {}
        self._stats: dict[str, MediaStats] = {}
        self._legs = {caller}
        self._ended: set[str] = set()
        self._recordings: set[str] = set()
        self._bridges: set[str] = set()

    # --- what is told to it, at any time, in order ---

    def tell(self, event: CallEvent) -> None:
        """Put it at the end of this call's events. Figures of sound are kept until their leg ends."""
        match event:
            case MediaStats(leg):
                self._stats[leg] = event
                return
            case CallEnded(leg):
                if leg in self._ended:
                    return
                self._ended.add(leg)
                if leg in self._stats:
                    self._events.put_nowait(self._stats.pop(leg))
            case Digit() if self._events.qsize() > MOST_WAITING_KEYS:
                return  # nobody keys that fast; a machine does
        self._events.put_nowait(event)

    @property
    def legs(self) -> tuple[str, ...]:
        """The legs that are not gone."""
        return tuple(self._legs)

    # --- its life ---

    async def live(self, call: str, commands: Sequence[ask.Command]) -> None:
        """From the first commands until nothing more is to be expected."""
        self.call = call
        try:
            await self._do(commands)
            while self.caller in self._legs:
                await self._hear(await self._events.get())
            await self._linger()
        finally:
            self._timers.cancel_all()

    async def _linger(self) -> None:
        """The caller is gone; other legs are being let go, recordings closed."""
        self._timers.cancel_all()
        for bridge in self._bridges:
            await self._acts.do(ask.Unbridge(bridge), self.call)
        ends = asyncio.get_running_loop().time() + LINGER_SECONDS
        while self._legs or self._recordings or not self._events.empty():
            try:
                event = await asyncio.wait_for(self._events.get(), ends - asyncio.get_running_loop().time())
            except TimeoutError:
                log.warning("call %s: nothing was told of %s", self.call, sorted(self._legs | self._recordings))
                return
            await self._hear(event)

    async def _hear(self, event: CallEvent) -> None:
        match event:
            case Digit(leg, digit) if leg in self._entries:
                await self._secret(self._entries[leg], digit)
            case EntryPaused(leg, count):
                entry = self._entries.get(leg)
                if entry and entry.paused_at(count):
                    await self._step(room_words.SecretTyped(leg, entry.take()))
            case _:
                await self._step(event)
                self._over(event)

    async def _secret(self, entry: SecretEntry, key: str) -> None:
        typed = entry.press(key)
        if typed is None:
            later = EntryPaused(entry.leg, entry.count)
            asyncio.get_running_loop().call_later(PAUSE_SECONDS, self.tell, later)
            await self._step(room_words.SecretKey(entry.leg))
        else:
            await self._step(room_words.SecretTyped(entry.leg, typed))

    def _over(self, event: CallEvent) -> None:
        """What ends with this event."""
        match event:
            case CallEnded(leg):
                self._legs.discard(leg)
            case OriginateResult(leg, outcome) if outcome != "answered":
                self._legs.discard(leg)
            case RecordingReady(recording):
                self._recordings.discard(recording)

    # --- a step ---

    async def _step(self, event: GatewayEvent | room_words.RoomEvent) -> None:
        self._heard += 1
        try:
            commands = await self._steps.hear(self.call, event, self._heard)
        except RoomAway as away:
            log.error("call %s cannot go on: %s", self.call, away)
            await self._acts.do(ask.Hangup(self.caller), self.call)
        except Exception:
            log.exception("call %s stumbled over %s in step %d", self.call, type(event).__name__, self._heard)
            self._failures += 1
            if self._failures >= MOST_FAILURES:
                await self._acts.do(ask.Hangup(self.caller), self.call)
        else:
            await self._do(commands)
            self._board.stepped()

    async def _do(self, commands: Sequence[ask.Command]) -> None:
        for command in commands:
            match command:
                case ask.StartTimer(timer, turn, seconds):
                    self._timers.start(timer, turn, seconds)
                case ask.CancelTimer(timer):
                    self._timers.cancel(timer)
                case ask.Hangup(leg="") | ask.Mute(leg=""):
                    pass
                case _ if isinstance(command, ask.SoundCommand):
                    await self._sound(command)

    async def _sound(self, command: ask.SoundCommand) -> None:
        match command:
            case ask.Ring(leg) | ask.Dial(leg):
                self._legs.add(leg)
                self._board.leg_made(leg, self)
            case ask.Record(recording):
                self._recordings.add(recording)
                self._board.recording_made(recording, self)
            case ask.Bridge(bridge):
                self._bridges.add(bridge)
            case ask.Unbridge(bridge):
                self._bridges.discard(bridge)
            case ask.Collect(leg, secret):
                if secret:
                    self._entries.setdefault(leg, SecretEntry(leg))
                else:
                    self._entries.pop(leg, None)
            case ask.Reject(leg):
                self._legs.discard(leg)
            case ask.Hangup(leg):
                # Should the gateway forget to say so: this call is not open for ever.
                asyncio.get_running_loop().call_later(LINGER_SECONDS / 2, self.tell, CallEnded(leg, "ended_by_us"))
        failed = await self._acts.do(command, self.call)  # type: ignore[arg-type]
        if failed:
            self.tell(failed)
