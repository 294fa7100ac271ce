"""``Act``: one act of a person or of the machine. ``ChainHead``: the last seal, kept by the database alone."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models


class Act(models.Model):
    """``id``, ``previous_hash`` and ``hash`` are given by the database (``sql/guards.sql``), without gaps."""

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.TextField()
    verb = models.TextField()
    subject = models.TextField()
    reason = models.TextField(default="", blank=True)
    case_id = models.UUIDField(null=True)
    customer_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_act"
        indexes: ClassVar = [
            models.Index(
                fields=["customer_id", "-id"], name="audit_of_customer", condition=models.Q(customer_id__isnull=False)
            ),
            models.Index(fields=["case_id", "-id"], name="audit_of_case", condition=models.Q(case_id__isnull=False)),
            models.Index(fields=["actor", "-at"], name="audit_of_actor"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="acts_only_grow", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="acts_are_not_emptied",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'pgtrigger: the list of acts only grows';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.actor} {self.verb}"


class ChainHead(models.Model):
    """One row: number and hash of the last act. An act that is missing at the end is missed here."""

    only_row = models.BooleanField(primary_key=True, default=True)
    last_id = models.BigIntegerField()
    last_hash = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_chain_head"
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(only_row=True), name="one_chain_head")]

    def __str__(self) -> str:
        return str(self.last_id)
