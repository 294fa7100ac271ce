"""The practice post office and the practice push service as processes, with their switches, for tests and stories."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

SOURCE = Path(__file__).parents[2] / "src"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Practice:
    """A process of the world outside, at ``url``."""

    module: str
    words: list[str]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", self.module, "--port", str(self.port), *self.words]
        environment = {**os.environ, "PYTHONPATH": str(SOURCE), **self.environment}
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        ends = time.monotonic() + 20
        while time.monotonic() < ends:
            with contextlib.suppress(httpx.HTTPError):
                httpx.get(f"{self.url}/health", trust_env=False)
                return
            time.sleep(0.05)
        raise TimeoutError(f"{self.module} did not start")

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process:
            self.process.send_signal(how)
            self.process.wait(10)
            self.process = None

    def fault(self, **switches: object) -> None:
        httpx.post(f"{self.url}/faults", json=switches, trust_env=False).raise_for_status()

    def all_well(self) -> None:
        httpx.delete(f"{self.url}/faults", trust_env=False).raise_for_status()

    def received(self, to: str = "") -> list[dict[str, Any]]:
        answer = httpx.get(f"{self.url}/received", params={"to": to} if to else {}, trust_env=False)
        return list(answer.json())


@dataclass
class PostOffice(Practice):
    """Texts over HTTP, mail over SMTP."""

    mail_port: int = field(default_factory=free_port)

    @property
    def smtp(self) -> str:
        return f"smtp://127.0.0.1:{self.mail_port}"


@contextmanager
def post_office(folder: Path, receipt_secret: str = "") -> Iterator[PostOffice]:
    """With a secret it tells the sender what became of a text, signed."""
    office = PostOffice("walletdesk_sandbox.sms", [], environment={"SANDBOX_RECEIPT_SECRET": receipt_secret})
    office.words = ["--smtp-port", str(office.mail_port), "--data", str(folder / "post.sqlite3")]
    office.start()
    try:
        yield office
    finally:
        office.end()


@dataclass
class PushService(Practice):
    def subscription(self, key: str) -> dict[str, str]:
        """A browser that let the owner of ``key`` push to it."""
        answer = httpx.post(f"{self.url}/subscriptions", json={"key": key}, trust_env=False)
        return dict(answer.json())

    def leaves(self, its_id: str) -> None:
        httpx.delete(f"{self.url}/subscriptions/{its_id}", trust_env=False).raise_for_status()


@contextmanager
def push_service() -> Iterator[PushService]:
    service = PushService("walletdesk_sandbox.push", [])
    service.start()
    try:
        yield service
    finally:
        service.end()
