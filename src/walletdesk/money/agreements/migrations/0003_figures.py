"""How long a proposal waits and an agreement lasts."""

from datetime import UTC, datetime

from django.db import migrations

ALWAYS = datetime(2020, 1, 1, tzinfo=UTC)
OURS = "Walletdesk 0.1 defaults, 2026-11-22"
ROWS: tuple[tuple[str, object], ...] = (
    ("agreement.proposal_seconds", 3 * 24 * 3600),
    ("agreement.longest_days", 400),
)


def lay_out(apps, schema_editor):
    profile = apps.get_model("profiles", "Profile")
    profile.objects.bulk_create(
        profile(key=key, value=value, valid_from=ALWAYS, source=OURS, set_at=datetime.now(UTC)) for key, value in ROWS
    )


class Migration(migrations.Migration):
    dependencies = [("agreements", "0002_guards"), ("profiles", "0002_guards")]
    operations = [migrations.RunPython(lay_out, migrations.RunPython.noop)]
