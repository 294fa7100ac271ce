"""What callers hear; recordings and choices are kept as they were made."""

from django.db import migrations, models
from django.db.models import F, Q
from pgtrigger.compiler import Trigger, UpsertTriggerSql
from pgtrigger.migrations import AddTrigger

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.schema.public import RoomMigration, sql_files


class Migration(RoomMigration):
    replaces = [("prompts", "0001_initial"), ("prompts", "0002_guards")]
    dependencies = [("staff", "0001_room")]
    operations = [
        migrations.CreateModel(
            name="PromptTake",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("language", models.CharField(max_length=2)),
                ("piece", models.CharField(max_length=60)),
                ("words", models.TextField()),
                ("origin", models.CharField(max_length=8)),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("milliseconds", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField(default=now)),
                ("heard_at", models.DateTimeField(null=True)),
                ("made_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="staff.employee")),
            ],
            options={
                "indexes": [models.Index(fields=["language", "piece", "-made_at"], name="takes_of_piece")],
                "constraints": [
                    models.CheckConstraint(condition=Q(("language__in", ("zh", "en"))), name="take_language_known"),
                    models.CheckConstraint(condition=Q(("origin__in", ("recorded", "uploaded"))), name="take_origin_known"),
                    models.CheckConstraint(condition=Q(("milliseconds__gt", 0)), name="take_has_length"),
                ],
            },
        ),
        AddTrigger(
            model_name="prompttake",
            trigger=Trigger(
                name="take_is_kept",
                sql=UpsertTriggerSql(
                    condition='WHEN (OLD."content" IS DISTINCT FROM (NEW."content") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."milliseconds" IS DISTINCT FROM (NEW."milliseconds") OR OLD."origin" IS DISTINCT FROM (NEW."origin") OR OLD."piece" IS DISTINCT FROM (NEW."piece") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."words" IS DISTINCT FROM (NEW."words"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="975a618f3fad4c9772f58e854b0199a6f780742d",
                    operation="UPDATE",
                    pgid="pgtrigger_take_is_kept_839a2",
                    table="prompts_prompttake",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="prompttake",
            trigger=Trigger(
                name="take_stays",
                sql=UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="4ce60901645edb13fcc5541a71fdadda39545ffd",
                    operation="DELETE",
                    pgid="pgtrigger_take_stays_11e8f",
                    table="prompts_prompttake",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="PromptChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=2)),
                ("piece", models.CharField(max_length=60)),
                ("chosen_at", models.DateTimeField(default=now)),
                ("chosen_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="staff.employee")),
                ("take", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="prompts.prompttake")),
            ],
            options={
                "indexes": [
                    models.Index(F("language"), F("piece"), models.OrderBy(F("id"), descending=True), name="choices_of_piece")
                ]
            },
        ),
        AddTrigger(
            model_name="promptchoice",
            trigger=Trigger(
                name="choices_are_history",
                sql=UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d03e30ed3443a7680821cd45bdd6c1df0edaa17a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_choices_are_history_20494",
                    table="prompts_promptchoice",
                    when="BEFORE",
                ),
            ),
        ),
        sql_files(__file__, "guards"),
    ]
