"""The command ``walletdesk`` as an operator types it: real processes, a data folder of its own, nothing left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from walletdesk.project.city.people import DEMO_PASSWORD
from walletdesk.project.commands.installation import walletdesk

pytestmark = pytest.mark.serial


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="wd-commands-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


def environment(folder: Path) -> dict[str, str]:
    given = {**os.environ, "WALLETDESK_DATA": str(folder), "WALLETDESK_HOTLINE": "off"}
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "WALLETDESK_POSTGRES"):
        given.pop(name, None)
    return given


def command(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(walletdesk(*words), env=environment(folder), capture_output=True, text=True, timeout=180)


def servers_of(folder: Path) -> list[int]:
    """Living processes whose command line names the folder."""
    found = []
    for one in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(folder).encode() in one.read_bytes():
                found.append(int(one.parent.name))
        except OSError:
            continue
    return [pid for pid in found if pid != os.getpid()]


def test_a_database_is_brought_up_looked_into_checked_and_taken_down(folder: Path) -> None:
    up = command(folder, "db", "up")
    assert up.returncode == 0, up.stderr
    assert "export DATABASE_URL=" in up.stdout
    migrated = command(folder, "db", "migrate")
    assert migrated.returncode == 0, migrated.stderr
    asked = command(folder, "db", "shell", "-Atc", "SELECT 41 + 1, current_user")
    assert asked.stdout.strip() == "42|walletdesk_app", asked.stderr
    books = command(folder, "verify-books")
    assert books.returncode == 0, books.stderr
    assert "The books are true." in books.stdout
    down = command(folder, "db", "down")
    assert "PostgreSQL is stopped." in down.stdout
    assert "No PostgreSQL runs here." in command(folder, "db", "down").stdout
    assert servers_of(folder) == []


def test_an_installation_serves_and_leaves_nothing_when_it_is_told_to_stop(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    serving = subprocess.Popen(
        walletdesk("serve", "--port", str(port)), env=environment(folder), stdout=subprocess.PIPE, text=True
    )
    try:
        assert answers(f"http://127.0.0.1:{port}/live/healthz", serving)
        second = command(folder, "serve", "--port", str(port + 1))
        assert second.returncode == 1
        assert "already runs" in second.stderr
    finally:
        serving.send_signal(signal.SIGINT)
        said, _ = serving.communicate(timeout=60)
    assert serving.returncode == 0, said
    assert servers_of(folder) == []


def answers(address: str, serving: subprocess.Popen[str]) -> bool:
    ends = time.monotonic() + 120
    while time.monotonic() < ends and serving.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            time.sleep(0.1)
    return False


def test_who_can_sign_in_to_the_demo_is_said_without_starting_anything(folder: Path) -> None:
    said = command(folder, "seed", "--who")
    assert said.returncode == 0
    assert "lin.xiaoyu@demo.example" in said.stdout
    assert DEMO_PASSWORD in said.stdout
    assert not list(folder.iterdir())
