"""Serve pages, live updates, or both on one port, in this process (the supervisor's child).

--part both    pages and live in one ASGI process (demo, small installs)
--part pages   Django alone, WSGI
--part live    live updates and /v1, ASGI
--part api     /v1 alone, ASGI: as many of them beside each other as are needed
"""

from __future__ import annotations

import argparse
import os
import resource
import sys

APPLICATIONS = {
    "both": ("asgi", "walletdesk.project.asgi:application"),
    "pages": ("wsgi", "walletdesk.project.wsgi:application"),
    "live": ("asgi", "walletdesk.project.asgi:live_alone"),
    "api": ("asgi", "walletdesk.project.asgi:api_alone"),
}
PATIENCE = {"--http1-header-read-timeout": "10000", "--workers-kill-timeout": "3s"}
CONNECTIONS, BACKLOG, OTHER_FILES = 2_048, 1_024, 256
"""Open at once in one process, and not yet taken. The server takes no connection beyond the first figure until another ends, so it
is well above what a full house holds: whoever cannot be served is to hear so, not to wait at the door."""
THREADS = 12
"""Page threads of one process; below WALLETDESK_DB_POOL, so a page never waits for a connection of its own process."""


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--part", choices=APPLICATIONS, default="both")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1)


def run(arguments: argparse.Namespace) -> int:
    interface, application = APPLICATIONS[arguments.part]
    command = server(interface, application, arguments.host, arguments.port, arguments.workers)
    os.execv(sys.executable, command)  # noqa: S606  (the supervisor's child becomes the server)
    return 1


def server(interface: str, application: str, host: str, port: int, workers: int) -> list[str]:
    """The command that serves an application as all of ours are served."""
    command = [sys.executable, "-m", "granian", "--interface", interface, "--http", "1"]
    command += ["--host", host, "--port", str(port), "--workers", str(workers), "--log-level", "warning"]
    command += [word for pair in PATIENCE.items() for word in pair]
    if interface == "wsgi":
        command += ["--no-ws", "--blocking-threads", str(THREADS), "--backlog", "1024"]
    else:
        command += ["--backpressure", str(_connections()), "--backlog", str(BACKLOG)]
    return [*command, application]


def _connections() -> int:
    """As many as this process may have files open; as many files as it may are asked for."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wished = CONNECTIONS + OTHER_FILES
    given = wished if most == resource.RLIM_INFINITY else min(wished, most)
    if now != resource.RLIM_INFINITY and now < given:
        resource.setrlimit(resource.RLIMIT_NOFILE, (given, most))
    return max(128, given - OTHER_FILES)
