"""The parent's side of ``legs_process``: starts the child, asks, listens, and says when it is gone."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sys
from typing import Any

from walletdesk.adapters.telephony.webrtc.carriers import CarrierGone, CarrierRefused, Gone, Tell
from walletdesk.adapters.telephony.webrtc.words import CarrierEvent, Heard, OpenMedia, RtpAddress, WentDown, WentUp

log = logging.getLogger(__name__)
START_SECONDS, ANSWER_SECONDS, STOP_SECONDS = 20.0, 8.0, 3.0
LINE_AT_MOST = 2**20


class AiortcCarrier:
    """A ``Carrier``. ``addresses``: what browsers are given to reach us; none: all that this machine has."""

    name = "aiortc"

    def __init__(self, tell: Tell, gone: Gone, addresses: tuple[str, ...] = ()) -> None:
        self._tell, self._gone, self._addresses = tell, gone, addresses
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._waiting: dict[tuple[str, str], asyncio.Future[dict[str, Any]]] = {}
        self._ready = asyncio.Event()
        self._stopping = False

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.returncode is None and self._ready.is_set()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    async def start(self) -> None:
        if self.alive:
            return
        self._ready.clear()
        self._stopping = False
        command = [sys.executable, "-m", "walletdesk.adapters.telephony.webrtc.legs_process"]
        for address in self._addresses:
            command += ["--address", address]
        self._process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=LINE_AT_MOST,
            process_group=0,  # Ctrl-C reaches the parent alone
        )
        self._reading = asyncio.create_task(self._read(self._process))
        try:
            await asyncio.wait_for(self._ready.wait(), START_SECONDS)
        except TimeoutError:
            self._process.kill()
            raise CarrierGone("did not start") from None

    async def stop(self) -> None:
        self._stopping = True
        if self._process is None or self._process.returncode is not None:
            return
        if self._process.stdin:
            self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), STOP_SECONDS)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        if self._reading:
            await self._reading

    async def accept(self, leg: str, offer: str, open_media: OpenMedia) -> str:
        opened = await self._ask("open", "opened", leg)
        engine = await open_media(leg, RtpAddress("127.0.0.1", opened["port"]))
        accepted = await self._ask("accept", "accepted", leg, offer=offer, host=engine.host, port=engine.port)
        return str(accepted["sdp"])

    def close(self, leg: str) -> None:
        self._say("close", leg=leg)

    def _say(self, word: str, **fields: Any) -> None:
        if self._process and self._process.stdin and not self._process.stdin.is_closing():
            with contextlib.suppress(ConnectionError):
                self._process.stdin.write(json.dumps({"do": word, **fields}).encode() + b"\n")

    async def _ask(self, word: str, answer: str, leg: str, **fields: Any) -> dict[str, Any]:
        if not self.alive:
            raise CarrierGone(self.name)
        waiting = self._waiting[leg, answer] = asyncio.get_running_loop().create_future()
        self._say(word, leg=leg, **fields)
        try:
            return await asyncio.wait_for(waiting, ANSWER_SECONDS)
        except TimeoutError:
            raise CarrierRefused("no answer in time") from None
        finally:
            self._waiting.pop((leg, answer), None)

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout
        with contextlib.suppress(ValueError, ConnectionError):
            while line := await process.stdout.readline():
                self._hear(json.loads(line))
        self._ready.clear()
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        code = await process.wait()
        for waiting in tuple(self._waiting.values()):
            if not waiting.done():
                waiting.set_exception(CarrierGone(self.name))
        if not self._stopping:
            self._gone(self, f"aiortc ended with {code}")

    def _hear(self, said: dict[str, Any]) -> None:
        word = said.pop("say")
        if word == "ready":
            self._ready.set()
        elif word in ("opened", "accepted"):
            self._settle((said["leg"], word), said, None)
        elif word == "refused":
            for answer in ("opened", "accepted"):
                self._settle((said["leg"], answer), said, CarrierRefused("the offer could not be used"))
        else:
            self._tell(_event(word, said))

    def _settle(self, key: tuple[str, str], said: dict[str, Any], trouble: Exception | None) -> None:
        waiting = self._waiting.get(key)
        if waiting is None or waiting.done():
            return
        if trouble:
            waiting.set_exception(trouble)
        else:
            waiting.set_result(said)


def _event(word: str, said: dict[str, Any]) -> CarrierEvent:
    return {"up": WentUp, "down": WentDown, "heard": Heard}[word](**said)
