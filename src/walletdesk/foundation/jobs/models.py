"""``Timer``: when a timer comes round next, and who has it now."""

from __future__ import annotations

from django.db import models


class Timer(models.Model):
    """``run`` counts the runs and is the token of the one who has the lease; ``last_error`` is empty after a good run."""

    name = models.CharField(max_length=100, primary_key=True)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    run = models.BigIntegerField(default=0)
    last_started_at = models.DateTimeField(null=True)
    last_ended_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        db_table = "jobs_timer"

    def __str__(self) -> str:
        return self.name
