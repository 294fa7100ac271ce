"""The city of a demo, once: built, kept, or built anew when an earlier build was cut."""

from __future__ import annotations

import contextlib
import importlib.util
import subprocess
from collections.abc import Iterator
from pathlib import Path

from walletdesk.project.commands.installation import migrate, walletdesk
from walletdesk.project.processes import city_marker, database_roles
from walletdesk.project.processes.database import Database
from walletdesk.project.processes.trouble import Trouble


def fill(where: Database, folder: Path, seed: int, variables: dict[str, str]) -> str:
    """Build the city unless it is there; one sentence about it. Raises Trouble when the build fails."""
    if importlib.util.find_spec("walletdesk.project.city.build") is None:
        return "none yet"
    try:
        if found := city_marker.read(where.owner_url):
            return f"{found}, kept from before"
    except city_marker.HalfBuilt as half:
        _begin_anew(where, folder, str(half))
    with city_marker.being_built(where.owner_url, seed), _hurried(where):
        built = subprocess.run(walletdesk("seed", "--here", "--seed", str(seed)), env=variables)
        if built.returncode:
            raise Trouble("The city could not be built; the next start begins it anew. See the lines above.")
    return f"seed {seed}"


@contextlib.contextmanager
def _hurried(where: Database) -> Iterator[None]:
    """No commit waits for the disk meanwhile: a build that is cut begins anew anyway. Only in a cluster of ours."""
    if where.running is None:
        yield
        return
    with where.running.superuser() as connection:
        connection.execute("ALTER DATABASE walletdesk SET synchronous_commit = off")
        try:
            yield
        finally:
            connection.execute("ALTER DATABASE walletdesk RESET synchronous_commit")
            connection.execute("CHECKPOINT")


def _begin_anew(where: Database, folder: Path, words: str) -> None:
    if where.running is None:
        raise Trouble(f"The database holds {words}, an unfinished build. Give DATABASE_URL an empty database.")
    with where.running.superuser("postgres") as connection:
        connection.execute("DROP DATABASE walletdesk WITH (FORCE)")
    database_roles.prepare(where.running)
    migrate(where, folder)
