"""Photos of papers go when they are decided about, or when nobody did in time."""

from datetime import UTC, datetime

import django.db.models.deletion
from django.db import migrations, models

import walletdesk.foundation.clock.public

ALWAYS = datetime(2020, 1, 1, tzinfo=UTC)
OURS = "Walletdesk 0.3 defaults, 2026-11-22"


def lay_out(apps, schema_editor):
    """How many days photos wait for somebody to look at them."""
    profile = apps.get_model("profiles", "Profile")
    profile.objects.create(key="papers.keep_days", value=30, valid_from=ALWAYS, source=OURS, set_at=datetime.now(UTC))


class Migration(migrations.Migration):
    dependencies = [("verification", "0001_room"), ("profiles", "0001_room"), ("files", "0002_let_go")]
    operations = [
        migrations.CreateModel(
            name="PhotosLetGo",
            fields=[
                (
                    "papers",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="let_go",
                        serialize=False,
                        to="verification.identitypapers",
                    ),
                ),
                ("at", models.DateTimeField(default=walletdesk.foundation.clock.public.now)),
            ],
        ),
        migrations.RunPython(lay_out, migrations.RunPython.noop),
    ]
