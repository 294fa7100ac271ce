"""The lock on the log of what was sent, and the figures of telling people."""

from datetime import UTC, datetime
from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "guards.sql"
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
SOURCE = "Walletdesk 0.1 defaults, 2026-11-22"
FIGURES = {
    "notifications.codes_per_hour": 10,
    "notifications.alert_fresh_seconds": 3600,
    "notifications.alert_lifetime_seconds": 6 * 3600,
}


def lay_out(apps, schema_editor):
    profile = apps.get_model("profiles", "Profile")
    profile.objects.bulk_create(
        profile(key=key, value=value, valid_from=SINCE, source=SOURCE, set_at=datetime.now(UTC))
        for key, value in FIGURES.items()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0002_messages"),
        ("profiles", "0002_guards"),
    ]
    operations = [
        migrations.RunSQL(
            SQL.read_text(),
            "DROP FUNCTION notifications_message_guard CASCADE; DROP FUNCTION notifications_subscription_guard CASCADE;",
        ),
        migrations.RunPython(lay_out, migrations.RunPython.noop),
    ]
