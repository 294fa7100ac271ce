"""The child process of browser legs: ``python -m walletdesk.adapters.telephony.webrtc.legs_process``.

A process of its own, so that DTLS and a stalled browser never delay the media engine's tick. It reads one JSON object a
line and writes one a line; when its input ends, so does it::

    do open    leg                       say opened    leg, port
    do accept  leg, offer, host, port    say accepted  leg, sdp     or   say refused  leg
    do close   leg
                                         say up    leg
                                         say down  leg, why (closed, lost)
                                         say heard leg, received, lost, jitter_ms, delay_ms
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import logging
import sys
from typing import Any

from walletdesk.adapters.telephony.webrtc.peer import Peer, offer_these_addresses
from walletdesk.adapters.telephony.webrtc.plain_rtp import PlainRtp

log = logging.getLogger("walletdesk.webrtc")
LINE_AT_MOST = 2**20
STATS_EVERY = 5.0


class LegHere:
    """A leg in this process. Its plain RTP outlives a connection, so that a page that lost its way can come back."""

    def __init__(self, name: str, process: LegsProcess) -> None:
        self.name, self._process = name, process
        self.rtp: PlainRtp | None = None
        self.peer: Peer | None = None
        self._last_press = 0

    async def open(self) -> int:
        if self.rtp is None:
            self.rtp = await PlainRtp.bound(self._from_engine)
        return self.rtp.address.port

    async def accept(self, offer: str, engine: tuple[str, int]) -> str:
        """Answer the page; a connection that the leg had before is left behind."""
        await self.open()
        assert self.rtp is not None
        before, self.rtp.engine = self.peer, engine
        self.rtp.changed_source()
        peer = Peer(self.rtp, lambda state: self._state(peer, state), self.press)
        self.peer = peer
        if before:
            await before.close()
        try:
            return await peer.answer(offer)
        except BaseException:
            await peer.close()
            raise

    def press(self, key: str, n: int) -> None:
        """Once for each count: a key that is sent again, because its answer was lost, is one press."""
        if self.rtp and n > self._last_press:
            self._last_press = n
            self.rtp.press(key)

    async def close(self) -> None:
        peer, self.peer = self.peer, None
        if peer:
            await peer.close()
        if self.rtp:
            self.rtp.close()

    def _from_engine(self, payload: bytes, stamp: int) -> None:
        if self.peer:
            self.peer.from_engine.push(payload, stamp)

    def _state(self, peer: Peer, state: str) -> None:
        if peer is not self.peer:
            return
        if state == "connected":
            self._process.say("up", leg=self.name)
        elif state in ("closed", "failed"):
            self._process.say("down", leg=self.name, why="closed" if state == "closed" else "lost")


class LegsProcess:
    """All legs of this process; one line of input at a time for each leg, legs beside one another."""

    def __init__(self) -> None:
        self._legs: dict[str, LegHere] = {}
        self._order: dict[str, asyncio.Lock] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def say(self, word: str, **fields: Any) -> None:
        sys.stdout.write(json.dumps({"say": word, **fields}) + "\n")
        sys.stdout.flush()

    async def run(self) -> None:
        reader = asyncio.StreamReader(limit=LINE_AT_MOST)
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        telling = asyncio.create_task(self._tell_stats())
        self.say("ready")
        while line := await reader.readline():
            task = asyncio.create_task(self._do(json.loads(line)))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        telling.cancel()
        await asyncio.gather(*(leg.close() for leg in self._legs.values()), return_exceptions=True)

    async def _do(self, told: dict[str, Any]) -> None:
        name = str(told["leg"])
        async with self._order.setdefault(name, asyncio.Lock()):
            try:
                await self._obey(name, told)
            except Exception as trouble:
                log.warning("leg %s: %s: %s", name, told["do"], type(trouble).__name__)
                if told["do"] in ("open", "accept"):
                    self.say("refused", leg=name)

    async def _obey(self, name: str, told: dict[str, Any]) -> None:
        if told["do"] == "close":
            if leg := self._legs.pop(name, None):
                await leg.close()
            self._order.pop(name, None)
            return
        leg = self._legs.get(name) or self._legs.setdefault(name, LegHere(name, self))
        if told["do"] == "open":
            self.say("opened", leg=name, port=await leg.open())
        elif told["do"] == "accept":
            sdp = await leg.accept(told["offer"], (told["host"], told["port"]))
            self.say("accepted", leg=name, sdp=sdp)

    async def _tell_stats(self) -> None:
        while True:
            await asyncio.sleep(STATS_EVERY)
            for leg in tuple(self._legs.values()):
                if leg.peer:
                    with contextlib.suppress(Exception):
                        self.say("heard", leg=leg.name, **await leg.peer.heard())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--address", action="append", default=[])
    arguments = parser.parse_args()
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    offer_these_addresses(tuple(arguments.address))
    asyncio.run(LegsProcess().run())


if __name__ == "__main__":
    main()
