"""The asyncio side of the line: starts sippy's thread, passes commands in and words out, and never waits for either.

    line = SipLine(settings, hear)
    await line.start()
    line.answer(call, "127.0.0.1", 20000)      # after the word Invited
    ...
    await line.stop()

sippy has one dispatcher a process, bound to the thread that imported it. So that thread is made once and lives as long as
the process; lines come and go in it.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import socket
import threading
from collections.abc import Callable
from typing import Any

from walletdesk.adapters.telephony.sip.porter import Porter
from walletdesk.adapters.telephony.sip.settings import LineSettings, Trunk
from walletdesk.adapters.telephony.sip.words import Ended, LineWord, TrunkDown, TrunkUp

log = logging.getLogger(__name__)
START_SECONDS = 20.0
GOODBYE_SECONDS = 0.2
NAME_SECONDS = 30.0  # between two tries to look the trunk's name up


class _SipThread:
    """The thread in which sippy was imported, and through which alone it is called."""

    def __init__(self) -> None:
        self._ready = threading.Event()
        self._problem: BaseException | None = None
        self.inside: Any = None
        threading.Thread(target=self._run, name="sip", daemon=True).start()

    def _run(self) -> None:
        try:
            # Not a circle dodged: the import itself must happen here (see the module).
            self.inside = importlib.import_module("walletdesk.adapters.telephony.sip.inside.endpoint")
        except BaseException as problem:
            self._problem = problem
            raise
        finally:
            self._ready.set()
        self.inside.run_forever()

    def wait(self) -> None:
        if not self._ready.wait(START_SECONDS) or self._problem:
            raise RuntimeError("sippy did not start") from self._problem

    def post(self, work: Callable[..., object], *about: object) -> None:
        self.inside.post(work, *about)

    def ask(self, work: Callable[..., object], *about: object) -> Any:
        return self.inside.ask(work, *about)


_thread: _SipThread | None = None
_making = threading.Lock()


def _sip_thread() -> _SipThread:
    global _thread
    with _making:
        _thread = _thread or _SipThread()
    _thread.wait()
    return _thread


class SipLine:
    """One bound address. ``hear`` is called on the event loop, with each call's words in their order."""

    def __init__(self, settings: LineSettings, hear: Callable[[LineWord], None]) -> None:
        self.settings = settings
        self._hear = hear
        self._endpoint: Any = None
        self._thread: _SipThread | None = None
        self._looking_up: asyncio.Task[None] | None = None
        self.porter: Porter | None = None
        self.address: tuple[str, int] = (settings.host, settings.port)

    async def start(self) -> None:
        """Bind and listen; ``OSError`` when the address is taken. A trunk's name is looked up, again and again if it must;
        the first answer is waited for, so that a call placed at once has somewhere to go."""
        loop = asyncio.get_running_loop()
        self._thread = await loop.run_in_executor(None, _sip_thread)

        def tell(word: LineWord) -> None:
            loop.call_soon_threadsafe(self._hear, word)

        self._endpoint = await loop.run_in_executor(
            None, self._thread.ask, self._thread.inside.Endpoint, self.settings, tell
        )
        self.porter, self.address = self._endpoint.porter, self._endpoint.address
        if self.settings.trunk:
            asked = asyncio.Event()
            self._looking_up = asyncio.create_task(self._look_up(self.settings.trunk, asked))
            await asked.wait()

    async def _look_up(self, trunk: Trunk, asked: asyncio.Event) -> None:
        told = False
        while True:
            try:
                found = await asyncio.get_running_loop().getaddrinfo(trunk.host, trunk.port, family=socket.AF_INET)
            except OSError as problem:
                if not told:
                    self._hear(TrunkDown(f"name: {problem}"))
                told = True
                asked.set()
                await asyncio.sleep(NAME_SECONDS)
                continue
            self._post("trunk_found", found[0][4][0], trunk.port)
            asked.set()
            if told and not trunk.registers:
                self._hear(TrunkUp())
            return

    async def stop(self) -> None:
        """Hang up what is up, say goodbye to the trunk, close the socket."""
        if self._looking_up:
            self._looking_up.cancel()
        if self._endpoint is not None and self._thread:
            endpoint, self._endpoint = self._endpoint, None
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(None, self._thread.ask, endpoint.say_goodbye)
            await asyncio.sleep(GOODBYE_SECONDS)  # closing the socket loses what still stands in its queue
            await loop.run_in_executor(None, self._thread.ask, endpoint.close)

    def take_calls(self, *, on: bool) -> None:
        """Off: who calls is told 503, and OPTIONS the same, until it is on again."""
        if self.porter:
            self.porter.open = on

    # ── commands: each is done soon, and does nothing when the call is gone ───────────────────────────────────────

    def answer(self, call: str, host: str, port: int) -> None:
        """Take it; our sound is heard at ``host:port``. ``Established`` follows."""
        self._post("answer", call, host, port)

    def refuse(self, call: str, status: int, retry_after: int | None = None) -> None:
        self._post("refuse", call, status, retry_after)

    def hang_up(self, call: str) -> None:
        """BYE, CANCEL or 480, as the call stands."""
        self._post("hang_up", call)

    def call_out(self, call: str, number: str, shown: str, host: str, port: int, ring_seconds: int) -> None:
        """Through the trunk. ``Established`` or ``Ended`` follows."""
        if self._endpoint is None:
            self._hear(Ended(call, "unreachable"))
        self._post("call_out", call, number, shown, host, port, ring_seconds)

    def hand_over(self, call: str, number: str) -> None:
        """REFER the other side to a number of the trunk's, then BYE."""
        self._post("hand_over", call, number)

    def _post(self, command: str, *about: object) -> None:
        if self._endpoint is not None and self._thread:
            self._thread.post(getattr(self._endpoint, command), *about)
