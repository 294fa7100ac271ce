"""Timers; they go by the books' clock."""

from django.db import migrations, models

from walletdesk.foundation.schema.public import RoomMigration


class Migration(RoomMigration):
    replaces = [("jobs", "0001_initial"), ("jobs", "0002_guards")]
    dependencies = [("clock", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Timer",
            fields=[
                ("name", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("due_at", models.DateTimeField()),
                ("leased_until", models.DateTimeField(null=True)),
                ("run", models.BigIntegerField(default=0)),
                ("last_started_at", models.DateTimeField(null=True)),
                ("last_ended_at", models.DateTimeField(null=True)),
                ("last_error", models.CharField(blank=True, default="", max_length=300)),
            ],
            options={"db_table": "jobs_timer"},
        )
    ]
