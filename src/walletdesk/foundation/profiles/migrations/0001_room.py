"""Dated figures, those that a fresh house starts with, and the lock on rows that have been written."""

from django.db import migrations, models

from walletdesk.foundation.schema.public import RoomMigration, figures, sql_files

HOUR = 3600
FIGURES = {
    "pin.tries": 5,
    "pin.lock_seconds": 1800,
    "merchant.fee_bps": 60,
    "order.lifetime_seconds": 300,
    "duplicate.window_seconds": 600,
    "proposal.lifetime_seconds": 1 * HOUR,
    "refund.agent_cap_minor": 50_000,
    "case.promise_seconds": {
        "duplicate_charge": 2 * HOUR,
        "payment_problem": 4 * HOUR,
        "not_mine": 1 * HOUR,
        "refund_request": 24 * HOUR,
        "record_wrong": 24 * HOUR,
        "question": 8 * HOUR,
    },
    "case.confirm_days": 7,
    "upload.max_bytes": 10 * 1024 * 1024,
    "topup.unknown_after_seconds": 8,
    "topup.settle_due_seconds": 1 * HOUR,
    "verification.prompt_seconds": 300,
}


class Migration(RoomMigration):
    replaces = [("profiles", "0001_initial"), ("profiles", "0002_guards")]
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Profile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=100)),
                ("value", models.JSONField()),
                ("valid_from", models.DateTimeField()),
                ("source", models.CharField(max_length=200)),
                ("set_at", models.DateTimeField()),
            ],
            options={
                "db_table": "profiles_profile",
                "constraints": [models.UniqueConstraint(fields=("key", "valid_from"), name="one_profile_per_key_and_moment")],
            },
        ),
        figures("Walletdesk 0.1 defaults, 2026-11-22", FIGURES),
        sql_files(__file__, "guards"),
    ]
