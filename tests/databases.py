"""Databases for tests: a migrated template once per state of the migrations, and cheap clones of it.

The server comes from ``DATABASE_OWNER_URL`` and ``DATABASE_URL`` (``bin/test`` starts one). The owner makes and migrates;
the tests run as the application's role, so that a missing privilege is found here and not in production.
"""

from __future__ import annotations

import fcntl
import functools
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connections
from psycopg import sql

from walletdesk.project.processes import schema_state


def with_name(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def owner_url(name: str) -> str:
    return with_name(os.environ["DATABASE_OWNER_URL"], name)


def app_url(name: str) -> str:
    return with_name(os.environ["DATABASE_URL"], name)


def _as_owner(statement: sql.Composed | sql.SQL, database: str = "postgres") -> list[Any]:
    with psycopg.connect(owner_url(database), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def _exists(name: str) -> bool:
    return bool(_as_owner(sql.SQL("SELECT 1 FROM pg_database WHERE datname = {}").format(sql.Literal(name))))


def migrated_template() -> str:
    """The name of the template for the migrations as they stand; made by whichever worker comes first."""
    name = f"walletdesk_test_{schema_state.fingerprint()[:12]}"
    with (Path(tempfile.gettempdir()) / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _exists(name):
            _make_template(name)
    return name


def _make_template(name: str) -> None:
    draft = f"{name}_draft"
    _as_owner(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(draft)))
    _as_owner(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(draft)))
    environment = os.environ | {"DATABASE_OWNER_URL": owner_url(draft), "WALLETDESK_DB_ROLE": "owner"}
    command = [sys.executable, "-m", "walletdesk.project.migrate"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the test template could not be migrated:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    _as_owner(sql.SQL("UPDATE clock_simulation SET allowed = true"), draft)
    _as_owner(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name)))


@contextmanager
def cloned(name: str) -> Iterator[str]:
    """A database like the template, dropped afterwards."""
    template = migrated_template()
    _as_owner(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    clone = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    _as_owner(clone + _by_files())
    try:
        yield name
    finally:
        _drop(name)


@functools.cache
def _by_files() -> sql.SQL:
    """Files are copied as files: page by page through the log, as PostgreSQL 15 and later would, takes twice the time."""
    new = int(_as_owner(sql.SQL("SHOW server_version_num"))[0][0]) >= 150_000
    return sql.SQL(" STRATEGY file_copy" if new else "")


def _drop(name: str) -> None:
    """PostgreSQL waits a moment for connections that are leaving; who stays longer is shown the door."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    try:
        _as_owner(drop)
    except psycopg.errors.ObjectInUse:
        _as_owner(drop + sql.SQL(" WITH (FORCE)"))


@contextmanager
def django_on(name: str) -> Iterator[None]:
    """Django's default connection, in every thread, goes to this database."""
    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    connections.close_all()
    connections.settings["default"]["NAME"] = connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        connections.settings["default"]["NAME"] = connection.settings_dict["NAME"] = before


@dataclass(frozen=True)
class FreshDatabase:
    """An own database with real commits. Threads and processes open their own connections to it."""

    name: str

    @property
    def url(self) -> str:
        return app_url(self.name)

    @property
    def owner_url(self) -> str:
        return owner_url(self.name)

    @property
    def environment(self) -> dict[str, str]:
        """For a child process that is to work on this database."""
        return {**os.environ, "DATABASE_URL": self.url, "DATABASE_OWNER_URL": self.owner_url}

    def as_owner(self, statement: str, *parameters: Any) -> list[Any]:
        """What a database administrator could do by hand."""
        with psycopg.connect(self.owner_url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), parameters or None)
            return cursor.fetchall() if cursor.description else []

    def at_once(self, *acts: Callable[[], Any], times: int = 1) -> list[Any]:
        """Run the acts (each ``times`` times) in threads that start together; results or exceptions, in order."""
        jobs = [act for act in acts for _ in range(times)]
        gate = threading.Barrier(len(jobs))
        results: list[Any] = [None] * len(jobs)

        def run(place: int, act: Callable[[], Any]) -> None:
            try:
                gate.wait(30)
                results[place] = act()
            except BaseException as error:
                results[place] = error
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return results
