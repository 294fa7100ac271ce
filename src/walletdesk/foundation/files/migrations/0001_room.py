"""Files that people hand in; what came in is kept as it came in."""

from django.db import migrations, models
from django.db.models import Q
from pgtrigger.compiler import Trigger, UpsertTriggerSql
from pgtrigger.migrations import AddTrigger

from walletdesk.foundation.clock.public import uuid7
from walletdesk.foundation.schema.public import RoomMigration, sql_files


class Migration(RoomMigration):
    replaces = [("files", "0001_initial"), ("files", "0002_guards")]
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=130)),
                ("media_type", models.CharField(max_length=40)),
                ("size", models.IntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("owner", models.TextField()),
                ("state", models.CharField(choices=[("clean", "Clean"), ("quarantined", "Quarantined")], max_length=11)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "files_stored_file",
                "constraints": [
                    models.CheckConstraint(condition=Q(("size__gt", 0)), name="stored_file_not_empty"),
                    models.CheckConstraint(condition=Q(("state__in", ["clean", "quarantined"])), name="stored_file_state_known"),
                ],
            },
        ),
        AddTrigger(
            model_name="storedfile",
            trigger=Trigger(
                name="intake_is_kept",
                sql=UpsertTriggerSql(
                    func='RAISE EXCEPTION \'pgtrigger: Cannot update of "id", "name", "media_type", "size", "sha256", "owner", "created_at" rows from % table\', TG_TABLE_NAME;',
                    hash="830cbafb2efa9e1aa98b55a5c0ff81d6221ab2d6",
                    operation='UPDATE OF "id", "name", "media_type", "size", "sha256", "owner", "created_at"',
                    pgid="pgtrigger_intake_is_kept_c8d6e",
                    table="files_stored_file",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="FileContent",
            fields=[
                (
                    "file",
                    models.OneToOneField(
                        on_delete=models.CASCADE, primary_key=True, related_name="kept", serialize=False, to="files.storedfile"
                    ),
                ),
                ("content", models.BinaryField()),
            ],
            options={"db_table": "files_content"},
        ),
        AddTrigger(
            model_name="filecontent",
            trigger=Trigger(
                name="bytes_are_kept",
                sql=UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="adc8621e6004f5aa0eed4518fc25eb99a2f947cc",
                    operation="UPDATE",
                    pgid="pgtrigger_bytes_are_kept_7b97f",
                    table="files_content",
                    when="BEFORE",
                ),
            ),
        ),
        sql_files(__file__, "guards"),
    ]
