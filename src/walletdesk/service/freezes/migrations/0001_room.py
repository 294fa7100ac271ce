"""Freezes, which are only ended; how long "it was me" counts; and the answer promised for a frozen account."""

from datetime import UTC, datetime, timedelta

from django.db import migrations, models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.schema.public import RoomMigration, figures, sql_files


def promise(apps, schema_editor):
    """What was promised last (``cases`` says it), and one kind more, from the next day on."""
    profile = apps.get_model("profiles", "Profile")
    last = profile.objects.filter(key="case.promise_seconds").latest("valid_from")
    profile.objects.create(
        key=last.key,
        value={**last.value, "frozen_account": 3_600},
        valid_from=last.valid_from + timedelta(days=1),
        source="Walletdesk 0.2 defaults, 2026-11-22",
        set_at=datetime.now(UTC),
    )


class Migration(RoomMigration):
    replaces = [("freezes", "0001_initial"), ("freezes", "0002_guards")]
    dependencies = [("cases", "0001_room"), ("customers", "0001_room"), ("profiles", "0001_room")]
    operations = [
        migrations.CreateModel(
            name="AccountFreeze",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("ordered_by", models.CharField(max_length=10)),
                ("channel", models.CharField(blank=True, default="", max_length=10)),
                ("mode", models.CharField(max_length=6)),
                ("reason", models.JSONField(help_text="in both languages")),
                ("decision_id", models.UUIDField(null=True, unique=True)),
                ("case_id", models.UUIDField(null=True)),
                ("actor", models.CharField(max_length=100)),
                ("frozen_at", models.DateTimeField(default=now)),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_how", models.CharField(blank=True, default="", max_length=12)),
                ("lifted_by", models.CharField(blank=True, default="", max_length=100)),
                ("customer", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="customers.customer")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("ordered_by__in", ("self", "risk", "staff"))), name="freeze_ordered_by_known"
                    ),
                    models.CheckConstraint(condition=Q(("mode__in", ("debit", "credit", "full"))), name="account_freeze_mode"),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("lifted_at", None), ("lifted_by", ""), ("lifted_how", "")),
                            Q(
                                ("lifted_at__gte", F("frozen_at")),
                                ("lifted_how__in", ("proof", "two_persons", "replaced")),
                                Q(("lifted_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="freeze_lifted_in_a_way",
                    ),
                    models.CheckConstraint(
                        condition=Q(Q(("ordered_by", "risk"), _negated=True), ("decision_id__isnull", False), _connector="OR"),
                        name="risk_freeze_names_its_decision",
                    ),
                    models.UniqueConstraint(
                        condition=Q(("lifted_at", None)), fields=("customer",), name="one_open_freeze_per_customer"
                    ),
                ]
            },
        ),
        sql_files(__file__, "guards"),
        figures("Walletdesk 0.2 defaults, 2026-11-22", {"freeze.cleared_seconds": 86_400}),
        migrations.RunPython(promise),
    ]
