"""A Janus of our own: started with a folder of our own settings, spoken to over a Unix socket, one message a packet.

Only NoSIP and the Unix socket are loaded; it listens to nobody else. Whatever Janus the system may run is left alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import shutil
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from walletdesk.adapters.telephony.webrtc.carriers import CarrierGone

MESSAGE_AT_MOST = 2**17
START_SECONDS, ANSWER_SECONDS, STOP_SECONDS = 20.0, 10.0, 3.0
STARTS_AT_MOST = 10
MODULES = (Path("/usr/lib"), Path("/usr/local/lib"), Path("/opt/janus/lib"))

SETTINGS = """general: {{
  configs_folder = "{folder}"
  plugins_folder = "{modules}/plugins"
  transports_folder = "{modules}/transports"
  events_folder = "{folder}/none"
  loggers_folder = "{folder}/none"
  log_to_stdout = true
  debug_level = 2
  debug_timestamps = true
  session_timeout = 60
}}
media: {{ rtp_port_range = "40000-49999" }}
nat: {{ ice_lite = false  ice_tcp = false  full_trickle = false{only} }}
plugins: {{ disable = "{other_plugins}" }}
transports: {{ disable = "{other_transports}" }}
"""
NOSIP = 'general: {{ local_ip = "127.0.0.1"  rtp_port_range = "22000-25999"  events = false }}\n'
PFUNIX = 'general: {{ enabled = true  json = "compact"  path = "{folder}/api" }}\nadmin: {{ admin_enabled = false }}\n'


class JanusRefused(Exception):
    """Janus answered with an error."""


class JanusProcess:
    """``event`` is told each message that answers nothing; ``ended`` once, when the process is gone unasked."""

    def __init__(
        self,
        program: str,
        addresses: tuple[str, ...],
        event: Callable[[dict[str, Any]], None],
        ended: Callable[[str], None],
    ) -> None:
        self._program, self._addresses, self._event, self._ended = program, addresses, event, ended
        self._process: asyncio.subprocess.Process | None = None
        self._socket: socket.socket | None = None
        self._folder: Path | None = None
        self._reading: asyncio.Task[None] | None = None
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._numbers = itertools.count(1)
        self._serving = False

    @property
    def alive(self) -> bool:
        return self._socket is not None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    async def start(self) -> None:
        """Raises CarrierGone: not installed, did not start, does not answer.

        Janus' thread for the Unix socket may look whether it may run before it is allowed to, and end (1.1.2 on a busy
        machine: every second start). Such a Janus is started once more; one that answers a ping stays.
        """
        program, modules = shutil.which(self._program), modules_folder()
        if program is None or modules is None:
            raise CarrierGone("Janus is not installed")
        for left in reversed(range(STARTS_AT_MOST)):
            try:
                await self._start_once(program, modules)
                return
            except (TimeoutError, CarrierGone, JanusRefused) as trouble:
                await self.stop()
                if not left or not isinstance(trouble, CarrierGone):
                    raise CarrierGone("Janus did not start") from None

    async def _start_once(self, program: str, modules: Path) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="walletdesk-janus-"))
        write_settings(self._folder, modules, self._addresses)
        self._process = await asyncio.create_subprocess_exec(
            program,
            "-F",
            str(self._folder),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            process_group=0,
        )
        self._socket = await asyncio.wait_for(self._connect(), START_SECONDS)
        self._reading = asyncio.create_task(self._read(self._socket))
        await self.ask({"janus": "ping"})
        self._serving = True

    async def stop(self) -> None:
        self._serving = False
        if self._reading:
            self._reading.cancel()
            self._reading = None
        self._disconnect()
        if self._process and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), STOP_SECONDS)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    async def ask(self, message: dict[str, Any], *, until_event: bool = False) -> dict[str, Any]:
        """The answer; ``until_event`` goes past the "ack" to the plugin's own. Raises JanusRefused, CarrierGone."""
        if self._socket is None:
            raise CarrierGone("Janus is gone")
        number = f"w{next(self._numbers)}"
        waiting = self._waiting[number] = asyncio.get_running_loop().create_future()
        waiting.until_event = until_event  # type: ignore[attr-defined]
        try:
            await asyncio.get_running_loop().sock_sendall(
                self._socket, json.dumps({**message, "transaction": number}).encode()
            )
            answer = await asyncio.wait_for(waiting, ANSWER_SECONDS)
        except TimeoutError:
            raise JanusRefused("no answer in time") from None
        except OSError:
            raise CarrierGone("Janus is gone") from None
        finally:
            self._waiting.pop(number, None)
        if answer["janus"] == "error":
            raise JanusRefused(str(answer.get("error", {}).get("reason", "")))
        return answer

    async def _connect(self) -> socket.socket:
        assert self._process and self._folder
        loop = asyncio.get_running_loop()
        while True:
            if self._process.returncode is not None:
                raise CarrierGone("Janus ended at once")
            link = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            link.setblocking(False)
            try:
                await loop.sock_connect(link, str(self._folder / "api"))
                return link
            except OSError:
                link.close()
                await asyncio.sleep(0.05)

    async def _read(self, link: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        with contextlib.suppress(OSError):
            while packet := await loop.sock_recv(link, MESSAGE_AT_MOST):
                with contextlib.suppress(ValueError):
                    self._hear(json.loads(packet))
        self._disconnect()
        if self._serving:
            self._ended("Janus is gone")

    def _hear(self, said: dict[str, Any]) -> None:
        waiting = self._waiting.get(str(said.get("transaction", "")))
        if waiting is None or waiting.done():
            self._event(said)
        elif said["janus"] != "ack" or not waiting.until_event:  # type: ignore[attr-defined]
            waiting.set_result(said)

    def _disconnect(self) -> None:
        link, self._socket = self._socket, None
        if link:
            link.close()
        for waiting in tuple(self._waiting.values()):
            if not waiting.done():
                waiting.set_exception(CarrierGone("Janus is gone"))


def modules_folder() -> Path | None:
    """The folder of Janus' modules that has NoSIP in it."""
    for root in MODULES:
        for found in [*sorted(root.glob("*/janus")), root / "janus", root]:
            if any((found / "plugins").glob("libjanus_nosip.so*")):
                return found
    return None


def write_settings(folder: Path, modules: Path, addresses: tuple[str, ...]) -> None:
    """Janus' files: everything but NoSIP and the Unix socket is off."""
    only = f'  ice_enforce_list = "{",".join(addresses)}"' if addresses else ""
    filled = SETTINGS.format(
        folder=folder,
        modules=modules,
        only=only,
        other_plugins=_others(modules / "plugins", "libjanus_nosip.so"),
        other_transports=_others(modules / "transports", "libjanus_pfunix.so"),
    )
    (folder / "janus.jcfg").write_text(filled)
    (folder / "janus.plugin.nosip.jcfg").write_text(NOSIP.format())
    (folder / "janus.transport.pfunix.jcfg").write_text(PFUNIX.format(folder=folder))


def _others(folder: Path, but: str) -> str:
    return ",".join(sorted(file.name for file in folder.glob("*.so") if file.name != but))
