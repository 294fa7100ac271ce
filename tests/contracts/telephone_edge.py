"""The edge for the tests: Kamailio and rtpengine themselves, with the files of deploy/kamailio, on this machine."""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

from tests.contracts.telephones import free_port, until

PROGRAMS = ("kamailio", "rtpengine", "baresip", "openssl")
SHIPPED = Path(__file__).parents[2] / "deploy" / "kamailio"


def missing(*programs: str) -> str:
    """Those of them that are not installed here, for the reason of a test that is not run."""
    return ", ".join(name for name in programs if not shutil.which(name))


def shipped(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    """A shipped file with this machine's addresses in it."""
    text = (SHIPPED / name).read_text()
    for pattern, instead in changes:
        text, found = re.subn(pattern, instead, text)
        assert found, f"{name} has no {pattern} any more"
    (folder / name).write_text(text)
    return folder / name


async def heard_on(port: int, kind: int) -> None:
    """Until a TCP port listens (or a UDP port is taken)."""

    def there() -> bool:
        with socket.socket(socket.AF_INET, kind) as probe:
            if kind == socket.SOCK_STREAM:
                return probe.connect_ex(("127.0.0.1", port)) == 0
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                return True
            return False

    await until(there, f"port {port}")


@contextlib.asynccontextmanager
async def program(log: Path, *command: str) -> AsyncIterator[None]:
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(*command, stdout=out, stderr=subprocess.STDOUT)
    try:
        yield
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


@contextlib.asynccontextmanager
async def edge(folder: Path, desk: str, *, inside: int = 0, trunk: str = "") -> AsyncIterator[int]:
    """Kamailio and rtpengine before the desk at this host:port; yields the port of TLS."""
    tls, inside, control = free_port(), inside or free_port(), free_port()
    certificate = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    subprocess.run(
        [*certificate, "-keyout", folder / "edge.key", "-out", folder / "edge.pem"], check=True, capture_output=True
    )
    rtp = shipped(folder, "rtpengine.conf", (r"203\.0\.113\.10", "127.0.0.1"), ("2223", str(control)))
    authorities = ("/etc/ssl/certs/ca-certificates.crt", str(folder / "edge.pem"))
    trust = shipped(folder, "tls.cfg", ("/etc/kamailio/edge", str(folder / "edge")), authorities)
    words = {
        "OUTSIDE": f"tls:127.0.0.1:{tls}",
        "INSIDE": f"udp:127.0.0.1:{inside}",
        "DESK": f'"sip:{desk}"',
        "LISTED": '"127.0.0.0/8"',
        "RTPENGINE": f'"udp:127.0.0.1:{control}"',
        "TLS_CONFIG": f'"{trust}"',
        "TRUNK": f'"{trunk or "sip:127.0.0.1:9"}"',
    }
    told = [part for name, value in words.items() for part in ("-A", f"{name}={value}")]
    kamailio = (
        "kamailio",
        "-f",
        str(SHIPPED / "kamailio.cfg"),
        "-DD",
        "-E",
        "-Y",
        str(folder),
        "-P",
        str(folder / "pid"),
    )
    async with program(folder / "rtpengine.log", "rtpengine", "--config-file", str(rtp)):
        await heard_on(control, socket.SOCK_DGRAM)
        async with program(folder / "kamailio.log", *kamailio, *told):
            await heard_on(tls, socket.SOCK_STREAM)
            yield tls
