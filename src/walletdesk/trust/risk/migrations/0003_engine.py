# Decisions with their inputs, marks, and rule versions.

import django.contrib.postgres.fields
import walletdesk.foundation.clock.public
from django.db import migrations, models

OUTCOMES = ("allow", "challenge", "deny", "freeze")
MARKS = ("frozen", "weak_recovery", "address_changed", "cleared", "reported", "fake")


class Migration(migrations.Migration):
    dependencies = [("risk", "0002_guards")]

    operations = [
        migrations.CreateModel(
            name="RiskDecision",
            fields=[
                ("id", models.UUIDField(default=walletdesk.foundation.clock.public.uuid7, editable=False, primary_key=True, serialize=False)),
                ("customer_id", models.UUIDField()),
                ("kind", models.CharField(max_length=10)),
                ("payee_id", models.UUIDField()),
                ("amount_minor", models.BigIntegerField()),
                ("asset", models.CharField(max_length=12)),
                ("outcome", models.CharField(max_length=10)),
                ("reasons", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), null=True, size=None)),
                ("score", models.IntegerField()),
                ("rule_version", models.IntegerField()),
                ("new_payee", models.BooleanField()),
                ("night", models.BooleanField()),
                ("done", models.BooleanField()),
                ("inputs", models.JSONField()),
                ("channel", models.CharField(max_length=10)),
                ("device_id", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "risk_decision",
                "indexes": [
                    models.Index(fields=["customer_id", "at"], name="decisions_of_payer"),
                    models.Index(condition=models.Q(("done", True)), fields=["customer_id", "payee_id", "at"], name="decisions_on_payee"),
                    models.Index(condition=models.Q(("done", True), ("kind", "transfer")), fields=["payee_id", "at"], name="decisions_to_person"),
                    models.Index(condition=models.Q(("outcome", "allow"), _negated=True), fields=["at"], name="decisions_that_stopped"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("outcome__in", OUTCOMES)), name="decision_outcome_known"),
                    models.CheckConstraint(condition=models.Q(("kind__in", ("payment", "transfer"))), name="decision_kind_known"),
                    models.CheckConstraint(condition=models.Q(("done", False), ("outcome", "allow"), _connector="OR"), name="done_was_allowed"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskMark",
            fields=[
                ("id", models.UUIDField(default=walletdesk.foundation.clock.public.uuid7, editable=False, primary_key=True, serialize=False)),
                ("subject_id", models.UUIDField(help_text="a customer or a shop")),
                ("kind", models.CharField(max_length=20)),
                ("until", models.DateTimeField(null=True)),
                ("reason", models.CharField(max_length=300)),
                ("made_by", models.CharField(max_length=100)),
                ("made_at", models.DateTimeField(default=walletdesk.foundation.clock.public.now)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, default="", max_length=100)),
            ],
            options={
                "db_table": "risk_mark",
                "indexes": [models.Index(condition=models.Q(("ended_at", None)), fields=["subject_id"], name="marks_in_force")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kind__in", MARKS)), name="mark_kind_known"),
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="mark_says_why"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", "")),
                            models.Q(models.Q(("ended_at", None), _negated=True), models.Q(("ended_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="mark_ended_by_somebody",
                    ),
                    models.UniqueConstraint(condition=models.Q(("ended_at", None), ("kind", "frozen")), fields=("subject_id",), name="frozen_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleVersion",
            fields=[
                ("number", models.AutoField(primary_key=True, serialize=False)),
                ("rules", models.JSONField()),
                ("note", models.CharField(max_length=300)),
                ("made_by", models.CharField(max_length=100)),
                ("made_at", models.DateTimeField(default=walletdesk.foundation.clock.public.now)),
                ("published_by", models.CharField(blank=True, default="", max_length=100)),
                ("published_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "risk_rule_version",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("note", ""), _negated=True), name="rules_say_why"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at", None), ("published_by", "")),
                            models.Q(
                                models.Q(("published_at", None), _negated=True),
                                models.Q(("published_by", ""), _negated=True),
                                models.Q(("published_by", models.F("made_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="rules_published_by_another",
                    ),
                ],
            },
        ),
    ]
