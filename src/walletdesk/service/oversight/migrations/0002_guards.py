"""What was noticed is kept, and the figures that a fresh house starts with."""

from datetime import UTC, datetime
from pathlib import Path

from django.db import migrations

GUARDS = Path(__file__).resolve().parent.parent / "sql" / "guards.sql"
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
SOURCE = "Walletdesk 0.2 defaults, 2026-11-22"
FIGURES = {
    "look.soft_limit": 50,
    "unmask.soft_limit": 50,
    "unmask.ceiling": 100,
    "glass.seconds": 900,
    "pairs.days": 30,
    "pairs.least": 8,
    "pairs.share_percent": 70,
    "third_look.percent": 5,
}


def lay_out(apps, schema_editor):
    profile = apps.get_model("profiles", "Profile")
    profile.objects.bulk_create(
        profile(key=key, value=value, valid_from=SINCE, source=SOURCE, set_at=datetime.now(UTC))
        for key, value in FIGURES.items()
    )


class Migration(migrations.Migration):
    dependencies = [("oversight", "0001_initial"), ("profiles", "0002_guards")]
    operations = [
        migrations.RunSQL(GUARDS.read_text(), "DROP FUNCTION oversight_keep CASCADE;"),
        migrations.RunPython(lay_out, migrations.RunPython.noop),
    ]
