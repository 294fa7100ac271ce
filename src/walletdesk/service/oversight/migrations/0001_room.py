"""What was noticed is kept, and the figures that a fresh house starts with."""

from django.db import migrations, models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.schema.public import RoomMigration, figures, sql_files

FIGURES = {
    "look.soft_limit": 50,
    "unmask.soft_limit": 50,
    "unmask.ceiling": 100,
    "glass.seconds": 900,
    "pairs.days": 30,
    "pairs.least": 8,
    "pairs.share_percent": 70,
    "third_look.percent": 5,
}


class Migration(RoomMigration):
    replaces = [("oversight", "0001_initial"), ("oversight", "0002_guards")]
    dependencies = [
        ("approvals", "0001_room"),
        ("cases", "0001_room"),
        ("customers", "0001_room"),
        ("profiles", "0001_room"),
        ("staff", "0001_room"),
    ]
    operations = [
        migrations.CreateModel(
            name="Canary",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("placed_at", models.DateTimeField(default=now)),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                ("lifted_at", models.DateTimeField(null=True)),
                ("customer", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="customers.customer")),
                ("lifted_by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="staff.employee")),
                ("placed_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="staff.employee")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=Q(("lifted_at", None)), fields=("customer",), name="one_canary_a_customer")
                ]
            },
        ),
        migrations.CreateModel(
            name="BrokenGlass",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("reason", models.CharField(max_length=300)),
                ("opened_at", models.DateTimeField(default=now)),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("customer", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="customers.customer")),
                ("employee", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="staff.employee")),
            ],
            options={
                "indexes": [models.Index(fields=["-opened_at"], name="glass_latest")],
                "constraints": [
                    models.CheckConstraint(condition=Q(("reason", ""), _negated=True), name="glass_has_a_reason"),
                    models.CheckConstraint(condition=Q(("until__gt", F("opened_at"))), name="glass_mends"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Alarm",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=30)),
                ("at", models.DateTimeField(default=now)),
                ("case_id", models.UUIDField(null=True)),
                ("subject", models.CharField(blank=True, default="", max_length=100)),
                ("detail", models.JSONField(default=dict)),
                ("once", models.CharField(max_length=160, unique=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, default="", max_length=500)),
                ("answered_by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="staff.employee")),
                ("customer", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="customers.customer")),
                ("employee", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="staff.employee")),
            ],
            options={
                "indexes": [
                    models.Index(condition=Q(("answered_at", None)), fields=["-at"], name="alarms_open"),
                    models.Index(fields=["-at"], name="alarms_latest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(
                            (
                                "kind__in",
                                [
                                    "canary_look",
                                    "many_looks",
                                    "many_unmaskings",
                                    "glass_broken",
                                    "two_person_tried",
                                    "one_checker",
                                    "third_look_disagrees",
                                ],
                            )
                        ),
                        name="alarm_kind",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                            Q(("answered_at__isnull", False), ("answered_by__isnull", False), Q(("answer", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="alarm_answered_whole",
                    ),
                    models.CheckConstraint(
                        condition=Q(("answered_by", None), Q(("answered_by", F("employee")), _negated=True), _connector="OR"),
                        name="nobody_answers_about_oneself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ThirdLook",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("why", models.CharField(max_length=10)),
                ("drawn_at", models.DateTimeField(default=now)),
                ("looked_at", models.DateTimeField(null=True)),
                ("agrees", models.BooleanField(null=True)),
                ("words", models.CharField(blank=True, default="", max_length=500)),
                ("checker", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="staff.employee")),
                ("looked_by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="staff.employee")),
                ("maker", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="staff.employee")),
                ("proposal", models.OneToOneField(on_delete=models.PROTECT, related_name="+", to="approvals.proposal")),
            ],
            options={
                "indexes": [models.Index(condition=Q(("looked_at", None)), fields=["drawn_at"], name="third_looks_open")],
                "constraints": [
                    models.CheckConstraint(condition=Q(("why__in", ["lot", "pair"])), name="third_look_why"),
                    models.CheckConstraint(
                        condition=Q(
                            ("looked_by", None),
                            Q(Q(("looked_by", F("maker")), _negated=True), Q(("looked_by", F("checker")), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_third_person_looks",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("agrees", None), ("looked_at", None), ("looked_by", None)),
                            Q(("agrees__isnull", False), ("looked_at__isnull", False), ("looked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="third_look_whole",
                    ),
                    models.CheckConstraint(
                        condition=Q(Q(("agrees", False), _negated=True), Q(("words", ""), _negated=True), _connector="OR"),
                        name="disagrees_with_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("act_number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField(default=now)),
                ("case", models.OneToOneField(on_delete=models.PROTECT, related_name="+", to="cases.case")),
                ("customer", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="customers.customer")),
                ("employee", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="staff.employee")),
            ],
            options={"indexes": [models.Index(fields=["customer"], name="objections_of_customer")]},
        ),
        sql_files(__file__, "guards"),
        figures("Walletdesk 0.2 defaults, 2026-11-22", FIGURES),
    ]
