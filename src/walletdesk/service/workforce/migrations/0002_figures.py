"""The goal of the queue and the first guesses, as dated figures."""

from datetime import UTC, datetime

from django.db import migrations

SINCE = datetime(2020, 1, 1, tzinfo=UTC)
SOURCE = "Walletdesk 0.2 defaults, 2026-11-22"
FIGURES = {
    "workforce.service_goal": {"target_seconds": 20, "target_percent": 80, "early_seconds": 5, "method": "removed"},
    "workforce.first_guess": {
        "weekly_calls": 4200,
        "aht_seconds": 240,
        "patience_seconds": 300,
        "shrinkage_percent": 30,
    },
}


def lay_out(apps, schema_editor):
    profile = apps.get_model("profiles", "Profile")
    profile.objects.bulk_create(
        profile(key=key, value=value, valid_from=SINCE, source=SOURCE, set_at=datetime.now(UTC))
        for key, value in FIGURES.items()
    )


class Migration(migrations.Migration):
    dependencies = [("workforce", "0001_initial"), ("profiles", "0002_guards")]
    operations = [migrations.RunPython(lay_out, migrations.RunPython.noop)]
