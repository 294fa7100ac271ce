"""The product's processes, started warm: a process of ours has read everything and is forked for each start that a story needs.

Reading two thousand modules, building the routes and compiling the templates takes three seconds of a core, and thirty stories
start three processes each. What is forked is the product as it stands: it reads its own settings, opens its own connections and
runs the same commands. What a module takes from the environment while it is read cannot be given this way: ``suits`` says no,
and the start is cold, as a user's is. The starts of ``tests/faults`` are cold; only R18's hotline, which is killed there, is not.
"""

from __future__ import annotations

import atexit
import functools
import gc
import json
import os
import pkgutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from importlib import import_module, reload
from pathlib import Path
from typing import Any

COMMAND = [sys.executable, "-m", "walletdesk.project.command"]
WORDS = {"web", "worker", "hotline"}
READ_AT_IMPORT = ("WALLETDESK_LIVE_", "WALLETDESK_KILL_AT", "WALLETDESK_DEMO")
A_MOMENT = 0.02


def suits(command: list[str], environment: Mapping[str, str]) -> bool:
    """Whether a warm start is the same as a cold one."""
    ours = command[:3] == COMMAND and command[3] in WORDS and environment.get("WALLETDESK_HTTPS") == "0"
    return ours and not any(name.startswith(READ_AT_IMPORT) for name in environment)


class WarmChild:
    """As much of ``subprocess.Popen`` as whoever starts the product uses. Its parent is the warm process, which is asked."""

    def __init__(self, stove: Stove, pid: int) -> None:
        self.pid, self._stove, self._code = pid, stove, None

    def poll(self) -> int | None:
        if self._code is None:
            self._code = self._stove.asked(poll=self.pid)
        return self._code

    def wait(self, timeout: float | None = None) -> int:
        deadline = time.monotonic() + (timeout if timeout is not None else 1e9)
        while (code := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            time.sleep(A_MOMENT)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Stove:
    """This side of the warm process: one line of JSON asked, one answered."""

    def __init__(self) -> None:
        environment = os.environ | {"WALLETDESK_HTTPS": "0", "DJANGO_SETTINGS_MODULE": "walletdesk.project.settings"}
        self._lock, self._log = threading.Lock(), Path(tempfile.gettempdir()) / f"walletdesk-warm-{os.getpid()}.log"
        with self._log.open("wb") as said:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.warm_start"],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
                start_new_session=True,
            )
        atexit.register(self._process.communicate)

    def asked(self, **question: Any) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        with self._lock:
            print(json.dumps(question), file=self._process.stdin, flush=True)
            answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the warm process ended, {self._process.wait()}: {self._log.read_text()}")
        return json.loads(answer)

    def start(self, command: list[str], environment: Mapping[str, str], log: Path) -> WarmChild:
        log.touch()
        return WarmChild(self, self.asked(start=command[3:], environment=dict(environment), log=str(log)))


@functools.cache
def stove() -> Stove:
    """One for each process of tests that needs it; it ends with them."""
    return Stove()


# ---- the warm process ----


def serve() -> None:
    warm_up()
    codes: dict[int, int | None] = {}
    while line := sys.stdin.readline():
        question = json.loads(line)
        if "start" in question:
            answer: int | None = fork(question)
            codes[answer] = None
        else:
            answer = code_of(question["poll"], codes)
        print(json.dumps(answer), flush=True)
    for pid in codes:
        if code_of(pid, codes) is None:
            os.killpg(pid, signal.SIGKILL)


def warm_up() -> None:
    import django

    django.setup()
    from django.template import engines
    from django.urls import get_resolver

    for name in ("doors.live.app", "doors.rest_api.app", "project.page_bridge", "project.worker", "project.hotline"):
        import_module(f"walletdesk.{name}")
    for one in pkgutil.iter_modules(import_module("walletdesk.project.commands").__path__):
        import_module(f"walletdesk.project.commands.{one.name}")
    import_module("granian.cli")
    get_resolver().url_patterns  # noqa: B018  (reads the pages of all doors)
    for name in templates():
        engines["django"].get_template(name)
    gc.collect()
    gc.freeze()
    assert threading.active_count() == 1, "threads do not survive a fork"


def templates() -> list[str]:
    doors = Path(import_module("walletdesk.doors").__path__[0])
    found = (file.relative_to(folder) for folder in doors.glob("*/templates") for file in folder.rglob("*.html"))
    return sorted({str(name) for name in found})


def fork(question: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        become(question["environment"], question["log"])
        code = run(question["start"])
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def become(environment: dict[str, str], log: str) -> None:
    """A process of its own: session, environment, output, and settings read again."""
    os.setsid()
    nothing, said = os.open(os.devnull, os.O_RDONLY), os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    for given, ours in ((nothing, 0), (said, 1), (said, 2)):
        os.dup2(given, ours)
    os.environ.clear()
    os.environ.update(environment)
    from django.conf import settings
    from django.core.cache import caches
    from django.core.files.storage import storages
    from django.db import connections

    fresh = reload(import_module("walletdesk.project.settings"))
    for name in dir(fresh):
        if name.isupper():
            setattr(settings, name, getattr(fresh, name))
    for handler in (connections, caches):
        handler.__dict__.pop("settings", None)
        handler._settings = None
    storages.__dict__.pop("backends", None)
    storages.__init__()
    import_module("walletdesk.project.ports").join()


def run(words: list[str]) -> int:
    from walletdesk.project.command import main
    from walletdesk.project.commands import web

    web.os.execv = in_this_process  # type: ignore[attr-defined]
    return main(words)


def in_this_process(program: str, words: list[str]) -> None:
    """``exec`` of "python -m module words" without beginning anew."""
    import runpy

    sys.argv = words[2:]
    runpy.run_module(words[2], run_name="__main__", alter_sys=True)


def code_of(pid: int, codes: dict[int, int | None]) -> int | None:
    if codes.get(pid) is None:
        found, status = os.waitpid(pid, os.WNOHANG)
        codes[pid] = os.waitstatus_to_exitcode(status) if found else None
    return codes[pid]


if __name__ == "__main__":
    serve()
