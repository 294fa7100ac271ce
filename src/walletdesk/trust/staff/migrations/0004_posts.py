"""Who was here before passes keeps the way in; passes and shifts are kept; the figures of caps and passes."""

from datetime import UTC, datetime
from pathlib import Path

from django.db import migrations
from django.db.models import F

GUARDS = Path(__file__).resolve().parent.parent / "sql" / "posts_guards.sql"
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
SOURCE = "Walletdesk 0.2 defaults, 2026-11-22"
FIGURES = {
    "refund.agent_day_cap_minor": 300_000,
    "staff.pass_seconds": 24 * 3600,
}


def lay_out(apps, schema_editor):
    profile = apps.get_model("profiles", "Profile")
    profile.objects.bulk_create(
        profile(key=key, value=value, valid_from=SINCE, source=SOURCE, set_at=datetime.now(UTC))
        for key, value in FIGURES.items()
    )
    apps.get_model("staff", "Employee").objects.update(enrolled_at=F("employed_at"))


class Migration(migrations.Migration):
    dependencies = [("staff", "0003_shifts_and_passes"), ("profiles", "0002_guards")]
    operations = [
        migrations.RunPython(lay_out, migrations.RunPython.noop),
        migrations.RunSQL(
            GUARDS.read_text(), "DROP FUNCTION staff_keep_pass CASCADE; DROP FUNCTION staff_enrolled_by_pass CASCADE;"
        ),
    ]
