"""The data folder of an installation: ``.walletdesk`` beside the program, or ``WALLETDESK_DATA``.

It holds the private cluster, the secret key, mail of the demo, logs. One supervisor at a time holds its lock.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from walletdesk.foundation.key_files.public import lines_before
from walletdesk.project.processes.postgres_cluster import write_private
from walletdesk.project.processes.trouble import AlreadyRunning

KEY_SETTING = "WALLETDESK_SECRET_KEY"
KEY_FILE = "secret-key"


def data_folder() -> Path:
    """The absolute path, made when absent."""
    folder = Path(os.environ.get("WALLETDESK_DATA", ".walletdesk")).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_keys(folder: Path) -> dict[str, str]:
    """The key that signs cookies and tickets: from the environment, else made once and kept 0600. With those before it."""
    if given := os.environ.get(KEY_SETTING):
        return {KEY_SETTING: given, f"{KEY_SETTING}_BEFORE": os.environ.get(f"{KEY_SETTING}_BEFORE", "")}
    path = folder / KEY_FILE
    if not path.exists():
        write_private(path, new_secret_key())
    return {KEY_SETTING: path.read_text().strip(), f"{KEY_SETTING}_BEFORE": ",".join(lines_before(path))}


def new_secret_key() -> str:
    return secrets.token_urlsafe(48)


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """The sole right to start processes for this folder; the kernel gives it back when we die. Raises AlreadyRunning."""
    with (folder / "supervisor.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise AlreadyRunning(
                f"Walletdesk already runs on {folder} (process {lock.read().strip()}). Stop that one first."
            ) from None
        lock.seek(0)
        lock.truncate()
        lock.write(str(os.getpid()))
        lock.flush()
        yield
