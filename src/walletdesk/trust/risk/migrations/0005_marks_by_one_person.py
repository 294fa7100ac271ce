"""A mark by one person only warns, and ends by the clock."""

from datetime import UTC, datetime

from django.db import migrations, models
from django.db.models import Q

MARKS = ("frozen", "weak_recovery", "address_changed", "cleared", "in_review", "warned", "reported", "fake")


def review_lasts(apps, schema_editor):
    apps.get_model("profiles", "Profile").objects.create(
        key="risk.review_seconds",
        value=24 * 3_600,
        valid_from=datetime(2026, 1, 1, tzinfo=UTC),
        source="Walletdesk 0.4 defaults, 2026-11-23",
        set_at=datetime.now(UTC),
    )


class Migration(migrations.Migration):
    dependencies = [("risk", "0004_payee_reports"), ("profiles", "0001_room")]
    operations = [
        migrations.RemoveConstraint(model_name="riskmark", name="mark_kind_known"),
        migrations.AddConstraint(
            model_name="riskmark",
            constraint=models.CheckConstraint(condition=Q(("kind__in", MARKS)), name="mark_kind_known"),
        ),
        migrations.RunPython(review_lasts, elidable=True),
    ]
