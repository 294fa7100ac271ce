"""Ports: a free one, and whether a wanted one is taken."""

from __future__ import annotations

import socket

from walletdesk.project.processes.trouble import PortTaken


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def require_free(host: str, port: int, setting: str) -> None:
    """Raise PortTaken, naming the ``setting`` that chooses another one."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise PortTaken(
                f"Port {port} on {host} is taken by another program. Stop it, or choose another: {setting}"
            ) from taken
