"""What payers say of payees, a mark that only warns, and the answer promised to whoever reports."""

from datetime import UTC, datetime, timedelta

from django.db import migrations, models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.schema.public import sql_files

MARKS = ("frozen", "weak_recovery", "address_changed", "cleared", "warned", "reported", "fake")
KINDS = ("posed_as_us", "posed_as_friend", "goods", "profit", "threat", "other")


def promise(apps, schema_editor):
    """What was promised last, and two kinds more, from the next day on."""
    profile = apps.get_model("profiles", "Profile")
    last = profile.objects.filter(key="case.promise_seconds").latest("valid_from")
    profile.objects.create(
        key=last.key,
        value={**last.value, "scam_report": 4 * 3_600, "payee_check": 24 * 3_600},
        valid_from=last.valid_from + timedelta(days=1),
        source="Walletdesk 0.3 defaults, 2026-11-23",
        set_at=datetime.now(UTC),
    )


class Migration(migrations.Migration):
    dependencies = [("risk", "0003_memory_in_the_index"), ("freezes", "0001_room"), ("profiles", "0001_room")]
    operations = [
        migrations.RemoveConstraint(model_name="riskmark", name="mark_kind_known"),
        migrations.AddConstraint(
            model_name="riskmark",
            constraint=models.CheckConstraint(condition=Q(("kind__in", MARKS)), name="mark_kind_known"),
        ),
        migrations.CreateModel(
            name="PayeeReport",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("payer_id", models.UUIDField()),
                ("payee_id", models.UUIDField(help_text="a customer or a shop")),
                ("about", models.CharField(max_length=10)),
                ("kind", models.CharField(max_length=20)),
                ("words", models.CharField(blank=True, default="", max_length=500)),
                ("reference", models.CharField(max_length=20)),
                ("made_at", models.DateTimeField(default=now)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.CharField(blank=True, default="", max_length=100)),
                ("outcome", models.CharField(blank=True, default="", max_length=10)),
            ],
            options={
                "db_table": "risk_payee_report",
                "indexes": [
                    models.Index(condition=Q(("closed_at", None)), fields=["payee_id"], name="reports_open"),
                    models.Index(fields=["payer_id", "made_at"], name="reports_of_payer"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("closed_at", None)), fields=("payer_id", "payee_id"), name="one_open_report"
                    ),
                    models.CheckConstraint(condition=Q(("about__in", ("person", "shop"))), name="report_about_known"),
                    models.CheckConstraint(condition=Q(("kind__in", KINDS)), name="report_kind_known"),
                    models.CheckConstraint(
                        condition=Q(("payer_id", F("payee_id")), _negated=True), name="nobody_reports_themselves"
                    ),
                    models.CheckConstraint(
                        condition=Q(closed_at=None, closed_by="", outcome="")
                        | Q(closed_at__isnull=False, outcome__in=("marked", "sound")) & ~Q(closed_by=""),
                        name="report_open_or_closed",
                    ),
                ],
            },
        ),
        sql_files(__file__, "report_guards"),
        migrations.RunPython(promise, elidable=True),
    ]
