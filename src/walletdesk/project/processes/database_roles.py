"""Two roles, one database, four extensions.

``walletdesk_owner`` owns the tables and runs migrations; ``walletdesk_app`` serves and owns nothing. In a cluster of
ours the superuser arranges this. On somebody else's server (``DATABASE_URL``) we do what we are allowed to do and say
plainly what could not be separated.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

from walletdesk.project.processes.postgres_binaries import EXTENSIONS
from walletdesk.project.processes.postgres_cluster import RunningCluster
from walletdesk.project.processes.trouble import Trouble

OWNER, APP = "walletdesk_owner", "walletdesk_app"
SEES_CHINESE = "SELECT show_trgm('钱包') <> '{}'"


def prepare(running: RunningCluster, database: str = "walletdesk") -> None:
    """Roles, database, extensions, default privileges in our own cluster. Safe to run at every start."""
    passwords = running.cluster.passwords()
    with running.superuser("postgres") as connection:
        for role in (OWNER, APP):
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            verb = sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}" if known else "CREATE ROLE {} LOGIN PASSWORD {}")
            connection.execute(verb.format(sql.Identifier(role), sql.Literal(passwords[role])))
        create_database(connection, database)
    with running.superuser(database) as connection:
        for extension in EXTENSIONS:
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
        grant_by_default(connection, OWNER, APP)
        if not _first(connection, SEES_CHINESE):
            raise Trouble("This cluster's locale makes pg_trgm blind to Chinese; remove its folder and start again.")


def create_database(connection: psycopg.Connection, database: str) -> None:
    """``database`` owned by the owner role, unless it is there; others may not connect to it."""
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        name = sql.Identifier(database)
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, sql.Identifier(OWNER)))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
        connection.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(name, sql.Identifier(APP)))


def grant_by_default(connection: psycopg.Connection, owner: str, app: str) -> None:
    """What ``owner`` makes from now on, ``app`` may use: rows and sequences, never the tables themselves."""
    names = {"owner": sql.Identifier(owner), "app": sql.Identifier(app)}
    connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {app}").format(**names))
    for what in ("SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE, SELECT, UPDATE ON SEQUENCES"):
        grant = f"ALTER DEFAULT PRIVILEGES FOR ROLE {{owner}} IN SCHEMA public GRANT {what} TO {{app}}"
        connection.execute(sql.SQL(grant).format(**names))


def forget_defaults(connection: psycopg.Connection, owner: str, app: str) -> None:
    """Undo :func:`grant_by_default`: a restore brings each table's own grants, and nothing may be added to them."""
    names = {"owner": sql.Identifier(owner), "app": sql.Identifier(app)}
    for place in ("IN SCHEMA public ", ""):
        for what in ("TABLES", "SEQUENCES"):
            revoke = f"ALTER DEFAULT PRIVILEGES FOR ROLE {{owner}} {place}REVOKE ALL ON {what} FROM {{app}}"
            connection.execute(sql.SQL(revoke).format(**names))


def prepare_foreign(app_url: str, owner_url: str | None) -> list[str]:
    """Do the same on somebody else's server as far as we may; returns sentences about what could not be had.

    Raises Trouble when the server cannot be reached, is too old, or lacks an extension.
    """
    left_out = []
    try:
        with psycopg.connect(owner_url or app_url, autocommit=True, connect_timeout=10) as connection:
            if connection.info.server_version < 150000:
                raise Trouble(
                    f"The server of DATABASE_URL is PostgreSQL {connection.info.server_version // 10000}; 15 is the oldest."
                )
            for extension in EXTENSIONS:
                _require_extension(connection, extension)
            owner = connection.info.user
            app = psycopg.conninfo.conninfo_to_dict(app_url).get("user") or owner
            if owner == app:
                left_out.append(
                    f"One role ({owner}) owns and serves: the journal is guarded by triggers, but not by privilege. "
                    "Give DATABASE_OWNER_URL with a role of its own to have both."
                )
            else:
                grant_by_default(connection, owner, str(app))
            if not _first(connection, SEES_CHINESE):
                left_out.append("The database's locale makes pg_trgm blind to Chinese: search finds less. Use C.UTF-8.")
    except psycopg.OperationalError as unreachable:
        raise Trouble(f"The server of DATABASE_URL does not answer: {unreachable}") from unreachable
    return left_out


def _require_extension(connection: psycopg.Connection, extension: str) -> None:
    if connection.execute("SELECT 1 FROM pg_extension WHERE extname = %s", [extension]).fetchone():
        return
    try:
        connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
    except psycopg.Error as refused:
        raise Trouble(f"The database lacks the extension {extension} and we may not create it: {refused}") from refused


def _first(connection: psycopg.Connection, query: str) -> object:
    row = connection.execute(query).fetchone()  # type: ignore[call-overload]
    return row[0] if row else None
