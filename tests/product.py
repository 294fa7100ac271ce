"""The running product for stories: its own database, sandbox bank, pages with live updates, and worker, as processes.

with running_product() as product:
    product.url                       http://localhost:…
    product.bank.faults(decline=1)    the outside world misbehaves on demand
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from django.conf import settings

from tests.databases import FreshDatabase, cloned, django_on
from tests.warm_start import WarmChild, stove, suits

PATIENCE = 30.0
Child = subprocess.Popen[bytes] | WarmChild


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class RunningProduct:
    url: str
    bank_url: str
    folder: Path
    environment: dict[str, str]

    def bank_misbehaves(self, **faults: object) -> None:
        """``POST /faults`` of the sandbox bank."""
        httpx.post(f"{self.bank_url}/faults", json=faults).raise_for_status()

    def bank_is_well(self) -> None:
        httpx.delete(f"{self.bank_url}/faults").raise_for_status()

    def logs(self) -> str:
        return "\n".join(f"== {log.name}\n{log.read_text()[-3000:]}" for log in sorted(self.folder.glob("*.log")))


@contextmanager
def process(name: str, command: list[str], environment: dict[str, str], folder: Path) -> Iterator[Child]:
    """A child that is asked to stop, then made to; its output in ``<name>.log``."""
    child = started(command, environment, folder / f"{name}.log")
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(8)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait(5)


def started(command: list[str], environment: dict[str, str], log: Path) -> Child:
    """In a session of its own; warm where that is the same."""
    if suits(command, environment):
        return stove().start(command, environment, log)
    with log.open("wb") as said:
        return subprocess.Popen(command, env=environment, stdout=said, stderr=said, start_new_session=True)


def answers(url: str, child: Child, log: Path) -> None:
    """Wait until ``url`` answers anything at all; fail with the log when the child ends or the deadline passes."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if child.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=5)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{url} did not answer\n{log.read_text()[-3000:]}")


@contextmanager
def running_product(database: FreshDatabase, environment: Mapping[str, str] | None = None) -> Iterator[RunningProduct]:
    """Bank, pages with live updates, and worker over this database, until the end of the block; with more settings if
    ``environment`` names some."""
    more = environment or {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="walletdesk-story-")))
        bank_port, port = free_port(), free_port()
        url, bank_url = f"http://localhost:{port}", f"http://127.0.0.1:{bank_port}"
        environment = {
            **database.environment,
            "WALLETDESK_DATA": str(folder),
            "WALLETDESK_BANK_URL": bank_url,
            "WALLETDESK_PUBLIC_URL": url,
            "WALLETDESK_SMS_REPORT_TO": f"{url}/carriers/sms/receipts/",
            "WALLETDESK_HTTPS": "0",
            "WALLETDESK_SECRET_KEY": settings.SECRET_KEY,  # what was sealed before the story opens within it
            "WALLETDESK_BANK_PATIENCE": "2",
            **more,
        }
        commands = {
            "bank": [
                sys.executable,
                "-m",
                "walletdesk_sandbox.bank",
                "--port",
                str(bank_port),
                "--data",
                str(folder / "bank.sqlite3"),
            ],
            "web": [sys.executable, "-m", "walletdesk.project.command", "web", "--port", str(port)],
            "worker": [sys.executable, "-m", "walletdesk.project.command", "worker"],
        }
        children = {
            name: stack.enter_context(process(name, command, environment, folder)) for name, command in commands.items()
        }
        answers(f"{bank_url}/pulls/none", children["bank"], folder / "bank.log")
        answers(f"{url}/live/healthz", children["web"], folder / "web.log")
        yield RunningProduct(url, bank_url, folder, environment)


@contextmanager
def live_part(name: str, **settings: str) -> Iterator[int]:
    """The live part alone, in a process of its own, over a database of its own (``name``); its port."""
    port = free_port()
    with cloned(name) as database, django_on(database), tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "walletdesk.project.command", "web", "--part", "live", "--port", str(port)]
        environment = {**FreshDatabase(database).environment, **settings}
        with process("live", command, environment, Path(folder)) as child:
            answers(f"http://127.0.0.1:{port}/live/healthz", child, Path(folder) / "live.log")
            yield port
