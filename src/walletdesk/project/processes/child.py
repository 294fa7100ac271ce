"""One child process of the supervisor: started in a group of its own, stopped with TERM, 5 s, KILL.

A group of its own, so that Ctrl-C reaches the supervisor alone and the order of stopping is the supervisor's. Should the
supervisor be killed, Linux sends its children TERM.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

GRACE = 5.0
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """``log`` is where its output goes; ``None``: to ours."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path | None = None
    process: subprocess.Popen[bytes] | None = None
    died_at: list[float] = field(default_factory=list)

    def start(self) -> None:
        output = self.log.open("ab") if self.log else None
        try:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=self.environment,
                process_group=0,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )
        finally:
            if output:
                output.close()

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        if self.alive and self.process:
            self._signal(signal.SIGTERM)

    def wait_or_kill(self, deadline: float) -> bool:
        """Wait until ``deadline`` (monotonic), then kill the whole group. True when it had to be killed."""
        if self.process is None:
            return False
        killed = False
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            killed = True
        # Its own children (server workers) may have outlived it: the group is swept in any case.
        self._signal(signal.SIGKILL)
        self.process.wait()
        return killed

    def last_words(self, lines: int = 12) -> str:
        if not self.log or not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def _signal(self, number: signal.Signals) -> None:
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


def stop_all(children: list[Child], grace: float = GRACE) -> list[str]:
    """TERM to all at once, one common grace, KILL. Returns the names of those that had to be killed."""
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + grace
    return [child.name for child in children if child.wait_or_kill(deadline)]


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
