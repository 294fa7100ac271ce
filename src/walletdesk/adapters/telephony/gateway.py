"""``TelephonyGateway``: the hotline's ``MediaGateway`` over a SIP line, browser legs and the media engine.

    telephone ── sip.line ──┐
                            ├── this ── events() ── the telephone door
    page ── webrtc ─────────┘
                 └── media.client: every leg's sound

A leg is known from ``CallOffered`` or ``originate`` until ``CallEnded``; that is told once, after the leg's last figures.
Who loses the engine loses every leg: each is ended as ``gateway_down``, then the engine is started again. A lost trunk
ends nothing by itself: calls that stand go on until their sound stops.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

from walletdesk.adapters.telephony.following import Following, Leg
from walletdesk.service.hotline.ports import (
    BrowserLine,
    Capability,
    GatewayEvent,
    GatewayRefused,
    GatewayUp,
    TelephoneLine,
)


class TelephonyGateway(Following):
    """Use it from one event loop: ``start``, then ``events`` in one task, commands from others, ``stop``."""

    # ── life ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def start(self) -> None:
        """Engine first, then pages, then the line: nobody is let in before there is sound."""
        await self.engine.start()
        if self.pages:
            await self.pages.start()
        trunk = self.settings.line.trunk
        if trunk and trunk.registers:
            self._down.add("trunk")
        self._tasks = [
            asyncio.create_task(self._follow(self._follow_line)),
            asyncio.create_task(self._follow(self._follow_engine)),
        ]
        if self.pages:
            self._tasks.append(asyncio.create_task(self._follow(self._follow_pages)))
        await self.line.start()
        if not self._down:
            self._tell(GatewayUp())

    async def stop(self) -> None:
        """End every leg and what carries them; nothing is told of it any more."""
        self._stopping = True
        await self.line.stop()
        if self.pages:
            await self.pages.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.engine.stop()

    async def events(self) -> AsyncIterator[GatewayEvent]:
        while True:
            yield await self._events.get()

    def capabilities(self) -> frozenset[Capability]:
        able: set[Capability] = {"telephone", "recording", "listen", "whisper", "send_digits"}
        if self.pages:
            able.add("browser")
        if self.settings.line.trunk:
            able.add("originate")
            if self.settings.dial_plan.transfers:
                able.add("transfer")
        return frozenset(able)

    async def hear_page(self, seat: str, body: Mapping[str, Any]) -> None:
        """What a page said (a row of the signal table)."""
        if self.pages:
            await self.pages.hear(seat, body)

    # ── commands of one leg ───────────────────────────────────────────────────────────────────────────────────────

    async def answer(self, leg: str) -> None:
        known = self._known(leg)
        if known is None:
            return
        if known.kind == "browser":
            await self._done(self._pages().answer(leg))
        elif known.theirs is not None and not known.placed and not known.up:
            # The engine takes orders in their order: all three on one way there and back.
            both = asyncio.gather(self.engine.open_leg(leg), self._describe(leg, known.theirs))
            (host, port), _ = await self._done(both)
            self.line.answer(leg, self._shown(host), port)

    async def reject(self, leg: str, *, busy: bool = False, retry_after: int | None = None) -> None:
        known = self._known(leg)
        if known and known.kind == "browser":
            await self._done(self._pages().reject(leg, busy=busy, retry_after=retry_after))
        elif known:
            self.line.refuse(leg, 486 if busy else 503, retry_after)

    async def hangup(self, leg: str) -> None:
        known = self._known(leg)
        if known:
            await self._hang_up(leg, known)

    async def originate(self, leg: str, to: TelephoneLine | BrowserLine, *, ring_seconds: int) -> None:
        if leg in self._legs or leg in self._gone:
            return
        if isinstance(to, BrowserLine):
            pages = self._pages()
            self._legs[leg] = Leg("browser", placed=True)
            await self._done(pages.originate(leg, to.seat, ring_seconds=ring_seconds))
            return
        if "originate" not in self.capabilities():
            raise GatewayRefused("not_capable", "no trunk")
        if not self.settings.dial_plan.may_call(to.number):
            raise GatewayRefused("not_capable", "outside the dial plan")
        host, port = await self._done(self.engine.open_leg(leg))
        self._legs[leg] = Leg("telephone", placed=True)
        self.line.call_out(leg, to.number, to.shown_number, self._shown(host), port, ring_seconds)

    async def play(
        self, leg: str, play: str, sounds: tuple[Path, ...], *, loop: bool = False, barge_in: bool = True
    ) -> None:
        if self._known(leg):
            await self._done(self.engine.play(leg, play, sounds, loop=loop, barge_in=barge_in))

    async def stop_play(self, leg: str) -> None:
        if self._known(leg):
            await self._done(self.engine.stop_play(leg))

    async def collect(self, leg: str, *, secret: bool) -> None:
        if self._known(leg):
            await self._done(self.engine.collect(leg, secret=secret))

    async def hold(self, leg: str, *, on: bool) -> None:
        if self._known(leg):
            await self._done(self.engine.hold(leg, on=on))

    async def mute(self, leg: str, *, on: bool) -> None:
        if self._known(leg):
            await self._done(self.engine.mute(leg, on=on))

    async def send_digits(self, leg: str, digits: str) -> None:
        if self._known(leg):
            await self._done(self.engine.send_digits(leg, digits))

    async def transfer(self, leg: str, to: TelephoneLine) -> None:
        if "transfer" not in self.capabilities() or to.number not in self.settings.dial_plan.transfers:
            raise GatewayRefused("not_capable", "not on the list of numbers to hand over to")
        known = self._known(leg)
        if known and known.kind == "telephone":
            self.line.hand_over(leg, to.number)
        elif known:
            raise GatewayRefused("not_capable", "a page cannot be handed over")

    # ── commands of bridges and recordings ────────────────────────────────────────────────────────────────────────

    async def bridge(self, bridge: str, legs: tuple[str, ...]) -> None:
        here = tuple(leg for leg in legs if self._known(leg))
        if here:
            await self._done(self.engine.bridge(bridge, here))

    async def unbridge(self, bridge: str) -> None:
        await self._done(self.engine.unbridge(bridge))

    async def say_into_bridge(self, bridge: str, sounds: tuple[Path, ...]) -> None:
        await self._done(self.engine.say_into_bridge(bridge, sounds))

    async def listen(self, bridge: str, leg: str, *, whisper_to: str | None = None) -> None:
        if self._known(leg):
            await self._done(self.engine.listen(bridge, leg, whisper_to=whisper_to))

    async def record(self, recording: str, bridge: str, path: Path, *, left: str, right: str) -> None:
        await self._done(self.engine.record(recording, bridge, path, left=left, right=right))

    async def pause_recording(self, recording: str, *, on: bool) -> None:
        await self._done(self.engine.pause_recording(recording, on=on))

    async def stop_recording(self, recording: str) -> None:
        await self._done(self.engine.stop_recording(recording))
