"""Bring a database to the present schema, as its owner: extensions, privileges, migrations, the cache's table.

    python -m walletdesk.project.migrate        with DATABASE_OWNER_URL

Whatever the owner makes later, the application's role may read and write, but for what a room's own migration takes
away again (a journal row, an audit row: nobody's to change). A database that has this very schema is left alone.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from walletdesk.project.processes import schema_state

if TYPE_CHECKING:
    from django.db.migrations.executor import MigrationExecutor

APPLICATION_ROLE = "walletdesk_app"
EXTENSIONS = ("pg_trgm", "btree_gist", "citext", "unaccent")
GRANTS = f"""
ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APPLICATION_ROLE};
ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO {APPLICATION_ROLE};
"""


def main() -> int:
    url = os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL")
    if url is None:
        sys.exit("Which database? DATABASE_OWNER_URL, or DATABASE_URL where owner and application are one, says it.")
    if schema_state.is_current(url):
        print("nothing to apply")
        return 0
    os.environ["WALLETDESK_DB_ROLE"] = "owner"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "walletdesk.project.settings")
    import django
    from django.core.management import call_command

    django.setup()
    _extend_and_grant()
    _apply()
    call_command("createcachetable", verbosity=0)
    schema_state.remember(url)
    return 0


def _extend_and_grant() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for extension in EXTENSIONS:
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION_ROLE])
        if cursor.fetchone():
            cursor.execute(GRANTS)
        else:
            print(
                f"no role {APPLICATION_ROLE} here: application and owner are one, journal rows are kept by triggers alone"
            )


def _apply() -> None:
    """What ``manage.py migrate`` does, in an order that is quicker: packages first, whose many migrations change tables and
    are drawn among few models, then the rooms, which only add (``foundation/schema``)."""
    from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
    from django.db import connection

    executor = _executor(connection)
    executor.loader.check_consistent_history(connection)
    if conflicts := executor.loader.detect_conflicts():
        sys.exit(f"two migrations are the last of one room: {conflicts}")
    leaves = executor.loader.graph.leaf_nodes()
    ours = {key for key, one in executor.loader.disk_migrations.items() if one.__module__.startswith("walletdesk.")}
    targets = sorted(leaves, key=lambda key: (key in ours, key))
    plan = executor.migration_plan(targets)
    said: dict[str, Any] = {"verbosity": 0, "interactive": False, "db": connection.alias, "plan": plan}
    emit_pre_migrate_signal(**said)
    executor.migrate(targets, plan)
    emit_post_migrate_signal(**said)


def _executor(connection: Any) -> MigrationExecutor:
    from django.db.migrations.executor import MigrationExecutor

    class InOurOrder(MigrationExecutor):
        """Goes by the plan that it is given, and draws nothing that no migration asks for."""

        def _migrate_all_forwards(self, state: Any, plan: Any, full_plan: Any, fake: bool, fake_initial: bool) -> Any:
            for migration, _ in plan:
                state = self.apply_migration(state, migration, fake=fake, fake_initial=fake_initial)
                print(f"{migration}... OK")
            return state

    return InOurOrder(connection)


if __name__ == "__main__":
    sys.exit(main())
