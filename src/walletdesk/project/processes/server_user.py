"""Who runs PostgreSQL, and where its folder stands so that this user can reach it.

An ordinary user runs it as themselves, inside the data folder. Root may not run it: it runs as ``postgres`` (or
``nobody``). That user must be able to walk to its folder; a checkout below ``/root`` or a private temporary folder is
closed to it, and opening somebody's folders is not ours to do: then the cluster stands below ``/var/lib/walletdesk``
and a note in the data folder says so.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from walletdesk.project.processes import postmaster

ROOTS_PLACE = Path("/var/lib/walletdesk")


@dataclass(frozen=True)
class ServerUser:
    """The user that PostgreSQL runs as. ``dropped`` is true when we are root and step down to them."""

    name: str
    uid: int
    gid: int
    dropped: bool

    def popen_arguments(self) -> dict[str, Any]:
        """What ``subprocess`` needs to run a program as this user; nothing when it is us."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.dropped else {}

    def can(self, test: str, path: Path) -> bool:
        """Ask the kernel, as this user: ``test`` is ``-r``, ``-w`` or ``-x``."""
        asked = subprocess.run(["/bin/sh", "-c", f'test {test} "$1"', "sh", path], cwd="/", **self.popen_arguments())
        return asked.returncode == 0

    def give(self, path: Path, mode: int) -> None:
        """Make ``path`` this user's, with ``mode``."""
        if self.dropped:
            os.chown(path, self.uid, self.gid)
        path.chmod(mode)


def server_user() -> ServerUser:
    """Ourselves, or the unprivileged user that root steps down to."""
    if os.geteuid() != 0:
        return ServerUser(
            pwd.getpwuid(os.geteuid()).pw_name if _has_name() else str(os.geteuid()), os.geteuid(), os.getegid(), False
        )
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServerUser(name, entry.pw_uid, entry.pw_gid, True)
    return ServerUser("65534", 65534, 65534, True)


def cluster_folder(data_folder: Path, user: ServerUser) -> Path:
    """The absolute folder for the cluster, made, reachable for ``user``; remembered in ``data_folder``."""
    data_folder.mkdir(parents=True, exist_ok=True)
    if user.dropped:
        data_folder.chmod(0o755)
    note = data_folder / "postgres-stands-in"
    if note.exists() and (elsewhere := Path(note.read_text().strip())).is_dir():
        return elsewhere
    here = data_folder / "postgres"
    here.mkdir(exist_ok=True)
    here.chmod(0o755 if user.dropped else 0o700)
    if not user.dropped or user.can("-x", here):
        return here
    here.rmdir()
    _forget_vanished()
    name = f"{data_folder.parent.name}-{hashlib.sha256(str(data_folder).encode()).hexdigest()[:10]}"
    elsewhere = ROOTS_PLACE / name
    elsewhere.mkdir(parents=True, exist_ok=True, mode=0o755)
    (elsewhere / "belongs-to").write_text(str(data_folder))
    note.write_text(str(elsewhere))
    return elsewhere


def _forget_vanished() -> None:
    """Remove demo clusters whose checkout is gone. Only what a demo marked as its own, and only when it does not run."""
    for belongs_to in ROOTS_PLACE.glob("*/belongs-to"):
        folder = belongs_to.parent
        home = Path(belongs_to.read_text().strip())
        if (folder / "demo").exists() and not home.exists() and not postmaster.living(folder / "data"):
            shutil.rmtree(folder, ignore_errors=True)


def _has_name() -> bool:
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        return False
    return True
