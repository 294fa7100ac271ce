"""A freeze is only ended; how long "it was me" counts; and the answer promised for a frozen account."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
SOURCE = "Walletdesk 0.2 defaults, 2026-11-22"
PROMISED = "case.promise_seconds"


def lay_out(apps, schema_editor):
    profile = apps.get_model("profiles", "Profile")
    stamp = datetime.now(UTC)
    profile.objects.create(key="freeze.cleared_seconds", value=86_400, valid_from=SINCE, source=SOURCE, set_at=stamp)
    latest = profile.objects.filter(key=PROMISED).order_by("-valid_from").first()
    profile.objects.create(
        key=PROMISED,
        value={**latest.value, "frozen_account": 3_600},
        valid_from=latest.valid_from + timedelta(days=1),
        source=SOURCE,
        set_at=stamp,
    )


class Migration(migrations.Migration):
    dependencies = [("freezes", "0001_initial"), ("profiles", "0002_guards")]
    operations = [
        migrations.RunSQL((SQL / "guards.sql").read_text(), (SQL / "guards_undo.sql").read_text()),
        migrations.RunPython(lay_out, migrations.RunPython.noop),
    ]
