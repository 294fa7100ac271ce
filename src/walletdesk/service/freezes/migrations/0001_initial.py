# The record of each freeze.

import django.db.models.deletion
import walletdesk.foundation.clock.public
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("customers", "0002_guards")]

    operations = [
        migrations.CreateModel(
            name="AccountFreeze",
            fields=[
                ("id", models.UUIDField(default=walletdesk.foundation.clock.public.uuid7, editable=False, primary_key=True, serialize=False)),
                ("ordered_by", models.CharField(max_length=10)),
                ("channel", models.CharField(blank=True, default="", max_length=10)),
                ("mode", models.CharField(max_length=6)),
                ("reason", models.JSONField(help_text="in both languages")),
                ("decision_id", models.UUIDField(null=True, unique=True)),
                ("case_id", models.UUIDField(null=True)),
                ("actor", models.CharField(max_length=100)),
                ("frozen_at", models.DateTimeField(default=walletdesk.foundation.clock.public.now)),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_how", models.CharField(blank=True, default="", max_length=12)),
                ("lifted_by", models.CharField(blank=True, default="", max_length=100)),
                ("customer", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="customers.customer")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("ordered_by__in", ("self", "risk", "staff"))), name="freeze_ordered_by_known"),
                    models.CheckConstraint(condition=models.Q(("mode__in", ("debit", "credit", "full"))), name="account_freeze_mode"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at", None), ("lifted_by", ""), ("lifted_how", "")),
                            models.Q(
                                ("lifted_at__gte", models.F("frozen_at")),
                                ("lifted_how__in", ("proof", "two_persons", "replaced")),
                                models.Q(("lifted_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="freeze_lifted_in_a_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("ordered_by", "risk"), _negated=True), ("decision_id__isnull", False), _connector="OR"),
                        name="risk_freeze_names_its_decision",
                    ),
                    models.UniqueConstraint(condition=models.Q(("lifted_at", None)), fields=("customer",), name="one_open_freeze_per_customer"),
                ],
            },
        ),
    ]
