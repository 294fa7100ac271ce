"""Callers that are, for whatever carries them, browsers: real ICE, DTLS-SRTP and µ-law, and nothing of a browser behind.

A Chromium page takes seven hundredths of a core for one call, so that on two cores a benchmark of sixty would measure
Chromium. Here one process holds all of them: the connection is made by aiortc, and once it is up each 20 ms one packet a
caller is sealed and sent, and each that comes is opened (one that does not open counts as not heard).

    async with standins(booth) as some:
        caller = some.caller("caller:7")            as tests.factories.browser_call.Window: call, answered, up, heard

``python -m bench.browser_standins HERTZ`` is that process; it speaks JSON lines with ``Standins``.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import sys
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from aiortc import MediaStreamTrack, RTCConfiguration, RTCPeerConnection, RTCRtpReceiver, RTCSessionDescription
from pylibsrtp import Error as NotSealed
from tests.factories.browser_call import Booth, loudest

from walletdesk.adapters.telephony.media import g711
from walletdesk.adapters.telephony.media.packets import rtp_header
from walletdesk.adapters.telephony.webrtc.plain_rtp import sound_in

TICK, SAMPLES = 0.02, 160
PATIENCE = 20.0
ONE_LAW = np.zeros(1, dtype=np.intp)
LINE_AT_MOST = 2**20


class Nothing(MediaStreamTrack):
    """A microphone from which aiortc hears nothing: the sound is sent past it."""

    kind = "audio"

    async def recv(self) -> Any:
        await asyncio.Event().wait()


class Caller:
    """One connection. ``send`` is called each tick once it is up."""

    def __init__(self, up: Callable[[], None]) -> None:
        self._connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._sender = self._connection.addTransceiver(Nothing(), "sendrecv").sender
        self._number, self._stamp = secrets.randbits(15), secrets.randbits(31)
        self._heard: deque[bytes] = deque(maxlen=9)
        self._up, self._is_up = up, False
        self._connection.on("connectionstatechange", self._state)

    async def offer(self) -> str:
        codecs = RTCRtpReceiver.getCapabilities("audio").codecs
        for line in self._connection.getTransceivers():
            line.setCodecPreferences([codec for codec in codecs if codec.mimeType == "audio/PCMU"])
        await self._connection.setLocalDescription(await self._connection.createOffer())
        return str(self._connection.localDescription.sdp)

    async def answered(self, sdp: str) -> None:
        await self._connection.setRemoteDescription(RTCSessionDescription(sdp=sdp, type="answer"))

    def send(self, payload: bytes) -> None:
        if not self._is_up:
            return
        self._number, self._stamp = (self._number + 1) & 0xFFFF, (self._stamp + SAMPLES) & 0xFFFFFFFF
        packet = rtp_header(0, self._number, self._stamp, self._sender._ssrc) + payload
        pair = self._ice._nominated[1]
        there = pair.remote_candidate.host, pair.remote_candidate.port
        pair.protocol.transport.sendto(self._seal.protect(packet), there)

    def heard(self) -> tuple[float, float]:
        """(frequency, loudness) of the last 180 ms: as long as a page listens."""
        coded = np.frombuffer(b"".join(self._heard), dtype=np.uint8)
        return loudest(g711.decode(coded[None, :], ONE_LAW)[0]) if len(coded) else (0.0, 0.0)

    async def close(self) -> None:
        await self._connection.close()

    def _state(self) -> None:
        """Up: from here on sound goes past aiortc, which keeps the connection and its checks."""
        if self._connection.connectionState != "connected" or self._is_up:
            return
        dtls = self._sender.transport
        self._ice = dtls.transport._connection
        self._seal, self._open = dtls._tx_srtp, dtls._rx_srtp
        for protocol in self._ice._protocols:
            protocol.datagram_received = self._past(protocol.datagram_received)
        self._is_up = True
        self._up()

    def _past(self, usual: Callable[..., None]) -> Callable[..., None]:
        def received(data: bytes, address: tuple[Any, ...]) -> None:
            if 128 <= data[0] < 192 and data[1] & 0x7F == 0:
                with contextlib.suppress(NotSealed):
                    if found := sound_in(self._open.unprotect(data)):
                        self._heard.append(found[0])
            else:
                usual(data, address)

        return received


class Crowd:
    """All callers of this process."""

    def __init__(self, hertz: float) -> None:
        wave = 8000 * np.sin(2 * np.pi * hertz * np.arange(8000) / 8000)
        coded = g711.encode(wave.astype(np.int16).reshape(50, SAMPLES), np.zeros(50, dtype=np.intp))
        self._sound = [row.tobytes() for row in coded]
        self._callers: dict[str, Caller] = {}

    async def run(self) -> None:
        reader = asyncio.StreamReader(limit=LINE_AT_MOST)
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        talking = asyncio.create_task(self._talk())
        while line := await reader.readline():
            await self._obey(**json.loads(line))
        talking.cancel()
        await asyncio.gather(*(caller.close() for caller in self._callers.values()))

    async def _obey(self, do: str, seat: str, **more: Any) -> None:
        if do == "offer":
            made = self._callers[seat] = Caller(lambda: say(seat, "up"))
            say(seat, "offer", sdp=await made.offer())
        elif do == "answered":
            await self._callers[seat].answered(more["sdp"])
        else:
            hertz, loud = self._callers[seat].heard()
            say(seat, "heard", hertz=hertz, loud=loud)

    async def _talk(self) -> None:
        loop = asyncio.get_running_loop()
        due, tick = loop.time(), 0
        while True:
            for caller in self._callers.values():
                caller.send(self._sound[tick % 50])
            tick, due = tick + 1, due + TICK
            await asyncio.sleep(max(0.0, due - loop.time()))


def say(seat: str, word: str, **fields: Any) -> None:
    print(json.dumps({"seat": seat, "say": word, **fields}), flush=True)


@dataclass
class Standin:
    """One caller, seen from the benchmark."""

    seat: str
    all: Standins
    told: list[dict[str, Any]] = field(default_factory=list)

    async def call(self) -> None:
        offer = await self.all.ask(self.seat, "offer", "offer")
        word = {"type": "offer", "sdp": offer["sdp"], "leg": "", "language": "en", "id": secrets.token_hex(8)}
        await self.all.booth.legs.hear(self.seat, word)

    async def answered(self, word: dict[str, Any]) -> None:
        self.all.tell(self.seat, "answered", sdp=word["sdp"])

    async def up(self) -> None:
        await self.all.word(self.seat, "up")

    async def heard(self) -> dict[str, float]:
        return await self.all.ask(self.seat, "heard", "heard")


class Standins:
    """The process of the callers, from outside."""

    def __init__(self, booth: Booth, process: asyncio.subprocess.Process) -> None:
        self.booth, self._process = booth, process
        self._words: dict[tuple[str, str], asyncio.Future[dict[str, Any]]] = {}

    def caller(self, seat: str) -> Standin:
        made = self.booth.windows[seat] = Standin(seat, self)
        return made

    def tell(self, seat: str, do: str, **fields: Any) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"do": do, "seat": seat, **fields}).encode() + b"\n")

    async def ask(self, seat: str, do: str, word: str) -> dict[str, Any]:
        self._words.pop((seat, word), None)
        self.tell(seat, do)
        return await self.word(seat, word)

    async def word(self, seat: str, word: str) -> dict[str, Any]:
        return await asyncio.wait_for(self._word(seat, word), PATIENCE)

    async def listen(self) -> None:
        assert self._process.stdout
        while line := await self._process.stdout.readline():
            told = json.loads(line)
            self._word(told["seat"], told["say"]).set_result(told)

    def _word(self, seat: str, word: str) -> asyncio.Future[dict[str, Any]]:
        return self._words.setdefault((seat, word), asyncio.get_running_loop().create_future())


@contextlib.asynccontextmanager
async def standins(booth: Booth, hertz: float) -> AsyncIterator[Standins]:
    """A process of callers whose microphones give this tone, until the end of the block."""
    pipe = asyncio.subprocess.PIPE
    command = [sys.executable, "-m", "bench.browser_standins", str(hertz)]
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, limit=LINE_AT_MOST)
    made = Standins(booth, process)
    listening = asyncio.create_task(made.listen())
    try:
        yield made
    finally:
        assert process.stdin
        process.stdin.close()  # at the end of its input it ends
        await asyncio.gather(process.wait(), listening)


if __name__ == "__main__":
    asyncio.run(Crowd(float(sys.argv[1])).run())
