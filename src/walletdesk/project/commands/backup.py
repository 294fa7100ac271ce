"""Backup into one file, and back. pg_dump and pg_restore come from where PostgreSQL came from."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from walletdesk.project.commands.installation import walletdesk
from walletdesk.project.processes import database_roles
from walletdesk.project.processes.database import Database
from walletdesk.project.processes.trouble import Trouble

SCHEMA_ITSELF = re.compile(r" (COMMENT|ACL)? ?-? ?SCHEMA (- )?public ")
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"


def write(where: Database, target: str) -> int:
    """Everything in ``target``, complete or not at all; its size in bytes. Raises Trouble."""
    fresh = Path(target + ".part")
    fresh.touch(mode=0o600)
    try:
        _run(
            [
                _program(where, "pg_dump"),
                "--format=custom",
                "--compress=6",
                f"--file={fresh}",
                f"--dbname={where.owner_url}",
            ]
        )
        fresh.rename(target)
    finally:
        fresh.unlink(missing_ok=True)
    return Path(target).stat().st_size


def bring_back(where: Database, source: str) -> None:
    """Fill an empty database from ``source``, in one transaction. Raises Trouble: no such file, not empty, not readable."""
    if not Path(source).is_file():
        raise Trouble(f"{source} is not a file.")
    with psycopg.connect(where.owner_url, autocommit=True) as connection:
        row = connection.execute(TABLES).fetchone()
    if row and row[0]:
        raise Trouble(
            f"This database has {row[0]} tables already. Restore goes into an empty one: name a new folder with WALLETDESK_DATA."
        )
    owner, app = (conninfo_to_dict(url)["user"] for url in (where.owner_url, where.app_url))
    with psycopg.connect(where.owner_url, autocommit=True) as connection:
        database_roles.forget_defaults(connection, str(owner), str(app))
    # The extensions stand already, made by the superuser; their comments are not the owner's to set.
    listing = _run([_program(where, "pg_restore"), "--list", source])
    wanted = [line for line in listing.splitlines() if " EXTENSION " not in line and not SCHEMA_ITSELF.search(line)]
    chosen = Path(source + ".list")
    try:
        chosen.write_text("\n".join(wanted) + "\n")
        command = [_program(where, "pg_restore"), "--single-transaction", "--exit-on-error"]
        _run([*command, f"--use-list={chosen}", f"--dbname={where.owner_url}", source])
    finally:
        chosen.unlink(missing_ok=True)


def checker() -> list[str]:
    return walletdesk("verify-books", "--here")


def _program(where: Database, name: str) -> str:
    if where.running:
        return where.running.cluster.binaries.program(name)
    if found := shutil.which(name):
        return found
    raise Trouble(f"{name} is not on the PATH; it comes with PostgreSQL's client programs.")


def _run(command: list[str]) -> str:
    quiet = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    done = subprocess.run(command, env=quiet, capture_output=True, text=True)
    if done.returncode:
        raise Trouble(f"{Path(command[0]).name} failed: {done.stderr.strip()[-1500:]}")
    return done.stdout
