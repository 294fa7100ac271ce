"""One migration a room: it agrees with the models, is applied once, and takes over what earlier histories made."""

from __future__ import annotations

import re
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tests.databases import FreshDatabase
from walletdesk.foundation.schema.public import RoomMigration
from walletdesk.project.processes import schema_state

SHAPE = """
SELECT count(*), md5(string_agg(what, ' ' ORDER BY what)) FROM (
    SELECT concat_ws(' ', attrelid::regclass, attnum, attname, atttypid::regtype, attnotnull, attacl) AS what
    FROM pg_attribute WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
    UNION ALL SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger
    UNION ALL SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
) AS parts
"""


def migrated(database: FreshDatabase) -> str:
    command = [sys.executable, "-m", "walletdesk.project.migrate"]
    return subprocess.run(command, env=database.environment, capture_output=True, text=True, check=True).stdout


def first_of_rooms() -> list[RoomMigration]:
    return [one for one in MigrationLoader(None).disk_migrations.values() if isinstance(one, RoomMigration)]


@pytest.mark.usefixtures("db")
def test_no_model_says_what_no_migration_made() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


def test_a_first_migration_only_adds() -> None:
    changing = ("Alter", "Remove", "Rename", "Delete")
    assert first_of_rooms()
    assert not [
        (one, operation)
        for one in first_of_rooms()
        for operation in one.operations
        if type(operation).__name__.startswith(changing)
    ]


def test_a_database_with_this_schema_is_left_alone(fresh_database: FreshDatabase) -> None:
    assert schema_state.is_current(fresh_database.owner_url)
    assert migrated(fresh_database) == "nothing to apply\n"


def test_a_database_of_an_earlier_history_is_taken_over_without_work(fresh_database: FreshDatabase) -> None:
    before = fresh_database.as_owner(SHAPE)
    earlier = [replaced for one in first_of_rooms() for replaced in one.replaces]
    fresh_database.as_owner("COMMENT ON TABLE django_migrations IS NULL")
    fresh_database.as_owner("DELETE FROM django_migrations WHERE name = '0001_room'")
    for app, name in earlier:
        fresh_database.as_owner("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, now())", app, name)
    assert migrated(fresh_database) == ""
    assert fresh_database.as_owner(SHAPE) == before
    taken_over = fresh_database.as_owner("SELECT count(*) FROM django_migrations WHERE name = '0001_room'")
    assert taken_over == [(len(first_of_rooms()),)]


@pytest.mark.usefixtures("db")
def test_a_table_may_point_at_one_that_is_made_after_it() -> None:
    """All tables are described before one is made; ``sqlmigrate`` shows it so too."""
    said = StringIO()
    call_command("sqlmigrate", "hotline", "0001_room", stdout=said)
    made = re.findall(r'CREATE TABLE "(\w+)"', said.getvalue())
    assert made.index("hotline_callback") < made.index("hotline_queueplace")
    assert '("place_id") REFERENCES "hotline_queueplace"' in said.getvalue()
