"""The figures that a fresh house starts with, and the lock on rows that have been written."""

from datetime import UTC, datetime
from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "guards.sql"
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
SOURCE = "Walletdesk 0.1 defaults, 2026-11-22"
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


def lay_out(apps, schema_editor):
    profile = apps.get_model("profiles", "Profile")
    profile.objects.bulk_create(
        profile(key=key, value=value, valid_from=SINCE, source=SOURCE, set_at=datetime.now(UTC))
        for key, value in FIGURES.items()
    )


class Migration(migrations.Migration):
    dependencies = [("profiles", "0001_initial")]
    operations = [
        migrations.RunPython(lay_out, migrations.RunPython.noop),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
