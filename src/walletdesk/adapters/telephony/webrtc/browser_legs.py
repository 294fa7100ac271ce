"""``BrowserLegs``: calls to and from pages. The gateway calls it and passes its events on.

The life of a leg::

    offered ──answer──▶ joining ──sound──▶ up ──▶ gone
    ringing ──the page's offer──▶ joining

A page that lost its way (another network, a restarted server) has ``RETURN_SECONDS`` to come back: it makes a new offer
from the same seat, and the leg, its place in a bridge and its recording live on. A page that hung up, or that is gone
while its sound is gone too, has not.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from walletdesk.adapters.telephony.webrtc.aiortc_carrier import AiortcCarrier
from walletdesk.adapters.telephony.webrtc.carriers import Carrier, CarrierGone, CarrierRefused
from walletdesk.adapters.telephony.webrtc.janus_carrier import JanusCarrier
from walletdesk.adapters.telephony.webrtc.offers import usable
from walletdesk.adapters.telephony.webrtc.words import (
    Body,
    CarrierEvent,
    Heard,
    OpenMedia,
    RtpAddress,
    SendToPage,
    WentDown,
    WentUp,
)
from walletdesk.service.hotline.ports import (
    CallAnswered,
    CallEnded,
    CallOffered,
    EndReason,
    GatewayEvent,
    MediaStats,
    OriginateResult,
)

__all__ = ["BrowserLegs", "BrowserSettings", "OpenMedia", "RtpAddress", "SendToPage"]
log = logging.getLogger(__name__)
CALLER, AGENT = "caller:", "agent:"
RETURN_SECONDS, JOIN_SECONDS = 6.0, 15.0
JANUS_AGAIN_SECONDS = 30.0
LEFT_AT_MOST = 5_000
Phase = Literal["offered", "ringing", "joining", "up"]


@dataclass(frozen=True, slots=True)
class BrowserSettings:
    """``addresses``: what browsers are given to reach us (none: all of this machine's). ``janus``: its program, or
    empty for aiortc alone. ``legs``: at most so many at once; the next caller is told busy."""

    addresses: tuple[str, ...] = ()
    janus: str = ""
    legs: int = 60
    return_seconds: float = RETURN_SECONDS


@dataclass(slots=True)
class Leg:
    name: str
    seat: str
    phase: Phase
    offer: str = ""
    offer_id: str = ""
    placed_by_us: bool = False
    here: bool = True  # the page's WebSocket is open, as far as we were told
    sound: bool = False
    carrier: Carrier | None = None
    patience: asyncio.TimerHandle | None = None
    order: asyncio.Lock = field(default_factory=asyncio.Lock)


class BrowserLegs:
    """Every command is safe to repeat; one for a leg that is gone does nothing.

    legs = BrowserLegs(open_media, send)
    await legs.start()
    await legs.hear(seat, body)         what a page said (a row of hotline_signal that came in)
    async for event in legs.events():   CallOffered, CallAnswered, CallEnded, OriginateResult, MediaStats
    """

    def __init__(
        self,
        open_media: OpenMedia,
        send: SendToPage,
        settings: BrowserSettings | None = None,
        notice: Callable[[str], None] = log.warning,
    ) -> None:
        self.settings = settings or BrowserSettings()
        self._open_media, self._send, self._notice = open_media, send, notice
        self._legs: dict[str, Leg] = {}
        self._left: OrderedDict[str, None] = OrderedDict()  # seats whose page said goodbye
        self._events: asyncio.Queue[GatewayEvent] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._aiortc = AiortcCarrier(self._carried, self._carrier_gone, self.settings.addresses)
        self._janus = (
            JanusCarrier(self._carried, self._carrier_gone, self.settings.janus, self.settings.addresses)
            if self.settings.janus
            else None
        )
        self._stopping = False

    # ---- its own life ----

    async def start(self) -> None:
        """Start what carries the sound: Janus when there is one, else aiortc. Raises CarrierGone when neither runs."""
        if self._janus:
            try:
                await self._janus.start()
            except CarrierGone as gone:
                self._notice(f"Janus does not run ({gone}): aiortc carries the browsers")
                self._janus_again()
        await self._aiortc.start()

    async def stop(self) -> None:
        """End all legs and what carries them."""
        self._stopping = True
        for leg in tuple(self._legs.values()):
            await self._end(leg, "ended_by_us")
        for task in tuple(self._tasks):
            task.cancel()
        if self._janus:
            await self._janus.stop()
        await self._aiortc.stop()

    @property
    def carrier(self) -> str:
        """Who carries the next leg: "janus" or "aiortc"."""
        return self._choose().name

    async def events(self) -> AsyncIterator[GatewayEvent]:
        """What happens, for one listener. Keys come as RFC 4733 through the media engine, not from here."""
        while True:
            yield await self._events.get()

    def owns(self, leg: str) -> bool:
        """Whether this leg is a browser's."""
        return leg in self._legs

    # ---- commands ----

    async def answer(self, leg: str) -> None:
        """Take a page's call; ``CallAnswered`` follows when sound runs."""
        found = self._legs.get(leg)
        if found and found.phase == "offered":
            await self._join(found)

    async def reject(self, leg: str, *, busy: bool = False, retry_after: int | None = None) -> None:
        """Refuse a page's call that was not answered."""
        found = self._legs.get(leg)
        if found and found.phase == "offered":
            more = {"retry_after": retry_after} if retry_after else {}
            await self._end(found, "ended_by_us", say="busy" if busy else "refused", **more)

    async def originate(self, leg: str, seat: str, *, ring_seconds: int) -> None:
        """Ring the page at ``seat`` under this id: one ``OriginateResult`` follows. One page, one call.

        ``CallEnded`` follows as well when nothing came of it. A seat is rung unless it said goodbye: after a restart of
        this process pages are still there, though none has spoken yet.
        """
        if leg in self._legs:
            return
        busy = any(other.seat == seat for other in self._legs.values())
        if busy or seat in self._left:
            outcome: Literal["busy", "unreachable"] = "busy" if busy else "unreachable"
            self._events.put_nowait(OriginateResult(leg, outcome))
            self._events.put_nowait(CallEnded(leg, outcome))
            return
        made = self._legs[leg] = Leg(leg, seat, "ringing", placed_by_us=True)
        self._wait(made, ring_seconds, "no_answer")
        await self._send(seat, {"type": "ring", "leg": leg, "seconds": ring_seconds})

    async def hangup(self, leg: str) -> None:
        """End the leg; ``CallEnded`` follows (after ``OriginateResult``, for one that we placed and that was never up)."""
        if found := self._legs.get(leg):
            await self._end(found, "ended_by_us")

    # ---- what pages say ----

    async def hear(self, seat: str, body: Body) -> None:
        """What the page at ``seat`` said. Nonsense is answered ``again`` and does nothing."""
        kind = body.get("type")
        if kind == "gone":
            return self._page_gone(seat)
        self._page_here(seat)
        if kind == "offer":
            await self._offered(seat, body)
        elif kind in ("hangup", "decline"):
            leg = self._leg_of(seat, body)
            if leg and (kind == "hangup") == (leg.phase != "ringing"):
                await self._end(leg, "hung_up" if kind == "hangup" else "refused")
        elif kind != "here":
            await self._send(seat, {"type": "again", "code": "not_understood"})
        return None

    async def _offered(self, seat: str, body: Body) -> None:
        offer = body.get("sdp")
        if not usable(offer):
            return await self._send(seat, {"type": "again", "code": "offer_unusable"})
        leg = self._leg_of(seat, body) or await self._called(seat, str(body.get("language", ""))[:8])
        if leg:
            leg.offer, leg.offer_id = str(offer), str(body.get("id", ""))[:40]
            if leg.phase != "offered":
                await self._join(leg)
        return None

    async def _called(self, seat: str, language: str) -> Leg | None:
        """A new call; ``None`` when there is none to be had."""
        if not seat.startswith(CALLER):
            await self._send(seat, {"type": "ended", "leg": "", "reason": "no_such_call"})
            return None
        if len(self._legs) >= self.settings.legs:
            await self._send(seat, {"type": "ended", "leg": "", "reason": "busy", "retry_after": 30})
            return None
        leg = Leg(f"web-{secrets.token_hex(8)}", seat, "offered")
        self._legs[leg.name] = leg
        token = seat.removeprefix(CALLER)
        self._events.put_nowait(CallOffered(leg.name, "browser", "", "", token=token, language=language))
        return leg

    def _leg_of(self, seat: str, body: Body) -> Leg | None:
        """The leg that a page speaks of: its own, or none. A caller has one leg and need not name it."""
        named = self._legs.get(str(body.get("leg", "")))
        if named:
            return named if named.seat == seat else None
        if not seat.startswith(CALLER):
            return None
        return next((leg for leg in self._legs.values() if leg.seat == seat), None)

    def _page_here(self, seat: str) -> None:
        self._left.pop(seat, None)
        for leg in self._legs.values():
            if leg.seat == seat and not leg.here:
                leg.here = True
                if leg.sound:
                    self._calm(leg)

    def _page_gone(self, seat: str) -> None:
        self._left[seat] = None
        if len(self._left) > LEFT_AT_MOST:
            self._left.popitem(last=False)
        for leg in tuple(self._legs.values()):
            if leg.seat != seat:
                continue
            leg.here = False
            if leg.phase == "up" and leg.sound:
                self._wait(leg, self.settings.return_seconds, "media_lost")
            else:
                self._begin(self._end(leg, "cancelled" if leg.phase == "offered" else "hung_up"))

    # ---- what carriers say ----

    def _carried(self, event: CarrierEvent) -> None:
        leg = self._legs.get(event.leg)
        if leg is None:
            return
        if isinstance(event, Heard):
            self._events.put_nowait(MediaStats(leg.name, event.received, event.lost, event.jitter_ms, event.delay_ms))
        elif isinstance(event, WentUp):
            self._went_up(leg)
        elif leg.sound or leg.phase == "joining":
            self._went_down(leg, event)

    def _went_up(self, leg: Leg) -> None:
        first, leg.phase, leg.sound = leg.phase != "up", "up", True
        if leg.here:
            self._calm(leg)
        if first:
            if leg.placed_by_us:
                self._events.put_nowait(OriginateResult(leg.name, "answered"))
            self._events.put_nowait(CallAnswered(leg.name))

    def _went_down(self, leg: Leg, event: WentDown) -> None:
        leg.sound = False
        if leg.phase == "up" and leg.here:
            self._wait(leg, self.settings.return_seconds, "media_lost")
        else:
            self._begin(self._end(leg, "hung_up" if leg.phase == "up" else "unreachable"))

    def _carrier_gone(self, carrier: Carrier, reason: str) -> None:
        if self._stopping:
            return
        if carrier is self._janus:
            self._notice(f"{reason}: aiortc carries the browsers")
            self._janus_again()
        else:
            self._notice(f"{reason}: it is started again")
            self._begin(self._start_again(carrier, 0.2))
        for leg in tuple(self._legs.values()):
            if leg.carrier is carrier:
                self._begin(self._end(leg, "gateway_down"))

    def _janus_again(self) -> None:
        if self._janus:
            self._begin(self._start_again(self._janus, JANUS_AGAIN_SECONDS))

    async def _start_again(self, carrier: Carrier, pause: float) -> None:
        while not self._stopping:
            await asyncio.sleep(pause)
            try:
                await carrier.start()
            except CarrierGone:
                pause = min(pause * 2, 60.0)
            else:
                self._notice(f"{carrier.name} runs again")
                return

    def _choose(self) -> Carrier:
        return self._janus if self._janus and self._janus.alive else self._aiortc

    # ---- joining, waiting, ending ----

    async def _join(self, leg: Leg) -> None:
        """Answer the page's latest offer through the carrier that the leg has, or the best one."""
        async with leg.order:
            if leg.name not in self._legs:
                return
            back = leg.phase == "up"
            if not back:
                leg.phase = "joining"
                self._wait(leg, JOIN_SECONDS, "unreachable")
            carrier = leg.carrier or self._choose()
            leg.carrier, offer_id = carrier, leg.offer_id
            try:
                answer = await carrier.accept(leg.name, leg.offer, self._open_media)
            except (CarrierGone, CarrierRefused) as trouble:
                log.warning("leg %s: %s", leg.name, trouble)
                await self._end(leg, "gateway_down" if isinstance(trouble, CarrierGone) else "unreachable")
                return
            if leg.name in self._legs:
                await self._send(leg.seat, {"type": "answer", "leg": leg.name, "sdp": answer, "to": offer_id})

    def _wait(self, leg: Leg, seconds: float, then: EndReason) -> None:
        """End the leg for ``then`` unless something better comes within ``seconds``."""
        self._calm(leg)
        loop = asyncio.get_running_loop()
        leg.patience = loop.call_later(seconds, lambda: self._begin(self._end(leg, then)))

    def _calm(self, leg: Leg) -> None:
        if leg.patience:
            leg.patience.cancel()
            leg.patience = None

    async def _end(self, leg: Leg, reason: EndReason, say: str = "", **more: Any) -> None:
        """Once for each leg: the carrier lets go, the hotline and the page are told."""
        if self._legs.pop(leg.name, None) is None:
            return
        self._calm(leg)
        if leg.carrier:
            leg.carrier.close(leg.name)
        if leg.placed_by_us and leg.phase != "up":
            self._events.put_nowait(OriginateResult(leg.name, _outcome(reason)))
        self._events.put_nowait(CallEnded(leg.name, reason))
        await self._send(leg.seat, {"type": "ended", "leg": leg.name, "reason": say or reason, **more})

    def _begin(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _outcome(reason: EndReason) -> Literal["busy", "no_answer", "refused", "unreachable"]:
    """What became of a ring, by how the leg ended."""
    if reason in ("no_answer", "refused", "busy"):
        return reason  # type: ignore[return-value]
    return "no_answer" if reason == "ended_by_us" else "unreachable"
