"""What the line, the pages and the engine say becomes the hotline's words: the gateway's hearing half.

Each of the three is heard by one task, one word after the other, so that a leg's words keep their order.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import OrderedDict
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from walletdesk.adapters.telephony.gateway_settings import GatewaySettings
from walletdesk.adapters.telephony.media import words as media
from walletdesk.adapters.telephony.media.client import MediaEngine, MediaRefused
from walletdesk.adapters.telephony.media.words import Latch
from walletdesk.adapters.telephony.sip import words as sip
from walletdesk.adapters.telephony.sip.line import SipLine
from walletdesk.adapters.telephony.sip.session import Description
from walletdesk.adapters.telephony.webrtc.browser_legs import BrowserLegs
from walletdesk.adapters.telephony.webrtc.words import RtpAddress, SendToPage
from walletdesk.service.hotline.ports import (
    COMMAND_SECONDS,
    CallAnswered,
    CallEnded,
    CallOffered,
    Digit,
    EndReason,
    GatewayDown,
    GatewayEvent,
    GatewayRefused,
    GatewayUp,
    Held,
    LegKind,
    MediaLost,
    MediaStats,
    OriginateResult,
    PlayDone,
    RecordingReady,
)

log = logging.getLogger(__name__)
KEYS = frozenset("0123456789*#")
_T = TypeVar("_T")
GONE_REMEMBERED = 10_000
LONGEST_PATIENCE = 30.0
OUTCOMES: dict[str, Literal["busy", "no_answer", "refused"]] = {
    "busy": "busy",
    "refused": "refused",
    "no_answer": "no_answer",
    "ended_by_us": "no_answer",  # we gave up while it rang
}


@dataclass(slots=True)
class Leg:
    kind: LegKind
    placed: bool = False  # by us
    theirs: Description | None = None
    up: bool = False
    held: bool = False
    latch: Latch = "host"
    cause: EndReason | None = None  # why we end it, when that is not "ended_by_us"


class Following:
    """The gateway's state, and what happens to it from outside. ``gateway.TelephonyGateway`` adds the commands."""

    def __init__(self, settings: GatewaySettings | None = None, send_to_page: SendToPage | None = None) -> None:
        self.settings = settings or GatewaySettings()
        self.engine = MediaEngine(self.settings.engine)
        self._heard: asyncio.Queue[sip.LineWord] = asyncio.Queue()
        self.line = SipLine(self.settings.line, self._heard.put_nowait)
        self.pages = BrowserLegs(self._open_page_media, send_to_page, self.settings.pages) if send_to_page else None
        self._events: asyncio.Queue[GatewayEvent] = asyncio.Queue()
        self._legs: dict[str, Leg] = {}
        self._gone: OrderedDict[str, None] = OrderedDict()
        self._down: set[str] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = False

    # ── what the line, the pages and the engine say ───────────────────────────────────────────────────────────────

    async def _follow(self, once: Any) -> None:
        """One word after the other for ever; a word that could not be dealt with is noted and does not stop the rest."""
        while True:
            try:
                await once()
            except asyncio.CancelledError:
                raise
            except Exception:
                log.exception("the gateway stumbled")
                await asyncio.sleep(0)

    async def _follow_line(self) -> None:
        word = await self._heard.get()
        match word:
            case sip.Invited(call, number, dialled, theirs, source):
                self._legs[call] = Leg("telephone", theirs=theirs, held=theirs.held, latch=self._latch(theirs, source))
                self._tell(CallOffered(call, "telephone", number, dialled))
            case sip.Established(call, theirs):
                await self._established(call, theirs)
            case sip.Redescribed(call, theirs):
                await self._redescribed(call, theirs)
            case sip.KeyPressed(call, digit, duration):
                if call in self._legs:
                    await self._done(self.engine.report_digit(call, digit, "info", duration))
            case sip.Ended(call, cause):
                await self._ended(call, cause)
            case sip.TrunkDown(reason):
                self._went_down("trunk", f"trunk: {reason}")
            case sip.TrunkUp():
                self._came_up("trunk")

    async def _established(self, call: str, theirs: Description | None) -> None:
        leg = self._legs.get(call)
        if leg is None:
            return
        if leg.placed and theirs is not None:
            leg.theirs, leg.held = theirs, theirs.held
            await self._done(self._describe(call, theirs))
            self._tell(OriginateResult(call, "answered"))
        leg.up = True
        self._tell(CallAnswered(call))

    async def _redescribed(self, call: str, theirs: Description) -> None:
        leg = self._legs.get(call)
        if leg is None:
            return
        leg.theirs = theirs
        await self._done(self._describe(call, theirs))
        if theirs.held != leg.held:
            leg.held = theirs.held
            self._tell(Held(call, leg.held))

    async def _ended(self, call: str, cause: sip.EndCause) -> None:
        leg = self._legs.get(call)
        if leg is None:
            return
        if leg.placed and not leg.up:
            self._tell(OriginateResult(call, OUTCOMES.get(cause, "unreachable")))
        await self._close(call, leg, leg.cause or cause)

    async def _close(self, name: str, leg: Leg, reason: EndReason) -> None:
        """The sound first, so that its last figures and the end of what played come before ``CallEnded``."""
        with contextlib.suppress(MediaRefused, TimeoutError):
            async with asyncio.timeout(COMMAND_SECONDS):
                stats = await self.engine.close_leg(name)
                if stats and leg.kind == "telephone":
                    self._tell(MediaStats(name, stats.received, stats.lost, stats.jitter_ms, stats.delay_ms))
                await asyncio.sleep(0)  # what the engine told before its answer is read before we go on
        self._end(name, reason)

    def _end(self, name: str, reason: EndReason) -> None:
        if self._legs.pop(name, None) is not None:
            self._gone[name] = None
            if len(self._gone) > GONE_REMEMBERED:
                self._gone.popitem(last=False)
            self._tell(CallEnded(name, reason))

    async def _follow_pages(self) -> None:
        async for event in self._pages().events():
            match event:
                case CallOffered(leg):
                    self._legs[leg] = Leg("browser")
                case CallAnswered(leg) if leg in self._legs:
                    self._legs[leg].up = True
                case CallEnded(leg, reason) if leg in self._legs:
                    await self._close(leg, self._legs[leg], self._legs[leg].cause or reason)
                    continue
                case GatewayDown(reason):
                    self._went_down("pages", f"pages: {reason}")
                    continue
                case GatewayUp():
                    self._came_up("pages")
                    continue
            if getattr(event, "leg", None) in self._legs:
                self._tell(event)

    async def _follow_engine(self) -> None:
        async for event in self.engine.events():
            match event:
                case media.Digit(leg, digit, source, duration) if leg in self._legs and digit in KEYS:
                    self._tell(Digit(leg, digit, source, duration))
                case media.PlayDone(leg, play, finished) if leg in self._legs:
                    self._tell(PlayDone(leg, play, finished))
                case media.MediaLost(leg, seconds) if leg in self._legs:
                    self._tell(MediaLost(leg, seconds))
                    self._legs[leg].cause = "media_lost"
                    await self._hang_up(leg, self._legs[leg])
                case media.LegStats(leg) if leg in self._legs and self._legs[leg].kind == "telephone":
                    self._tell(MediaStats(leg, event.received, event.lost, event.jitter_ms, event.delay_ms))
                case media.RecordingReady():
                    self._recorded(event)
                case media.EngineDown(reason) if not self._stopping:
                    await self._engine_lost(reason)

    def _recorded(self, event: media.RecordingReady) -> None:
        if event.error:
            log.error("recording %s is not whole: %s", event.recording, event.error)
        self._tell(RecordingReady(event.recording, event.path, event.sha256, event.milliseconds))

    async def _engine_lost(self, reason: str) -> None:
        log.error("the media engine is gone: %s", reason)
        self.line.take_calls(on=False)
        self._went_down("engine", f"engine: {reason}")
        for name, leg in list(self._legs.items()):
            self._end(name, "gateway_down")
            await self._hang_up(name, leg)
        patience = 0.2
        while not self.engine.running:
            try:
                await self.engine.start()
            except (OSError, MediaRefused):
                log.exception("the media engine does not start")
                await asyncio.sleep(patience)
                patience = min(patience * 2, LONGEST_PATIENCE)
        self.line.take_calls(on=True)
        self._came_up("engine")

    # ── small steps ───────────────────────────────────────────────────────────────────────────────────────────────

    def _tell(self, event: GatewayEvent) -> None:
        if not self._stopping:
            self._events.put_nowait(event)

    def _went_down(self, part: str, reason: str) -> None:
        self._down.add(part)
        self._tell(GatewayDown(reason))

    def _came_up(self, part: str) -> None:
        self._down.discard(part)
        if not self._down:
            self._tell(GatewayUp())

    def _known(self, leg: str) -> Leg | None:
        """None when it is gone; ``GatewayRefused`` when it never was."""
        found = self._legs.get(leg)
        if found is None and leg not in self._gone:
            raise GatewayRefused("leg_unknown", leg)
        return found

    def _pages(self) -> BrowserLegs:
        if self.pages is None:
            raise GatewayRefused("not_capable", "no pages")
        return self.pages

    def _shown(self, host: str) -> str:
        return self.settings.line.public_host or host

    async def _hang_up(self, name: str, leg: Leg) -> None:
        if leg.kind == "browser":
            await self._done(self._pages().hangup(name))
        else:
            self.line.hang_up(name)

    async def _describe(self, leg: str, theirs: Description) -> None:
        where = self.engine.set_remote(
            leg,
            theirs.host,
            theirs.port,
            codec=theirs.codec,
            payload_type=theirs.payload_type,
            event_payload_type=theirs.events,
            ptime=theirs.ptime,
            latch=self._legs[leg].latch if leg in self._legs else "host",
        )
        direction = self.engine.set_direction(leg, we_send=not theirs.held, they_send=theirs.they_send)
        await asyncio.gather(where, direction)

    def _latch(self, theirs: Description, source: str) -> Latch:
        """Whom else to believe about where sound comes from: anybody, only when the call itself came from elsewhere."""
        if self.settings.latch != "auto":
            return self.settings.latch
        return "host" if theirs.host == source else "any"

    async def _open_page_media(self, leg: str, page: RtpAddress) -> RtpAddress:
        """For ``BrowserLegs``: the engine's side of a page's leg."""
        host, port = await self.engine.open_leg(leg)
        await self.engine.set_remote(leg, page.host, page.port, codec="PCMU", event_payload_type=101, latch="never")
        return RtpAddress(host, port)

    async def _done(self, work: Awaitable[_T]) -> _T:
        """The engine's or a page's work, in time, its refusals in the port's words."""
        try:
            async with asyncio.timeout(COMMAND_SECONDS):
                return await work
        except TimeoutError:
            raise GatewayRefused("too_late") from None
        except MediaRefused as refusal:
            code = refusal.code if refusal.code in ("leg_unknown", "bridge_unknown", "busy") else "not_capable"
            raise GatewayRefused("busy" if refusal.code == "engine_down" else code, str(refusal)) from refusal
