"""A postmaster seen from outside: is one alive for this data folder, and how is it stopped without hitting a stranger.

``postmaster.pid`` outlives a ``kill -9`` and its number may belong to anybody by then. A process counts only when it
works in that very folder: PostgreSQL changes into its data folder and stays there.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path


def living(data: Path) -> int | None:
    """The process id of the postmaster that runs on ``data``, or ``None``."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if pid > 0 and works_in(pid, data) else None


def forget_stranger(data: Path) -> None:
    """Remove a process id file whose number belongs to somebody else's process by now.

    PostgreSQL would take that stranger for itself and refuse to start. A number that belongs to nobody is left to
    PostgreSQL, which then also looks whether an orphan still uses the shared memory.
    """
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return
    if pid > 0 and _exists(pid) and not works_in(pid, data):
        (data / "postmaster.pid").unlink(missing_ok=True)


def works_in(pid: int, data: Path) -> bool:
    """True when ``pid`` is a PostgreSQL that works in ``data``."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink().samefile(data)
    except OSError:
        if Path("/proc/self/cwd").exists():
            return False
    asked = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
    return "postgres" in asked.stdout and str(data) in asked.stdout


def stop(pid: int, grace: float = 15) -> None:
    """Fast shutdown, then immediate. Returns when the process is gone."""
    for order in (signal.SIGINT, signal.SIGQUIT):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, order)
        deadline = time.monotonic() + grace
        while time.monotonic() < deadline:
            if not _exists(pid):
                return
            time.sleep(0.05)


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    with contextlib.suppress(OSError):
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    return True
