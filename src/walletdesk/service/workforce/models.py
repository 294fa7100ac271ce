"""What was counted by the hour, what is forecast, what is planned. No row names a caller."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7

SOURCES = ("calls", "simulated")


class HourCount(models.Model):
    """The calls that came to one queue within one hour; counted again while some of them are still open.

    ``target_seconds`` and ``early_seconds`` are those in force when it was counted: a later change does not rewrite what
    was reported.
    """

    queue = models.CharField(max_length=40)
    hour = models.DateTimeField()
    target_seconds = models.PositiveIntegerField()
    early_seconds = models.PositiveIntegerField()
    offered = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    answered_in_time = models.PositiveIntegerField(default=0)
    abandoned = models.PositiveIntegerField(default=0)
    early = models.PositiveIntegerField(default=0)
    called_back = models.PositiveIntegerField(default=0)
    waited_answered = models.FloatField(default=0)
    waited_abandoned = models.FloatField(default=0)
    longest = models.FloatField(default=0)
    talked = models.FloatField(default=0)
    wrapped = models.FloatField(default=0)
    source = models.CharField(max_length=10, default="calls")
    counted_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_count_per_queue_and_hour", fields=["queue", "hour"]),
            models.CheckConstraint(name="hour_count_source_known", condition=Q(source__in=SOURCES)),
            models.CheckConstraint(
                name="hour_count_parts_fit",
                condition=Q(answered_in_time__lte=F("answered"))
                & Q(early__lte=F("abandoned"))
                & Q(offered__gte=F("answered") + F("abandoned") + F("called_back")),
            ),
        ]
        indexes: ClassVar = [models.Index(name="hour_count_by_hour", fields=["hour"])]

    def __str__(self) -> str:
        return f"{self.queue} {self.hour:%Y-%m-%d %H}"


class HourForecast(models.Model):
    """What is expected of one hour of the week in one queue; ``wait`` in seconds. Replaced as a whole."""

    queue = models.CharField(max_length=40)
    hour_of_week = models.PositiveSmallIntegerField()
    calls = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    weeks = models.FloatField()
    wait = models.FloatField()
    kind = models.CharField(max_length=10)
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_forecast_per_queue_and_hour", fields=["queue", "hour_of_week"]),
            models.CheckConstraint(name="forecast_hour_in_week", condition=Q(hour_of_week__lt=168)),
            models.CheckConstraint(
                name="forecast_low_high", condition=Q(low__lte=F("calls")) & Q(calls__lte=F("high"))
            ),
            models.CheckConstraint(name="forecast_kind_known", condition=Q(kind__in=("quiet", "between", "peak"))),
        ]

    def __str__(self) -> str:
        return f"{self.queue} {self.hour_of_week}"


class StaffingPlan(models.Model):
    """A plan that somebody saved, with what was wished and what forecast it stands on. The newest of a queue is in force."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    queue = models.CharField(max_length=40)
    made_by = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)
    aht = models.FloatField()
    target_seconds = models.FloatField()
    target_level = models.FloatField()
    patience = models.FloatField(null=True)
    shrinkage = models.FloatField()
    most_busy = models.FloatField()
    for_high = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="plan_shares_fit",
                condition=Q(target_level__gt=0, target_level__lt=1, shrinkage__gte=0, shrinkage__lt=1),
            ),
        ]
        indexes: ClassVar = [models.Index(name="plan_in_force", fields=["queue", "-made_at"])]

    def __str__(self) -> str:
        return f"{self.queue} {self.made_at:%Y-%m-%d}"


class PlannedHour(models.Model):
    """One hour of the week in a plan: agents at the telephones, people on the rota, and what they would make of it."""

    plan = models.ForeignKey(StaffingPlan, on_delete=models.CASCADE, related_name="hours")
    hour_of_week = models.PositiveSmallIntegerField()
    calls = models.FloatField()
    agents = models.PositiveIntegerField()
    on_rota = models.PositiveIntegerField()
    service_level = models.FloatField()
    mean_wait = models.FloatField()
    occupancy = models.FloatField()
    abandonment = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_row_per_planned_hour", fields=["plan", "hour_of_week"]),
            models.CheckConstraint(name="planned_hour_in_week", condition=Q(hour_of_week__lt=168)),
            models.CheckConstraint(name="rota_covers_agents", condition=Q(on_rota__gte=F("agents"))),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.hour_of_week}"
