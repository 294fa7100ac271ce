"""Telephones in a story: sipp dials, a thread carries the sound and keys; they know nothing of the product.

with telephone(line, hertz=440) as phone:
    phone.hears_something(); phone.key("2"); phone.hears(880)
"""

from __future__ import annotations

import asyncio
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from tests.contracts.telephones import RtpPhone, free_port, loudness_of

SCENARIOS = Path(__file__).parent / "sipp"
ANSWERS = Path(__file__).parents[1] / "contracts" / "sipp" / "answers_until_bye.xml"
PATIENCE = 45.0
Thing = TypeVar("Thing")


class Telephone(RtpPhone):
    """Speaks to whoever speaks to it first, as a telephone behind a router does."""

    def __init__(self, hertz: float = 0.0) -> None:
        super().__init__(hertz)
        self.calling: subprocess.Popen[bytes] | None = None

    def _listen(self, last_event: int) -> int:
        if self.to is None:
            try:
                _, self.to = self.socket.recvfrom(2_000)
            except OSError:
                return last_event
        return super()._listen(last_event)

    def eventually(self, true: Callable[[], bool], what: str) -> None:
        """A sound tells nobody when it comes."""
        deadline = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < deadline, f"{what}: it did not come"
            time.sleep(0.02)

    def hears_something(self) -> None:
        self.eventually(lambda: loudness_of(self.heard(0.3)) > 200, "something to hear")

    def hears_tone(self, hertz: float) -> None:
        self.eventually(lambda: self.hears(hertz), f"a tone of {hertz} Hz")

    def is_let_go(self) -> None:
        """We hung up, and it said yes to that."""
        assert self.calling
        assert self.calling.wait(PATIENCE) == 0


@contextmanager
def telephone(
    line: str, hertz: float = 0.0, *, number: str = "13800000001", leaves_after: float | None = None
) -> Iterator[Telephone]:
    """A call to ``line`` (host:port) that stays until we hang up, or leaves by itself after so many seconds."""
    scenario = SCENARIOS / ("stays.xml" if leaves_after is None else "leaves.xml")
    more = [line, "-s", "hotline", "-key", "number", number, "-d", str(int((leaves_after or 0) * 1000))]
    with _telephone(scenario, hertz, free_port(), more) as phone:
        yield phone


@contextmanager
def telephone_that_is_called(port: int, hertz: float = 0.0) -> Iterator[Telephone]:
    """The other end of a trunk: rings at ``port``, is answered at once, stays until we hang up."""
    with _telephone(ANSWERS, hertz, port, []) as phone:
        yield phone


@contextmanager
def _telephone(scenario: Path, hertz: float, port: int, more: list[str]) -> Iterator[Telephone]:
    phone = Telephone(hertz)
    with tempfile.TemporaryDirectory(prefix="walletdesk-sipp-") as folder:
        command = ["sipp", *more, "-sf", str(scenario), "-i", "127.0.0.1", "-p", str(port), "-m", "1", "-nostdin"]
        command += ["-key", "sound_port", str(phone.port), "-key", "rtp", str(phone.port)]
        command += ["-trace_err", "-error_file", f"{folder}/errors.log", "-timeout", "180s", "-timeout_error"]
        phone.calling = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield phone
        finally:
            if phone.calling.poll() is None:
                phone.calling.send_signal(signal.SIGKILL)
                phone.calling.wait()
            phone.close()


@contextmanager
def beside(manager: AbstractAsyncContextManager[Thing]) -> Iterator[Thing]:
    """What the contracts start with asyncio, held open on a loop in a thread of its own: Playwright has this thread's."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def done(step: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(step, loop).result(PATIENCE)

    async def entered() -> Thing:
        return await manager.__aenter__()

    async def left() -> None:
        await manager.__aexit__(None, None, None)

    try:
        thing = done(entered())
        try:
            yield thing
        finally:
            done(left())
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
