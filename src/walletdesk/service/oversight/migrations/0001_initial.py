"""Canaries, doors broken open, alarms, third looks, objections."""

import django.db.models.deletion
from django.db import migrations, models

import walletdesk.foundation.clock.public

NOW = walletdesk.foundation.clock.public.now
KINDS = [
    "canary_look",
    "many_looks",
    "many_unmaskings",
    "glass_broken",
    "two_person_tried",
    "one_checker",
    "third_look_disagrees",
]


def key():
    return models.UUIDField(
        default=walletdesk.foundation.clock.public.uuid7, editable=False, primary_key=True, serialize=False
    )


def to(model, null=False):
    return models.ForeignKey(null=null, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model)


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("customers", "0002_guards"),
        ("staff", "0004_posts"),
        ("approvals", "0002_guards"),
        ("cases", "0004_objections"),
    ]
    operations = [
        migrations.CreateModel(
            name="Canary",
            fields=[
                ("id", key()),
                ("placed_at", models.DateTimeField(default=NOW)),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                ("lifted_at", models.DateTimeField(null=True)),
                ("customer", to("customers.customer")),
                ("lifted_by", to("staff.employee", null=True)),
                ("placed_by", to("staff.employee")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)), fields=("customer",), name="one_canary_a_customer"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="BrokenGlass",
            fields=[
                ("id", key()),
                ("reason", models.CharField(max_length=300)),
                ("opened_at", models.DateTimeField(default=NOW)),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("customer", to("customers.customer")),
                ("employee", to("staff.employee")),
            ],
            options={
                "indexes": [models.Index(fields=["-opened_at"], name="glass_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="glass_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("opened_at"))), name="glass_mends"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Alarm",
            fields=[
                ("id", key()),
                ("kind", models.CharField(max_length=30)),
                ("at", models.DateTimeField(default=NOW)),
                ("case_id", models.UUIDField(null=True)),
                ("subject", models.CharField(blank=True, default="", max_length=100)),
                ("detail", models.JSONField(default=dict)),
                ("once", models.CharField(max_length=160, unique=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, default="", max_length=500)),
                ("answered_by", to("staff.employee", null=True)),
                ("customer", to("customers.customer", null=True)),
                ("employee", to("staff.employee")),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("answered_at", None)), fields=["-at"], name="alarms_open"),
                    models.Index(fields=["-at"], name="alarms_latest"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="alarm_kind"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="alarm_answered_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_by", None),
                            models.Q(("answered_by", models.F("employee")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_answers_about_oneself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ThirdLook",
            fields=[
                ("id", key()),
                ("why", models.CharField(max_length=10)),
                ("drawn_at", models.DateTimeField(default=NOW)),
                ("looked_at", models.DateTimeField(null=True)),
                ("agrees", models.BooleanField(null=True)),
                ("words", models.CharField(blank=True, default="", max_length=500)),
                ("checker", to("staff.employee")),
                ("looked_by", to("staff.employee", null=True)),
                ("maker", to("staff.employee")),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="approvals.proposal"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("looked_at", None)), fields=["drawn_at"], name="third_looks_open")
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("why__in", ["lot", "pair"])), name="third_look_why"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("looked_by", None),
                            models.Q(
                                models.Q(("looked_by", models.F("maker")), _negated=True),
                                models.Q(("looked_by", models.F("checker")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_third_person_looks",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agrees", None), ("looked_at", None), ("looked_by", None)),
                            models.Q(
                                ("agrees__isnull", False), ("looked_at__isnull", False), ("looked_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="third_look_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agrees", False), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="disagrees_with_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("act_number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField(default=NOW)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
                ("customer", to("customers.customer")),
                ("employee", to("staff.employee")),
            ],
            options={"indexes": [models.Index(fields=["customer"], name="objections_of_customer")]},
        ),
    ]
