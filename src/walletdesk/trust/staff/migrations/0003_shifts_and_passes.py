"""Shifts, passes, the cap of a day's sum, and since when somebody may come to the desk."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import walletdesk.foundation.clock.public
import walletdesk.trust.staff.models


class Migration(migrations.Migration):
    dependencies = [("staff", "0002_guards")]
    operations = [
        migrations.AddField(
            model_name="employee",
            name="refund_day_cap_minor",
            field=models.BigIntegerField(null=True, help_text="own cap of a day's sum; empty: the profile's"),
        ),
        migrations.AddField(
            model_name="employee",
            name="enrolled_at",
            field=models.DateTimeField(null=True, help_text="a pass was used; empty: no way to the desk"),
        ),
        migrations.AddConstraint(
            model_name="employee",
            constraint=models.CheckConstraint(
                name="day_cap_not_negative",
                condition=models.Q(("refund_day_cap_minor", None), ("refund_day_cap_minor__gte", 0), _connector="OR"),
            ),
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                ("id", models.UUIDField(default=walletdesk.foundation.clock.public.uuid7, editable=False, primary_key=True, serialize=False)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("planned_by", models.CharField(max_length=60)),
                ("planned_at", models.DateTimeField(default=walletdesk.foundation.clock.public.now)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_by", models.CharField(blank=True, default="", max_length=60)),
                ("employee", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.employee")),
            ],
            options={
                "indexes": [models.Index(fields=["starts_at"], name="shifts_by_start")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="shift_ends_after_it_starts"),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        name="one_shift_at_a_time",
                        expressions=[
                            (walletdesk.trust.staff.models._Span("starts_at", "ends_at"), "&&"),
                            ("employee", "="),
                        ],
                        condition=models.Q(("cancelled_at", None)),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EnrolmentPass",
            fields=[
                ("id", models.UUIDField(default=walletdesk.foundation.clock.public.uuid7, editable=False, primary_key=True, serialize=False)),
                ("code_hash", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(default=walletdesk.foundation.clock.public.now)),
                ("expires_at", models.DateTimeField()),
                ("wrong_tries", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("employee", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.employee")),
                ("made_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.employee")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("code_hash__regex", "^[0-9a-f]{64}$")), name="pass_is_sha256"),
                    models.CheckConstraint(condition=models.Q(("expires_at__gt", models.F("made_at"))), name="pass_runs_out"),
                    models.CheckConstraint(
                        condition=models.Q(("used_at", None), ("used_at__lt", models.F("expires_at")), _connector="OR"),
                        name="pass_used_in_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("made_by", None), models.Q(("made_by", models.F("employee")), _negated=True), _connector="OR"),
                        name="nobody_lets_oneself_in",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("used_at", None)), fields=("employee",), name="one_pass_at_a_time"
                    ),
                ],
            },
        ),
    ]
