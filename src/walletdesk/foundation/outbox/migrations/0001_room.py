"""Facts that were told, and to whom they are still to be told."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.models import Q

from walletdesk.foundation.schema.public import RoomMigration, sql_files


class Migration(RoomMigration):
    replaces = [("outbox", "0001_initial"), ("outbox", "0002_guards"), ("outbox", "0003_untold")]
    dependencies = [("clock", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("fact", models.CharField(max_length=100)),
                ("payload", models.JSONField()),
                ("topics", ArrayField(base_field=models.TextField())),
                ("created_at", models.DateTimeField()),
                ("transaction_no", models.BigIntegerField()),
                ("oldest_open", models.BigIntegerField()),
            ],
            options={
                "db_table": "outbox_event",
                "indexes": [GinIndex(fastupdate=True, fields=["topics"], gin_pending_list_limit=256, name="outbox_event_topics")],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("handler", models.CharField(max_length=150)),
                (
                    "state",
                    models.CharField(choices=[("due", "Due"), ("done", "Done"), ("dead", "Dead")], default="due", max_length=4),
                ),
                ("attempts", models.SmallIntegerField(default=0)),
                ("due_at", models.DateTimeField()),
                ("last_error", models.CharField(blank=True, default="", max_length=300)),
                (
                    "event",
                    models.ForeignKey(db_index=False, on_delete=models.PROTECT, related_name="deliveries", to="outbox.event"),
                ),
            ],
            options={
                "db_table": "outbox_delivery",
                "indexes": [
                    models.Index(condition=Q(("state", "due")), fields=["handler", "due_at"], name="outbox_due"),
                    models.Index(condition=Q(("state", "dead")), fields=["id"], name="outbox_dead"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("event", "handler"), name="one_delivery_per_listener"),
                    models.CheckConstraint(condition=Q(("state__in", ["due", "done", "dead"])), name="delivery_state_known"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Untold",
            fields=[
                ("event_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("handlers", ArrayField(base_field=models.TextField())),
            ],
            options={"db_table": "outbox_untold"},
        ),
        sql_files(__file__, "guards", "untold_guards"),
    ]
