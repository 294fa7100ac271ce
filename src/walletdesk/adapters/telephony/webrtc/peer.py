"""One browser's connection in aiortc, joined to a :class:`PlainRtp`.

µ-law is passed through both ways without being decoded: aiortc's jitter buffer is replaced by a tap, and the engine's
packets are handed to it ready-made. Only a browser that offers no PCMU is transcoded, from and to Opus.
"""

from __future__ import annotations

import asyncio
import contextlib
import fractions
import json
from collections import deque
from collections.abc import Callable
from typing import Any

import aioice.ice
from aiortc import MediaStreamTrack, RTCConfiguration, RTCPeerConnection, RTCRtpReceiver, RTCSessionDescription
from aiortc.codecs.g711 import PcmuDecoder, PcmuEncoder
from aiortc.jitterbuffer import JitterFrame
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame
from av.packet import Packet

from walletdesk.adapters.telephony.webrtc.plain_rtp import PlainRtp
from walletdesk.adapters.telephony.webrtc.words import KEYS

EIGHT_KHZ = fractions.Fraction(1, 8000)
PACKETS_WAITING = 10  # 200 ms: what the page could not be sent by then is old
MESSAGE_AT_MOST = 200
JITTER_BUFFER = "_RTCRtpReceiver__jitter_buffer"  # the one private name of aiortc 1.16 that we lean on


def offer_these_addresses(addresses: tuple[str, ...]) -> None:
    """Which of this machine's addresses browsers are given: these, else all, else loopback (which aiortc never gives)."""
    found = aioice.ice.get_host_addresses

    def chosen(use_ipv4: bool, use_ipv6: bool) -> list[str]:
        return list(addresses) or found(use_ipv4, use_ipv6) or ["127.0.0.1"]

    aioice.ice.get_host_addresses = chosen


class FromEngine(MediaStreamTrack):
    """The engine's sound as a track: ``push`` a packet, aiortc takes it."""

    kind = "audio"

    def __init__(self, *, as_pcmu: bool) -> None:
        super().__init__()
        self._decoder = None if as_pcmu else PcmuDecoder()
        self._packets: deque[tuple[bytes, int]] = deque(maxlen=PACKETS_WAITING)
        self._came = asyncio.Event()
        self._last = self._time = 0

    def push(self, payload: bytes, stamp: int) -> None:
        self._packets.append((payload, stamp))
        self._came.set()

    async def recv(self) -> Packet | AudioFrame:  # type: ignore[override]
        while not self._packets:
            if self.readyState != "live":
                raise MediaStreamError
            self._came.clear()
            await self._came.wait()
        payload, stamp = self._packets.popleft()
        self._time += min((stamp - self._last) & 0xFFFFFFFF, 8000) if self._last else 0
        self._last = stamp
        if self._decoder:
            return self._decoder.decode(JitterFrame(data=payload, timestamp=self._time))[0]  # type: ignore[return-value]
        packet = Packet(payload)
        packet.pts, packet.time_base = self._time, EIGHT_KHZ
        return packet

    def stop(self) -> None:
        super().stop()
        self._came.set()


class _Tap:
    """Stands where aiortc keeps its jitter buffer: each packet goes on at once, none is decoded."""

    def __init__(self, rtp: PlainRtp) -> None:
        self._rtp = rtp

    def add(self, packet: Any) -> tuple[bool, None]:
        self._rtp.send_sound(packet.sequence_number, packet.timestamp, packet.payload)
        return False, None


class Peer:
    """One page's connection. ``state`` is told "connected", "closed" or "failed"; ``key`` is told (key, n)."""

    def __init__(self, rtp: PlainRtp, state: Callable[[str], None], key: Callable[[str, int], None]) -> None:
        self._rtp, self._key = rtp, key
        self._connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._tasks: set[asyncio.Task[None]] = set()
        self._clock_rate = 8000
        self._connection.on("connectionstatechange", lambda: state(self._connection.connectionState))
        self._connection.on("datachannel", self._listen_for_keys)

    async def answer(self, offer: str) -> str:
        """Our answer with all candidates. Raises ValueError for an offer that cannot be used."""
        pcmu = "pcmu/8000" in offer.lower()
        self.from_engine = FromEngine(as_pcmu=pcmu)
        line = self._connection.addTransceiver(self.from_engine, "sendrecv")
        wanted = "audio/PCMU" if pcmu else "audio/opus"
        known = RTCRtpReceiver.getCapabilities("audio")
        line.setCodecPreferences([codec for codec in known.codecs if codec.mimeType == wanted] if known else [])
        if pcmu:
            if not hasattr(line.receiver, JITTER_BUFFER):
                raise RuntimeError("another aiortc than 1.16: its receiver keeps no jitter buffer where we tap it")
            setattr(line.receiver, JITTER_BUFFER, _Tap(self._rtp))
        else:
            self._clock_rate = 48000
            self._begin(self._transcode(line.receiver.track))
        try:
            await self._connection.setRemoteDescription(RTCSessionDescription(sdp=offer, type="offer"))
            made = await self._connection.createAnswer()
        except (ValueError, AssertionError, KeyError, IndexError, AttributeError) as broken:
            raise ValueError("unusable offer") from broken
        await self._connection.setLocalDescription(made)
        return str(self._connection.localDescription.sdp)

    async def heard(self) -> dict[str, float | int | None]:
        """received, lost, jitter_ms, delay_ms so far."""
        told: dict[str, float | int | None] = {"received": 0, "lost": 0, "jitter_ms": 0.0, "delay_ms": None}
        for one in (await self._connection.getStats()).values():
            if one.type == "inbound-rtp":
                told |= {"received": one.packetsReceived, "lost": max(one.packetsLost, 0)}
                told["jitter_ms"] = round(one.jitter * 1000 / self._clock_rate, 1)
            elif one.type == "remote-inbound-rtp" and one.roundTripTime:
                told["delay_ms"] = round(one.roundTripTime * 500, 1)
        return told

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        with contextlib.suppress(ConnectionError):
            await self._connection.close()

    def _begin(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _transcode(self, track: MediaStreamTrack) -> None:
        encoder, number = PcmuEncoder(), 0
        with contextlib.suppress(MediaStreamError):
            while True:
                payloads, stamp = encoder.encode(await track.recv())  # type: ignore[arg-type]
                for place, payload in enumerate(payloads):
                    number = (number + 1) & 0xFFFF
                    self._rtp.send_sound(number, (stamp + 160 * place) & 0xFFFFFFFF, payload)

    def _listen_for_keys(self, channel: Any) -> None:
        if channel.label == "keys":
            channel.on("message", lambda message: self._pressed(channel, message))

    def _pressed(self, channel: Any, message: object) -> None:
        """``{"key": "5", "n": 3}`` is answered ``{"heard": 3}``, also when it was heard before."""
        if isinstance(message, str) and len(message) <= MESSAGE_AT_MOST and (pressed := read_key(message)):
            self._key(*pressed)
            channel.send(json.dumps({"heard": pressed[1]}))


def read_key(message: str) -> tuple[str, int] | None:
    """(key, count of presses) or ``None``."""
    try:
        said = json.loads(message)
    except ValueError:
        return None
    if not isinstance(said, dict):
        return None
    key, n = said.get("key"), said.get("n")
    return (key, n) if isinstance(key, str) and key in KEYS and type(n) is int and 0 < n < 1_000_000 else None
