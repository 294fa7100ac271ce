"""Whether a database already has the schema of this program, without starting Django to find out.

After migrating, the fingerprint of all migrations (ours, and the versions of packages that bring their own) is kept as
the comment on ``django_migrations``, which only the owner can write. A start that finds it again skips seconds of work.
"""

from __future__ import annotations

import functools
import hashlib
import sys
from pathlib import Path

import psycopg
from psycopg import sql

SOURCE = Path(__file__).resolve().parent.parent.parent
READ = "SELECT obj_description(to_regclass('public.django_migrations'), 'pg_class')"
PARTS = ("*/migrations/*.py", "*/sql/*.sql", "foundation/schema/*.py", "project/migrate.py")


@functools.cache
def fingerprint() -> str:
    """Of every migration file and statement here, and of every installed package's version (its folder's name says it)."""
    digest = hashlib.sha256()
    for path in sorted(path for part in PARTS for path in SOURCE.rglob(part)):
        digest.update(str(path.relative_to(SOURCE)).encode() + b"\0" + path.read_bytes())
    packages = {package.name for folder in sys.path for package in Path(folder).glob("*.dist-info")}
    digest.update(repr(sorted(packages)).encode())
    return digest.hexdigest()


def is_current(owner_url: str) -> bool:
    """True when the database was migrated by exactly this state of the program."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        row = connection.execute(READ).fetchone()
    return row is not None and row[0] == fingerprint()


def remember(owner_url: str) -> None:
    """Keep the fingerprint; after a migration that went through."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute(sql.SQL("COMMENT ON TABLE django_migrations IS {}").format(sql.Literal(fingerprint())))
