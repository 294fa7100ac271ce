"""Run a program beside a throw-away PostgreSQL: walletdesk with-postgres -- pytest tests/rooms

The cluster stands in a temporary folder, in memory where there is room, without fsync (it need not survive anything);
DATABASE_URL, DATABASE_OWNER_URL and DATABASE_SUPERUSER_URL are set; afterwards nothing is left.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from walletdesk.project.commands.installation import say
from walletdesk.project.processes import database, database_roles
from walletdesk.project.processes.supervisor import interruptible
from walletdesk.project.processes.trouble import Interrupted

CARELESS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "300",
    "shared_buffers": "256MB",  # each dropped database walks through all of it
    "max_wal_size": "512MB",  # it may stand in memory
    "min_wal_size": "128MB",
}
MEMORY = Path("/dev/shm")  # noqa: S108  (a fresh folder of our own is made in it)
ROOM = 3 * 2**30
"""A cluster for tests with all its clones and its log stays under 2 GB."""

GRACE_SECONDS = 30.0


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--durable", action="store_true", help="with fsync, as in earnest (benchmarks)")
    parser.add_argument("program", nargs=argparse.REMAINDER)


def run(arguments: argparse.Namespace) -> int:
    program = arguments.program[1:] if arguments.program[:1] == ["--"] else arguments.program
    folder = Path(tempfile.mkdtemp(prefix="walletdesk-", dir=None if arguments.durable else in_memory()))
    if os.geteuid() == 0:
        folder.chmod(0o711)
    forced = os.environ.pop("DATABASE_URL", None) if os.environ.get("WALLETDESK_POSTGRES") != "url" else None
    with interruptible():
        where = running = None
        try:
            where = database.start(folder, {} if arguments.durable else CARELESS)
            say(where.words + (" (DATABASE_URL is not used here)" if forced else ""))
            given = where.environment(owner=False) | {"DATABASE_OWNER_URL": where.owner_url}
            if where.running:
                _let_owner_make_databases(where)
                given["DATABASE_SUPERUSER_URL"] = where.running.url("postgres", "postgres")
            running = subprocess.Popen(program, env={**os.environ, **given})
            return running.wait()
        except Interrupted:
            _end(running)
            return 130
        finally:
            if where:
                where.stop()
            shutil.rmtree(folder, ignore_errors=True)


def in_memory(place: Path = MEMORY) -> Path | None:
    """The memory disk, where there is one with room and programs may be started from it (a wheel's PostgreSQL may be copied
    there). A database of a thousand files is cloned for two hundred tests: on a disk that takes a second each, here a tenth.
    """
    try:
        seen = os.statvfs(place)
    except OSError:
        return None
    fits = seen.f_bavail * seen.f_frsize >= ROOM and not seen.f_flag & os.ST_NOEXEC
    return place if fits and os.access(place, os.W_OK | os.X_OK) else None


def _end(program: subprocess.Popen[bytes] | None) -> None:
    """Nothing goes on against a database that is gone; a terminal has told the program already, a supervisor has not."""
    if program is None or program.poll() is not None:
        return
    program.send_signal(signal.SIGINT)
    try:
        program.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        program.kill()


def _let_owner_make_databases(where: database.Database) -> None:
    """Tests clone databases; extensions wait in the template so that clones have them."""
    if where.running:
        with where.running.superuser("postgres") as connection:
            connection.execute(f"ALTER ROLE {database_roles.OWNER} CREATEDB")
            connection.execute(f"GRANT pg_signal_backend TO {database_roles.OWNER}")
        with where.running.superuser("template1") as connection:
            for extension in database_roles.EXTENSIONS:
                connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
