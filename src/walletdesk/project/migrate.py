"""Bring a database to the present schema, as its owner: extensions, privileges, migrations, the cache's table.

    python -m walletdesk.project.migrate        with WALLETDESK_DB_ROLE=owner

Whatever the owner makes later, the application's role may read and write, but for what a room's own migration takes
away again (a journal row, an audit row: nobody's to change).
"""

from __future__ import annotations

import os
import sys

APPLICATION_ROLE = "walletdesk_app"
EXTENSIONS = ("pg_trgm", "btree_gist", "citext", "unaccent")
GRANTS = f"""
ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APPLICATION_ROLE};
ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO {APPLICATION_ROLE};
"""


def main() -> int:
    os.environ["WALLETDESK_DB_ROLE"] = "owner"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "walletdesk.project.settings")
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
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
    call_command("migrate", verbosity=1, interactive=False)
    call_command("createcachetable")
    return 0


if __name__ == "__main__":
    sys.exit(main())
