"""The promised time of a locked account: what was promised last, and one kind more."""

from datetime import UTC, datetime, timedelta

from django.db import migrations

SOURCE = "Walletdesk 0.2 defaults, 2026-11-22"
TWO_HOURS = 2 * 3600


def promise(apps, schema_editor):
    profile = apps.get_model("profiles", "Profile")
    last = profile.objects.filter(key="case.promise_seconds").order_by("-valid_from").first()
    profile.objects.create(
        key="case.promise_seconds", value={**last.value, "locked_out": TWO_HOURS}, source=SOURCE,
        valid_from=last.valid_from + timedelta(days=1), set_at=datetime.now(UTC),
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_objections"), ("profiles", "0002_guards")]
    operations = [migrations.RunPython(promise, migrations.RunPython.noop)]
