"""What the commands share: the data folder, variables for children, and steps that print how long they took."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from walletdesk.project.processes import database, schema_state
from walletdesk.project.processes.data_folder import data_folder, held, secret_keys
from walletdesk.project.processes.database import Database
from walletdesk.project.processes.trouble import Trouble


def say(words: str) -> None:
    print(words, flush=True)


@contextlib.contextmanager
def step(name: str) -> Iterator[list[str]]:
    """Print ``name``, what was put into the list, and the seconds it took."""
    started = time.monotonic()
    details: list[str] = []
    yield details
    detail = f"  {details[0]}" if details else ""
    say(f"  {name:<12}{time.monotonic() - started:6.1f} s{detail}")


def environment(where: Database, folder: Path, *, owner: bool = False, **more: str) -> dict[str, str]:
    """Variables for a child: ours, without the owner's address unless it is for the owner, and the installation's."""
    (folder / "static").mkdir(exist_ok=True)
    ours = {k: v for k, v in os.environ.items() if k not in ("DATABASE_OWNER_URL", "WALLETDESK_DB_ROLE")}
    return {
        **ours,
        "DJANGO_SETTINGS_MODULE": "walletdesk.project.settings",
        "WALLETDESK_DATA": str(folder),
        **secret_keys(folder),
        **where.environment(owner=owner),
        **more,
    }


def python(*words: str) -> list[str]:
    return [sys.executable, "-m", *words]


def walletdesk(*words: str) -> list[str]:
    return python("walletdesk.project.command", *words)


def migrate(where: Database, folder: Path) -> str:
    """Bring the schema up to date as the owner, in a process of its own. Raises Trouble with its last words."""
    if schema_state.is_current(where.owner_url):
        return "nothing to apply"
    as_owner = environment(where, folder, owner=True)
    done = subprocess.run(python("walletdesk.project.migrate"), env=as_owner, capture_output=True, text=True)
    if done.returncode:
        raise Trouble(f"The migrations failed:\n{(done.stdout + done.stderr).strip()[-3000:]}")
    return f"{done.stdout.count('... OK')} migrations applied"


@contextlib.contextmanager
def database_for_a_while() -> Iterator[tuple[Database, Path]]:
    """The running database; or start it, lend it, stop it. Raises Trouble of any kind that stands in the way."""
    folder = data_folder()
    if running := database.attach(folder):
        yield running, folder
        return
    with held(folder):
        where = database.start(folder)
        try:
            yield where, folder
        finally:
            where.stop()
