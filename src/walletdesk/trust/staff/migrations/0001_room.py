"""Employees and teams, shifts and passes; the figures of caps and passes."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import migrations, models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.schema.public import RoomMigration, figures, sql_files
from walletdesk.trust.staff.models import _Span

FIGURES = {"refund.agent_day_cap_minor": 300_000, "staff.pass_seconds": 24 * 3600}


class Migration(RoomMigration):
    replaces = [("staff", "0001_initial"), ("staff", "0002_guards"), ("staff", "0003_shifts_and_passes"), ("staff", "0004_posts")]
    dependencies = [("identity", "0001_room"), ("profiles", "0001_room")]
    operations = [
        migrations.CreateModel(
            name="Team",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name_zh", models.CharField(max_length=60)),
                ("name_en", models.CharField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="Employee",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("employee_number", models.CharField(max_length=8, unique=True)),
                ("name_zh", models.CharField(max_length=60)),
                ("name_en", models.CharField(max_length=60)),
                ("role", models.CharField(max_length=20)),
                ("active", models.BooleanField(default=True)),
                ("refund_cap_minor", models.BigIntegerField(help_text="own cap per refund; empty: the profile's", null=True)),
                ("employed_at", models.DateTimeField(default=now)),
                ("user", models.OneToOneField(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("team", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="staff.team")),
                (
                    "refund_day_cap_minor",
                    models.BigIntegerField(help_text="own cap of a day's sum; empty: the profile's", null=True),
                ),
                ("enrolled_at", models.DateTimeField(help_text="a pass was used; empty: no way to the desk", null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(
                            (
                                "role__in",
                                [
                                    "agent",
                                    "senior_agent",
                                    "supervisor",
                                    "risk_officer",
                                    "finance_officer",
                                    "editor",
                                    "auditor",
                                    "administrator",
                                ],
                            )
                        ),
                        name="role_is_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(("employee_number__regex", "^[0-9]{3,8}$")), name="employee_number_is_digits"
                    ),
                    models.CheckConstraint(
                        condition=Q(("refund_cap_minor", None), ("refund_cap_minor__gte", 0), _connector="OR"),
                        name="cap_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=Q(("refund_day_cap_minor", None), ("refund_day_cap_minor__gte", 0), _connector="OR"),
                        name="day_cap_not_negative",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("planned_by", models.CharField(max_length=60)),
                ("planned_at", models.DateTimeField(default=now)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_by", models.CharField(blank=True, default="", max_length=60)),
                ("employee", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="staff.employee")),
            ],
            options={
                "indexes": [models.Index(fields=["starts_at"], name="shifts_by_start")],
                "constraints": [
                    models.CheckConstraint(condition=Q(("ends_at__gt", F("starts_at"))), name="shift_ends_after_it_starts"),
                    ExclusionConstraint(
                        condition=Q(("cancelled_at", None)),
                        expressions=[(_Span("starts_at", "ends_at"), "&&"), ("employee", "=")],
                        name="one_shift_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EnrolmentPass",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("code_hash", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(default=now)),
                ("expires_at", models.DateTimeField()),
                ("wrong_tries", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("employee", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="staff.employee")),
                ("made_by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="staff.employee")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(("code_hash__regex", "^[0-9a-f]{64}$")), name="pass_is_sha256"),
                    models.CheckConstraint(condition=Q(("expires_at__gt", F("made_at"))), name="pass_runs_out"),
                    models.CheckConstraint(
                        condition=Q(("used_at", None), ("used_at__lt", F("expires_at")), _connector="OR"), name="pass_used_in_time"
                    ),
                    models.CheckConstraint(
                        condition=Q(("made_by", None), Q(("made_by", F("employee")), _negated=True), _connector="OR"),
                        name="nobody_lets_oneself_in",
                    ),
                    models.UniqueConstraint(
                        condition=Q(("ended_at", None), ("used_at", None)), fields=("employee",), name="one_pass_at_a_time"
                    ),
                ]
            },
        ),
        sql_files(__file__, "guards", "posts_guards"),
        figures("Walletdesk 0.2 defaults, 2026-11-22", FIGURES),
    ]
