"""What was seen, flagged and decided; and the rules that a fresh house starts with (figures: the product's new-device profile)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.schema.public import ALWAYS, RoomMigration, sql_files

FIRST_RULES = {
    "levels": {"challenge": 50, "deny": 105, "freeze": 115},
    "rules": {
        "new_device": {"on": True, "score": 60, "at_least": "challenge", "floor_minor": 100000},
        "drain": {"on": True, "score": 40, "at_least": "allow", "percent": 50, "floor_minor": 15000},
        "new_payee": {"on": True, "score": 15, "at_least": "allow", "floor_minor": 7500},
        "many_new_payees": {"on": True, "score": 30, "at_least": "allow", "count": 5, "floor_minor": 20000},
        "unusual_amount": {
            "on": True,
            "score": 25,
            "at_least": "allow",
            "percent": 200,
            "floor_minor": 100000,
            "after_payments": 5,
        },
        "velocity": {"on": True, "score": 50, "at_least": "allow", "count": 12},
        "night": {"on": True, "score": 15, "at_least": "allow", "floor_minor": 30000},
        "stopped_before": {"on": True, "score": 30, "at_least": "allow", "count": 2},
        "pass_through": {"on": True, "score": 50, "at_least": "allow", "payers": 3, "percent": 70, "floor_minor": 100000},
        "paying_on_call": {"on": True, "score": 60, "at_least": "deny", "floor_minor": 50000},
        "collecting_payee": {"on": True, "score": 40, "at_least": "deny", "payers": 5, "floor_minor": 50000},
        "payee_reported": {"on": True, "score": 60, "at_least": "deny"},
        "known_fake": {"on": True, "score": 100, "at_least": "deny"},
    },
}


def lay_out(apps, schema_editor):
    apps.get_model("risk", "RuleVersion").objects.create(
        rules=FIRST_RULES,
        note="Walletdesk 0.2 defaults, 2026-11-22",
        made_by="house",
        made_at=ALWAYS,
        published_by="house:defaults",
        published_at=ALWAYS,
    )


class Migration(RoomMigration):
    replaces = [("risk", "0001_initial"), ("risk", "0002_guards"), ("risk", "0003_engine"), ("risk", "0004_first_rules")]
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="RiskFlag",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=200)),
                ("customer_ids", ArrayField(base_field=models.UUIDField())),
                ("transfer_ids", ArrayField(base_field=models.UUIDField())),
                ("amount_minor", models.BigIntegerField()),
                ("raised_at", models.DateTimeField(default=now)),
            ],
            options={
                "indexes": [
                    GinIndex(fields=["customer_ids"], name="flags_of_customer"),
                    models.Index(fields=["-raised_at"], name="flags_latest"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key"), name="flagged_once"),
                    models.CheckConstraint(condition=Q(("kind", "ring")), name="flag_kind"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SeenTransfer",
            fields=[
                ("transfer_id", models.UUIDField(primary_key=True, serialize=False)),
                ("from_customer_id", models.UUIDField()),
                ("to_customer_id", models.UUIDField()),
                ("amount_minor", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["from_customer_id", "at"], name="seen_leaving")],
                "constraints": [models.CheckConstraint(condition=Q(("amount_minor__gt", 0)), name="seen_positive")],
            },
        ),
        migrations.CreateModel(
            name="RiskDecision",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("customer_id", models.UUIDField()),
                ("kind", models.CharField(max_length=10)),
                ("payee_id", models.UUIDField()),
                ("amount_minor", models.BigIntegerField()),
                ("asset", models.CharField(max_length=12)),
                ("outcome", models.CharField(max_length=10)),
                ("reasons", ArrayField(base_field=models.CharField(max_length=30), null=True)),
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
                    models.Index(condition=Q(("done", True)), fields=["customer_id", "payee_id", "at"], name="decisions_on_payee"),
                    models.Index(
                        condition=Q(("done", True), ("kind", "transfer")), fields=["payee_id", "at"], name="decisions_to_person"
                    ),
                    models.Index(condition=Q(("outcome", "allow"), _negated=True), fields=["at"], name="decisions_that_stopped"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("outcome__in", ("allow", "challenge", "deny", "freeze"))), name="decision_outcome_known"
                    ),
                    models.CheckConstraint(condition=Q(("kind__in", ("payment", "transfer"))), name="decision_kind_known"),
                    models.CheckConstraint(
                        condition=Q(("done", False), ("outcome", "allow"), _connector="OR"), name="done_was_allowed"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskMark",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("subject_id", models.UUIDField(help_text="a customer or a shop")),
                ("kind", models.CharField(max_length=20)),
                ("until", models.DateTimeField(null=True)),
                ("reason", models.CharField(max_length=300)),
                ("made_by", models.CharField(max_length=100)),
                ("made_at", models.DateTimeField(default=now)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, default="", max_length=100)),
            ],
            options={
                "db_table": "risk_mark",
                "indexes": [models.Index(condition=Q(("ended_at", None)), fields=["subject_id"], name="marks_in_force")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("kind__in", ("frozen", "weak_recovery", "address_changed", "cleared", "reported", "fake"))),
                        name="mark_kind_known",
                    ),
                    models.CheckConstraint(condition=Q(("reason", ""), _negated=True), name="mark_says_why"),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("ended_at", None), ("ended_by", "")),
                            Q(Q(("ended_at", None), _negated=True), Q(("ended_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="mark_ended_by_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=Q(("ended_at", None), ("kind", "frozen")), fields=("subject_id",), name="frozen_once"
                    ),
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
                ("made_at", models.DateTimeField(default=now)),
                ("published_by", models.CharField(blank=True, default="", max_length=100)),
                ("published_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "risk_rule_version",
                "constraints": [
                    models.CheckConstraint(condition=Q(("note", ""), _negated=True), name="rules_say_why"),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("published_at", None), ("published_by", "")),
                            Q(
                                Q(("published_at", None), _negated=True),
                                Q(("published_by", ""), _negated=True),
                                Q(("published_by", F("made_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="rules_published_by_another",
                    ),
                ],
            },
        ),
        sql_files(__file__, "guards", "engine_guards"),
        migrations.RunPython(lay_out),
    ]
