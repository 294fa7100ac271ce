"""A cluster of its own for faults that harm PostgreSQL itself: with fsync, as in earnest, in a folder of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.databases import app_url, migrated_template, owner_url
from walletdesk.project.commands import backup
from walletdesk.project.commands.installation import environment, walletdesk
from walletdesk.project.processes import database
from walletdesk.project.processes.database import Database
from walletdesk.project.processes.trouble import NoPostgres


@dataclass
class OwnCluster:
    """A migrated database that a test may kill. ``folder`` is its data folder."""

    folder: Path
    where: Database

    @property
    def environment(self) -> dict[str, str]:
        return environment(self.where, self.folder, DATABASE_OWNER_URL=self.where.owner_url)

    def kill(self, whom: str) -> None:
        """``kill -9`` of the ``postmaster``, or of one ``backend`` (PostgreSQL then recovers by itself)."""
        running = self.where.running
        assert running
        assert running.process
        if whom == "backend":
            found = self.ask(
                "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
                " ORDER BY state = 'active' DESC LIMIT 1"
            )
            if found:
                os.kill(found[0][0], signal.SIGKILL)
                return
        os.kill(running.process.pid, signal.SIGKILL)
        running.process.wait()
        running.process = running.cluster.start(at=running.address).process

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """Ask the database as its superuser; through a recovery."""
        running = self.where.running
        assert running
        for _ in range(600):
            try:
                with running.superuser() as connection:
                    return connection.execute(question).fetchall()  # type: ignore[call-overload,no-any-return]
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise AssertionError("the cluster did not come back")

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """One ``walletdesk`` command on this data folder."""
        given = {**os.environ, "WALLETDESK_DATA": str(self.folder)}
        given.pop("DATABASE_URL", None)
        return subprocess.run(walletdesk(*words), env=given, capture_output=True, text=True)

    def client(self, *words: str) -> subprocess.Popen[str]:
        """A Python program of this folder as a client of the cluster."""
        return subprocess.Popen(
            [sys.executable, "-m", *words],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


@pytest.fixture(scope="session")
def own_cluster() -> Iterator[OwnCluster]:
    """Started once for all faults of a run, and filled from the template that all tests share."""
    kept = {name: os.environ.pop(name) for name in ("DATABASE_URL", "DATABASE_OWNER_URL") if name in os.environ}
    with tempfile.TemporaryDirectory(prefix="wd-fault-") as made:
        folder = Path(made)
        folder.chmod(0o755)
        try:
            where = database.start(folder)
        except NoPostgres:
            pytest.skip("not run: no PostgreSQL programs here to start and kill")
        finally:
            os.environ.update(kept)
        try:
            _fill_from_template(where, folder / "template")
            yield OwnCluster(folder, where)
        finally:
            where.stop()


def _fill_from_template(where: Database, file: Path) -> None:
    """By the product's own backup and restore, which take a third of what migrating takes. Tests may set the clock, faults
    are found in earnest: here nobody may."""
    name = migrated_template()
    backup.write(Database(app_url(name), owner_url(name), "the template", where.running), str(file))
    backup.bring_back(where, str(file))
    with psycopg.connect(where.owner_url, autocommit=True) as connection:
        connection.execute("UPDATE clock_simulation SET allowed = false")
