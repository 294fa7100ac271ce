"""Servers of ``/v1`` that are killed and started again, and callers who ask them until they have an answer."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.http_server import children, free_port

from walletdesk.project.commands.installation import walletdesk


class Server:
    """``/v1`` in a process of its own with all its workers, on one port for good: killed, it is started there again."""

    def __init__(self, environment: Mapping[str, str], folder: Path, kill_at: str = "") -> None:
        self.port = free_port()
        self._given = {**environment, "WALLETDESK_KILL_AT": kill_at, "WALLETDESK_API_RATE": "1000000/1",
                       "WALLETDESK_DATA": str(folder), "WALLETDESK_DEMO": "1"}  # fmt: skip
        self._start()

    def _start(self) -> None:
        self.process = subprocess.Popen(
            walletdesk("web", "--part", "api", "--port", str(self.port)),
            env=self._given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def wait_until_open(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("the server did not open")

    def kill(self) -> None:
        """``kill -9`` of it and of its workers; another takes its place."""
        for pid in (self.process.pid, *children(self.process.pid)):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self._start()

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(20)


@contextmanager
def server(environment: Mapping[str, str], folder: Path, kill_at: str = "") -> Iterator[Server]:
    one = Server(environment, folder, kill_at)
    try:
        one.wait_until_open()
        yield one
    finally:
        one.end()


def asked(port: int, request: bytes) -> tuple[int, bytes]:
    """Status and body; (0, b"") when the line broke before there was an answer."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
            line.sendall(request.replace(b"Host: localhost", b"Host: localhost\r\nConnection: close"))
            heard = b""
            while part := line.recv(65_536):
                heard += part
    except OSError:
        return 0, b""
    head, _, body = heard.partition(b"\r\n\r\n")
    return (int(head[9:12]), body) if head else (0, b"")


def answered(ports: Iterable[int], request: bytes) -> tuple[int, bytes]:
    """As a client of good manners: no answer, in flight, busy and unknown are asked again with the same key, at the next
    port. ``ports`` does not end.
    """
    until = time.monotonic() + 60
    for port in ports:
        status, body = asked(port, request)
        if status not in (0, 202, 429, 503) and b"idempotency_key_in_flight" not in body:
            return status, body
        if time.monotonic() > until:
            break
        time.sleep(0.05)
    raise AssertionError(f"no answer: {status} {body[:200]!r}")
