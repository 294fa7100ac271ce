"""Counts, forecasts and plans by the hour; the goal of the queue and the first guesses."""

from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.expressions import CombinedExpression

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.schema.public import RoomMigration, figures

FIGURES = {
    "workforce.service_goal": {"target_seconds": 20, "target_percent": 80, "early_seconds": 5, "method": "removed"},
    "workforce.first_guess": {"weekly_calls": 4200, "aht_seconds": 240, "patience_seconds": 300, "shrinkage_percent": 30},
}


class Migration(RoomMigration):
    replaces = [("workforce", "0001_initial"), ("workforce", "0002_figures")]
    dependencies = [("profiles", "0001_room"), ("staff", "0001_room")]
    operations = [
        migrations.CreateModel(
            name="HourCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("queue", models.CharField(max_length=40)),
                ("hour", models.DateTimeField()),
                ("target_seconds", models.PositiveIntegerField()),
                ("early_seconds", models.PositiveIntegerField()),
                ("offered", models.PositiveIntegerField(default=0)),
                ("answered", models.PositiveIntegerField(default=0)),
                ("answered_in_time", models.PositiveIntegerField(default=0)),
                ("abandoned", models.PositiveIntegerField(default=0)),
                ("early", models.PositiveIntegerField(default=0)),
                ("called_back", models.PositiveIntegerField(default=0)),
                ("waited_answered", models.FloatField(default=0)),
                ("waited_abandoned", models.FloatField(default=0)),
                ("longest", models.FloatField(default=0)),
                ("talked", models.FloatField(default=0)),
                ("wrapped", models.FloatField(default=0)),
                ("source", models.CharField(default="calls", max_length=10)),
                ("counted_at", models.DateTimeField(default=now)),
            ],
            options={
                "indexes": [models.Index(fields=["hour"], name="hour_count_by_hour")],
                "constraints": [
                    models.UniqueConstraint(fields=("queue", "hour"), name="one_count_per_queue_and_hour"),
                    models.CheckConstraint(condition=Q(("source__in", ("calls", "simulated"))), name="hour_count_source_known"),
                    models.CheckConstraint(
                        condition=Q(
                            ("answered_in_time__lte", F("answered")),
                            ("early__lte", F("abandoned")),
                            (
                                "offered__gte",
                                CombinedExpression(CombinedExpression(F("answered"), "+", F("abandoned")), "+", F("called_back")),
                            ),
                        ),
                        name="hour_count_parts_fit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HourForecast",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("queue", models.CharField(max_length=40)),
                ("hour_of_week", models.PositiveSmallIntegerField()),
                ("calls", models.FloatField()),
                ("low", models.FloatField()),
                ("high", models.FloatField()),
                ("weeks", models.FloatField()),
                ("wait", models.FloatField()),
                ("kind", models.CharField(max_length=10)),
                ("made_at", models.DateTimeField(default=now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("queue", "hour_of_week"), name="one_forecast_per_queue_and_hour"),
                    models.CheckConstraint(condition=Q(("hour_of_week__lt", 168)), name="forecast_hour_in_week"),
                    models.CheckConstraint(
                        condition=Q(("low__lte", F("calls")), ("calls__lte", F("high"))), name="forecast_low_high"
                    ),
                    models.CheckConstraint(condition=Q(("kind__in", ("quiet", "between", "peak"))), name="forecast_kind_known"),
                ]
            },
        ),
        migrations.CreateModel(
            name="StaffingPlan",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("queue", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField(default=now)),
                ("aht", models.FloatField()),
                ("target_seconds", models.FloatField()),
                ("target_level", models.FloatField()),
                ("patience", models.FloatField(null=True)),
                ("shrinkage", models.FloatField()),
                ("most_busy", models.FloatField()),
                ("for_high", models.BooleanField(default=False)),
                ("made_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="staff.employee")),
            ],
            options={
                "indexes": [models.Index(fields=["queue", "-made_at"], name="plan_in_force")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("shrinkage__gte", 0), ("shrinkage__lt", 1), ("target_level__gt", 0), ("target_level__lt", 1)),
                        name="plan_shares_fit",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlannedHour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hour_of_week", models.PositiveSmallIntegerField()),
                ("calls", models.FloatField()),
                ("agents", models.PositiveIntegerField()),
                ("on_rota", models.PositiveIntegerField()),
                ("service_level", models.FloatField()),
                ("mean_wait", models.FloatField()),
                ("occupancy", models.FloatField()),
                ("abandonment", models.FloatField()),
                ("plan", models.ForeignKey(on_delete=models.CASCADE, related_name="hours", to="workforce.staffingplan")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "hour_of_week"), name="one_row_per_planned_hour"),
                    models.CheckConstraint(condition=Q(("hour_of_week__lt", 168)), name="planned_hour_in_week"),
                    models.CheckConstraint(condition=Q(("on_rota__gte", F("agents"))), name="rota_covers_agents"),
                ]
            },
        ),
        figures("Walletdesk 0.2 defaults, 2026-11-22", FIGURES),
    ]
