"""Children and their end: TERM, patience, KILL; nothing is left; one that keeps dying stops everything."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from walletdesk.project.processes import supervisor
from walletdesk.project.processes.child import Child, stop_all
from walletdesk.project.processes.database import Database
from walletdesk.project.processes.first_page import wait_for_page
from walletdesk.project.processes.open_port import free_port, require_free
from walletdesk.project.processes.trouble import PortTaken, Trouble

NO_DATABASE = Database("", "", "none")


def python(program: str, log: Path | None = None) -> Child:
    return Child("child", [sys.executable, "-c", program], dict(os.environ), log)


def said(child: Child, words: str) -> None:
    """Wait until the child has written ``words`` into its log."""
    assert child.log
    deadline = time.monotonic() + 20
    while words not in (child.log.read_text() if child.log.exists() else ""):
        assert time.monotonic() < deadline, "the child never said it"
        time.sleep(0.01)


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    # A zombie that nobody has collected yet is gone, too.
    return ") Z " in Path(f"/proc/{pid}/stat").read_text()


def test_a_child_that_obeys_is_not_killed(tmp_path: Path) -> None:
    child = python("import signal; print('ready', flush=True); signal.pause()", tmp_path / "log")
    child.start()
    said(child, "ready")
    assert stop_all([child], grace=5) == []
    assert child.process
    assert child.process.returncode == -signal.SIGTERM


def test_a_child_that_ignores_term_is_killed_with_its_own_children(tmp_path: Path) -> None:
    stubborn = "import signal; signal.signal(15, signal.SIG_IGN)\n"
    program = stubborn + "import os\npid = os.fork()\nprint('born', pid, flush=True) if pid else None\nsignal.pause()"
    child = python(program, tmp_path / "log")
    child.start()
    said(child, "born")
    grandchild = int((tmp_path / "log").read_text().split()[1])
    assert stop_all([child], grace=0.2) == ["child"]
    deadline = time.monotonic() + 20
    while not gone(grandchild):
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.skipif(sys.platform != "linux", reason="not run: only Linux tells a child that its parent died")
def test_children_do_not_outlive_a_killed_supervisor(tmp_path: Path) -> None:
    parent = (
        "import os, signal, sys, pathlib\n"
        "from walletdesk.project.processes.child import Child\n"
        "child = Child('c', [sys.executable, '-c', 'import signal; signal.pause()'], dict(os.environ))\n"
        "child.start(); print(child.process.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", parent], capture_output=True, text=True)
    deadline = time.monotonic() + 20
    while not gone(int(done.stdout)):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_child_that_keeps_dying_stops_everything_with_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "PAUSES", (0.01,) * 5)
    child = python("raise SystemExit('no such module: gold')", tmp_path / "log")
    child.start()
    announced: list[str] = []
    with pytest.raises(supervisor.KeepsDying, match="no such module: gold"):
        supervisor.watch([child], NO_DATABASE, announced.append)
    assert len(announced) == 4


def test_a_taken_port_is_said_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"Port {port} .* --port 8001"):
            require_free("127.0.0.1", port, "bin/demo --port 8001")


def test_a_page_that_never_comes_is_reported_with_the_last_words(tmp_path: Path) -> None:
    child = python("print('cannot bind', flush=True)", tmp_path / "log")
    child.start()
    assert child.process
    child.process.wait()
    with pytest.raises(Trouble, match="cannot bind"):
        wait_for_page("127.0.0.1", free_port(), child, seconds=5)
