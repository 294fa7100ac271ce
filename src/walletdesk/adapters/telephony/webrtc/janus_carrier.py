"""Janus NoSIP as a carrier: about half of aiortc's work a leg, and real RFC 4733 from the page's ``insertDTMF``.

For one leg: ``generate`` with the page's offer gives plain SDP with Janus' own RTP port; the engine's address goes back
as its answer by ``process``, and Janus hands out the answer for the page. A leg that comes back does so on a handle of
its own; the engine is told the new port.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from typing import Any

from walletdesk.adapters.telephony.webrtc.carriers import CarrierGone, CarrierRefused, Gone, Tell
from walletdesk.adapters.telephony.webrtc.janus_process import JanusProcess, JanusRefused
from walletdesk.adapters.telephony.webrtc.words import TELEPHONE_EVENT, OpenMedia, RtpAddress, WentDown, WentUp

log = logging.getLogger(__name__)
KEEPALIVE_SECONDS = 20.0
GROUP = "a=group:BUNDLE "


@dataclass(slots=True)
class Handle:
    """A leg's handle in Janus."""

    id: int
    leg: str


class JanusCarrier:
    """A ``Carrier`` for the program ``janus``; raises CarrierGone at ``start`` where it is not installed."""

    name = "janus"

    def __init__(self, tell: Tell, gone: Gone, program: str, addresses: tuple[str, ...] = ()) -> None:
        self._tell, self._gone = tell, gone
        self._process = JanusProcess(program, addresses, self._event, self._ended)
        self._session = 0
        self._handles: dict[int, Handle] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def alive(self) -> bool:
        return self._process.alive and self._session != 0

    @property
    def pid(self) -> int | None:
        return self._process.pid

    async def start(self) -> None:
        if self.alive:
            return
        await self._process.start()
        try:
            made = await self._process.ask({"janus": "create"})
        except JanusRefused as refused:
            await self._process.stop()
            raise CarrierGone(str(refused)) from refused
        self._session = int(made["data"]["id"])
        self._begin(self._stay_alive(self._session))

    async def stop(self) -> None:
        self._session = 0
        for task in tuple(self._tasks):
            task.cancel()
        await self._process.stop()
        self._handles.clear()

    async def accept(self, leg: str, offer: str, open_media: OpenMedia) -> str:
        if not self.alive:
            raise CarrierGone("Janus is gone")
        try:
            made = await self._process.ask(
                {"janus": "attach", "plugin": "janus.plugin.nosip", "session_id": self._session}
            )
            handle = Handle(int(made["data"]["id"]), leg)
            before = [old for old in self._handles.values() if old.leg == leg]
            self._handles[handle.id] = handle
            generated = await self._plugin(
                handle,
                {"request": "generate", "info": leg},
                {"type": "offer", "sdp": sound_alone(offer), "trickle": False},
            )
            engine = await open_media(leg, rtp_address(generated["plugindata"]["data"]["result"]["sdp"]))
            answer = await self._plugin(
                handle, {"request": "process", "type": "answer", "sdp": plain_answer(engine, generated)}, None
            )
            for old in before:
                self._detach(old)
            return with_channel_refused(str(answer["jsep"]["sdp"]), offer)
        except (JanusRefused, KeyError) as trouble:
            self.close(leg)
            raise CarrierRefused(str(trouble)) from trouble

    def close(self, leg: str) -> None:
        for handle in [one for one in self._handles.values() if one.leg == leg]:
            self._detach(handle)

    def _detach(self, handle: Handle) -> None:
        self._handles.pop(handle.id, None)
        self._begin(self._let_go(handle.id))

    async def _let_go(self, handle: int) -> None:
        with contextlib.suppress(JanusRefused, CarrierGone):
            await self._process.ask({"janus": "detach", "session_id": self._session, "handle_id": handle})

    async def _plugin(self, handle: Handle, body: dict[str, Any], jsep: dict[str, Any] | None) -> dict[str, Any]:
        message = {"janus": "message", "session_id": self._session, "handle_id": handle.id, "body": body}
        answer = await self._process.ask(message | ({"jsep": jsep} if jsep else {}), until_event=True)
        data = answer.get("plugindata", {}).get("data", {})
        if "error" in data:
            raise JanusRefused(str(data["error"]))
        return answer

    def _event(self, said: dict[str, Any]) -> None:
        handle = self._handles.get(said.get("sender", 0))
        if handle is None:
            return
        if said["janus"] == "webrtcup":
            self._tell(WentUp(handle.leg))
        elif said["janus"] == "hangup":
            self._tell(WentDown(handle.leg, "closed" if said.get("reason") == "DTLS alert" else "lost"))

    def _ended(self, reason: str) -> None:
        self._session = 0
        self._handles.clear()
        self._gone(self, reason)

    async def _stay_alive(self, session: int) -> None:
        while session == self._session:
            await asyncio.sleep(KEEPALIVE_SECONDS)
            with contextlib.suppress(JanusRefused, CarrierGone):
                await self._process.ask({"janus": "keepalive", "session_id": session})

    def _begin(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def rtp_address(sdp: str) -> RtpAddress:
    """Where the plain side of ``sdp`` hears. Raises KeyError when it has no sound."""
    host = port = ""
    for line in sdp.splitlines():
        if line.startswith("c=IN IP4 ") and not host:
            host = line.split(" ")[2].strip()
        elif line.startswith("m=audio "):
            port = line.split(" ")[1]
    if not host or not port.isdigit() or port == "0":
        raise KeyError("no sound in Janus' description")
    return RtpAddress(host, int(port), event_type(sdp) or TELEPHONE_EVENT)


def event_type(sdp: str) -> int:
    """The payload number of telephone-event at 8 kHz, or 0."""
    for line in sdp.lower().splitlines():
        if line.startswith("a=rtpmap:") and "telephone-event/8000" in line:
            return int(line.removeprefix("a=rtpmap:").split(" ")[0])
    return 0


def sound_alone(offer: str) -> str:
    """The offer without its data channel, which NoSIP cannot carry; pages put it last."""
    before, found, _ = offer.partition("m=application ")
    if not found:
        return offer
    lines = [GROUP + " ".join(_mids(before)) if line.startswith(GROUP) else line for line in before.splitlines()]
    return "\r\n".join(lines) + "\r\n"


def with_channel_refused(answer: str, offer: str) -> str:
    """The answer for the page: as many lines as it offered, the data channel's refused."""
    _, found, channel = offer.partition("m=application ")
    if not found:
        return answer
    protocol = " ".join(channel.splitlines()[0].split(" ")[1:])
    return f"{answer}m=application 0 {protocol}\r\nc=IN IP4 0.0.0.0\r\n" + "".join(
        f"a=mid:{mid}\r\n" for mid in _mids(channel)
    )


def _mids(sdp: str) -> list[str]:
    return [line.removeprefix("a=mid:") for line in sdp.splitlines() if line.startswith("a=mid:")]


def plain_answer(engine: RtpAddress, generated: dict[str, Any]) -> str:
    """The engine's side: PCMU and telephone-event under the numbers that the page gave them."""
    event = event_type(generated["plugindata"]["data"]["result"]["sdp"])
    lines = [
        "v=0",
        f"o=- 1 1 IN IP4 {engine.host}",
        "s=-",
        f"c=IN IP4 {engine.host}",
        "t=0 0",
        f"m=audio {engine.port} RTP/AVP 0{f' {event}' if event else ''}",
        "a=rtpmap:0 PCMU/8000",
        *([f"a=rtpmap:{event} telephone-event/8000", f"a=fmtp:{event} 0-15"] if event else []),
        "a=ptime:20",
        "a=sendrecv",
    ]
    return "\r\n".join(lines) + "\r\n"
