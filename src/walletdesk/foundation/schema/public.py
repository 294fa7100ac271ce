"""For ``migrations/0001_room.py`` of each room: how it is applied, the statements in its ``sql`` folder, its first figures.

class Migration(RoomMigration)                          adds, and never changes: its models are drawn once, not for each table
sql_files(__file__, "guards")                           sql/guards.sql of the room that this migration belongs to
figures("Walletdesk 0.1 defaults", {"pin.tries": 5})    rows of foundation/profiles, each with its source and since when

All go forwards only. A room is not taken away by migrating backwards: its rows are other people's money and words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import migrations
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.utils import resolve_relation

ALWAYS = datetime(2020, 1, 1, tzinfo=UTC)


class RoomMigration(migrations.Migration):
    """The first of a room. Whatever changes a table later is an ordinary migration.

    Django draws every model that is connected with a table anew when the next table is described, for what was drawn could
    have changed: in a house of rooms that point at each other that is nearly all of them, 130 times. Here nothing changes.
    All tables are described, then drawn once, with those that they point at, and then made.
    """

    initial = True

    def apply(self, project_state: ProjectState, schema_editor: Any, collect_sql: bool = False) -> ProjectState:
        project_state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        seen = ProjectState(dict(self._seen(project_state)), real_apps=project_state.real_apps)
        for operation in self.operations:
            if operation.reduces_to_sql or not collect_sql:
                operation.database_forwards(self.app_label, schema_editor, seen, seen)
        return project_state

    def _seen(self, state: ProjectState) -> Iterator[tuple[tuple[str, str], ModelState]]:
        """Models of this room and of those that it names, and what they point at."""
        rooms = {self.app_label, *(room for room, _ in self.dependencies)}
        ahead, done = [key for key in state.models if key[0] in rooms], set()
        while ahead:
            key = ahead.pop()
            if key not in done:
                done.add(key)
                yield key, state.models[key]
                targets = (
                    field.remote_field.model for field in state.models[key].fields.values() if field.remote_field
                )
                ahead += [resolve_relation(target, *key) for target in targets]


def sql_files(migration: str, *names: str) -> migrations.RunSQL:
    """The room's ``sql/<name>.sql``, one after the other."""
    folder = Path(migration).resolve().parent.parent / "sql"
    return migrations.RunSQL("\n".join((folder / f"{name}.sql").read_text() for name in names))


def figures(source: str, given: Mapping[str, Any], since: datetime = ALWAYS) -> migrations.RunPython:
    """A migration with figures depends on ``profiles``."""

    def lay_out(apps: Any, schema_editor: Any) -> None:
        profile = apps.get_model("profiles", "Profile")
        profile.objects.bulk_create(
            profile(key=key, value=value, valid_from=since, source=source, set_at=datetime.now(UTC))
            for key, value in given.items()
        )

    return migrations.RunPython(lay_out)
