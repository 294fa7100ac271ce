"""Keys and first answers, the function that claims keys, and what the table refuses."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations, models

from walletdesk.foundation.schema.public import RoomMigration, sql_files


class Migration(RoomMigration):
    replaces = [
        ("idempotency", "0001_initial"),
        ("idempotency", "0002_guards"),
        ("idempotency", "0003_nothing_said_of_fresh_keys"),
        ("idempotency", "0004_only_twins_are_in_flight"),
    ]
    dependencies = [("clock", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("caller", models.TextField()),
                ("route", models.TextField()),
                ("key", models.CharField(max_length=255)),
                ("fingerprint", models.CharField(max_length=64)),
                ("status", models.SmallIntegerField(null=True)),
                ("body", models.TextField(default="")),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "idempotency_key",
                "indexes": [BrinIndex(fields=["created_at"], name="idempotency_key_age")],
                "constraints": [models.UniqueConstraint(fields=("caller", "route", "key"), name="one_effect_per_key")],
            },
        ),
        sql_files(__file__, "guards"),
    ]
