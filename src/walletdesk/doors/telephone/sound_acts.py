"""A command of the flow, done by the gateway, within the gateway's time.

What cannot be done is answered as the gateway would have told it, so that no call stands waiting for an event that will
never come: a ring that failed is unreachable, a sentence that cannot be played is over.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from walletdesk.service.hotline.ports import (
    COMMAND_SECONDS,
    BrowserLine,
    GatewayEvent,
    GatewayRefused,
    MediaGateway,
    OriginateResult,
    PlayDone,
    TelephoneLine,
)
from walletdesk.service.hotline.public import Said
from walletdesk.service.hotline.public import commands as ask

log = logging.getLogger(__name__)
Sounds = Callable[[str, tuple[Said, ...]], Awaitable[tuple[Path, ...]]]
LineOf = Callable[[str], Awaitable[TelephoneLine]]
CommandOfSound = (
    ask.Answer | ask.Reject | ask.Hangup | ask.Play | ask.StopPlay | ask.Collect | ask.Ring | ask.Dial | ask.Bridge
    | ask.Unbridge | ask.SayInto | ask.Listen | ask.Hold | ask.Mute | ask.Record | ask.PauseRecording
    | ask.StopRecording | ask.TransferLeg
)  # fmt: skip


class NotSounding(Exception):
    """What should be said has no sound, or a line to dial has no number now."""


class SoundActs:
    """``sounds`` finds files, ``number`` the number of a call to place, ``line`` that of a line of the dial plan,
    ``path`` where a recording is written."""

    def __init__(
        self,
        gateway: MediaGateway,
        sounds: Sounds,
        number: LineOf,
        line: LineOf,
        path: Callable[[str], Awaitable[Path]],
    ) -> None:
        self._gateway = gateway
        self._sounds, self._number, self._line, self._path = sounds, number, line, path

    async def do(self, command: CommandOfSound, call: str) -> GatewayEvent | None:
        """Done, or the event that stands for its failure."""
        try:
            await asyncio.wait_for(self._do(command, call), COMMAND_SECONDS + 1)
        except (GatewayRefused, NotSounding, TimeoutError) as refusal:
            gone = getattr(refusal, "code", "") == "leg_unknown" and not isinstance(command, ask.Bridge)
            level = logging.DEBUG if gone else logging.WARNING
            log.log(level, "%s of %s: %s", type(command).__name__, _about(command), refusal or "too slow")
            return instead(command)
        return None

    async def _do(self, command: CommandOfSound, call: str) -> None:
        gateway = self._gateway
        match command:
            case ask.Answer(leg):
                await gateway.answer(leg)
            case ask.Reject(leg, busy, retry_after):
                await gateway.reject(leg, busy=busy, retry_after=retry_after)
            case ask.Hangup(leg):
                await gateway.hangup(leg)
            case ask.Play(leg, play, words, language, loop, barge_in):
                sounds = await self._sounds(language, words)
                await gateway.play(leg, play, sounds, loop=loop, barge_in=barge_in)
            case ask.StopPlay(leg):
                await gateway.stop_play(leg)
            case ask.Collect(leg, secret):
                await gateway.collect(leg, secret=secret)
            case ask.Ring(leg, seat, seconds):
                await gateway.originate(leg, BrowserLine(seat), ring_seconds=seconds)
            case ask.Dial(leg, seconds):
                await gateway.originate(leg, await self._number(call), ring_seconds=seconds)
            case ask.Hold(leg, on):
                await gateway.hold(leg, on=on)
            case ask.Mute(leg, on):
                await gateway.mute(leg, on=on)
            case ask.TransferLeg(leg, line):
                await gateway.transfer(leg, await self._line(line))
            case _:
                await self._do_together(command)

    async def _do_together(self, command: CommandOfSound) -> None:
        """What concerns several legs at once."""
        gateway = self._gateway
        match command:
            case ask.Bridge(bridge, legs):
                await gateway.bridge(bridge, legs)
            case ask.Unbridge(bridge):
                await gateway.unbridge(bridge)
            case ask.SayInto(bridge, words, language):
                await gateway.say_into_bridge(bridge, await self._sounds(language, words))
            case ask.Listen(bridge, leg, whisper_to):
                await gateway.listen(bridge, leg, whisper_to=whisper_to or None)
            case ask.Record(recording, bridge, left, right):
                await gateway.record(recording, bridge, await self._path(recording), left=left, right=right)
            case ask.PauseRecording(recording, on):
                await gateway.pause_recording(recording, on=on)
            case ask.StopRecording(recording):
                await gateway.stop_recording(recording)
            case _:
                raise TypeError(f"no command of sound: {command!r}")


def instead(command: CommandOfSound) -> GatewayEvent | None:
    """What the call hears when this could not be done; for most commands the leg's own end says enough."""
    match command:
        case ask.Play(leg, play, loop=False):
            return PlayDone(leg, play, finished=True)
        case ask.Ring(leg) | ask.Dial(leg):
            return OriginateResult(leg, "unreachable")
    return None


def _about(command: CommandOfSound) -> str:
    return str(getattr(command, "leg", "") or getattr(command, "bridge", "") or getattr(command, "recording", ""))
