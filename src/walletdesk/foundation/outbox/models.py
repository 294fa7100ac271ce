"""``Event``: a fact as told. ``Untold``: who is still to be told. ``Delivery``: one listener's copy, due, done or dead."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Event(models.Model):
    """``transaction_no`` and ``oldest_open`` say which transactions were under way: see ``queries.events_after``."""

    id = models.BigAutoField(primary_key=True)
    fact = models.CharField(max_length=100)
    payload = models.JSONField()
    topics = ArrayField(models.TextField())
    created_at = models.DateTimeField()
    transaction_no = models.BigIntegerField()
    oldest_open = models.BigIntegerField()

    class Meta:
        db_table = "outbox_event"
        indexes: ClassVar = [  # new topics are put in order by the hundred, not one by one in the payment's transaction
            GinIndex(fields=["topics"], name="outbox_event_topics", fastupdate=True, gin_pending_list_limit=256)
        ]

    def __str__(self) -> str:
        return f"{self.fact} {self.id}"


class Untold(models.Model):
    """Who hears an event, as its teller knew it: gone when the worker has made the deliveries (``sql/owe.sql``)."""

    event_id = models.BigIntegerField(primary_key=True)
    handlers = ArrayField(models.TextField())

    class Meta:
        db_table = "outbox_untold"

    def __str__(self) -> str:
        return str(self.event_id)


class Delivery(models.Model):
    class State(models.TextChoices):
        DUE = "due"
        DONE = "done"
        DEAD = "dead"

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deliveries", db_index=False)
    handler = models.CharField(max_length=150)
    state = models.CharField(max_length=4, choices=State, default=State.DUE)
    attempts = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField()
    last_error = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        db_table = "outbox_delivery"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "handler"], name="one_delivery_per_listener"),
            models.CheckConstraint(condition=models.Q(state__in=["due", "done", "dead"]), name="delivery_state_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["handler", "due_at"], name="outbox_due", condition=models.Q(state="due")),
            models.Index(fields=["id"], name="outbox_dead", condition=models.Q(state="dead")),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.handler}: {self.state}"
