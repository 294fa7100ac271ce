# Deliveries are written by the worker, not in the transaction that tells: there is one short row for each event until then.

from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

GUARDS = (Path(__file__).resolve().parent.parent / "sql" / "untold_guards.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("outbox", "0002_guards"), ("clock", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Untold",
            fields=[
                ("event_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("handlers", django.contrib.postgres.fields.ArrayField(models.TextField())),
            ],
            options={"db_table": "outbox_untold"},
        ),
        migrations.RemoveIndex("event", "outbox_event_topics"),
        migrations.AddIndex(
            "event",
            django.contrib.postgres.indexes.GinIndex(
                fields=["topics"], name="outbox_event_topics", fastupdate=True, gin_pending_list_limit=256
            ),
        ),
        migrations.RunSQL(GUARDS),
    ]
