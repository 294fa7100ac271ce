"""``IdempotencyKey``: who asked what under which key, and what was answered."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models


class IdempotencyKey(models.Model):
    """``body`` is JSON as text, so that a replay has the same names in the same order as the first answer.

    ``status`` is empty only inside the transaction that claimed the key (``sql/guards.sql``).
    """

    id = models.BigAutoField(primary_key=True)
    caller = models.TextField()
    route = models.TextField()
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.SmallIntegerField(null=True)
    body = models.TextField(default="")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "idempotency_key"
        constraints: ClassVar = [models.UniqueConstraint(fields=["caller", "route", "key"], name="one_effect_per_key")]
        indexes: ClassVar = [BrinIndex(fields=["created_at"], name="idempotency_key_age")]

    def __str__(self) -> str:
        return f"{self.route} {self.key}"
