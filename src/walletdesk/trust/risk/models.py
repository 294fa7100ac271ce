"""What risk remembers and what it noticed. Nothing here is ever rewritten: triggers and privileges say so too.

SeenTransfer, RiskFlag      money between people, and the rings found in it
RiskDecision                each ask with its inputs and its answer
RiskMark                    what stands on a person or a payee for a time
PayeeReport                 what a payer says of a payee; only its end is ever written
RuleVersion                 rule sets, as written and as published
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.trust.risk.rules import reports
from walletdesk.trust.risk.rules.asks import OUTCOMES
from walletdesk.trust.risk.rules.marks import KINDS

RING = "ring"


class SeenTransfer(models.Model):
    transfer_id = models.UUIDField(primary_key=True)
    from_customer_id = models.UUIDField()
    to_customer_id = models.UUIDField()
    amount_minor = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(name="seen_leaving", fields=["from_customer_id", "at"]),
        ]
        constraints: ClassVar = [models.CheckConstraint(name="seen_positive", condition=Q(amount_minor__gt=0))]

    def __str__(self) -> str:
        return str(self.transfer_id)


class RiskFlag(models.Model):
    """``key`` names what was noticed, so that noticing it twice flags it once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    customer_ids = ArrayField(models.UUIDField())
    transfer_ids = ArrayField(models.UUIDField())
    amount_minor = models.BigIntegerField()
    raised_at = models.DateTimeField(default=now)

    class Meta:
        indexes: ClassVar = [
            GinIndex(name="flags_of_customer", fields=["customer_ids"]),
            models.Index(name="flags_latest", fields=["-raised_at"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="flagged_once", fields=["kind", "key"]),
            models.CheckConstraint(name="flag_kind", condition=Q(kind=RING)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class RiskDecision(models.Model):
    """One ask, what was looked at, what was answered by which rule version, and whether the money then moved (``done``).
    This is risk's own memory: what a payer did before is read from here. Append-only.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer_id = models.UUIDField()
    kind = models.CharField(max_length=10)
    payee_id = models.UUIDField()
    amount_minor = models.BigIntegerField()
    asset = models.CharField(max_length=12)
    outcome = models.CharField(max_length=10)
    reasons = ArrayField(models.CharField(max_length=30), null=True)
    score = models.IntegerField()
    rule_version = models.IntegerField()
    new_payee = models.BooleanField()
    night = models.BooleanField()
    done = models.BooleanField()
    inputs = models.JSONField()
    channel = models.CharField(max_length=10)
    device_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "risk_decision"
        indexes: ClassVar = [
            models.Index(
                name="decisions_of_payer",
                fields=["customer_id", "at"],
                include=["amount_minor", "asset", "payee_id", "outcome", "done", "new_payee", "night"],
            ),
            models.Index(name="decisions_on_payee", fields=["customer_id", "payee_id", "at"], condition=Q(done=True)),
            models.Index(
                name="decisions_to_person", fields=["payee_id", "at"], condition=Q(done=True, kind="transfer")
            ),
            models.Index(name="decisions_that_stopped", fields=["at"], condition=~Q(outcome="allow")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="decision_outcome_known", condition=Q(outcome__in=OUTCOMES)),
            models.CheckConstraint(name="decision_kind_known", condition=Q(kind__in=("payment", "transfer"))),
            models.CheckConstraint(name="done_was_allowed", condition=Q(done=False) | Q(outcome="allow")),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.id}"


class RiskMark(models.Model):
    """What stands on a person or payee for a time (``rules/marks.py``). Only its end is ever written."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_id = models.UUIDField(help_text="a customer or a shop")
    kind = models.CharField(max_length=20)
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300)
    made_by = models.CharField(max_length=100)
    made_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        db_table = "risk_mark"
        indexes: ClassVar = [models.Index(name="marks_in_force", fields=["subject_id"], condition=Q(ended_at=None))]
        constraints: ClassVar = [
            models.CheckConstraint(name="mark_kind_known", condition=Q(kind__in=tuple(KINDS))),
            models.CheckConstraint(name="mark_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="mark_ended_by_somebody",
                condition=Q(ended_at=None, ended_by="") | ~Q(ended_at=None) & ~Q(ended_by=""),
            ),
            models.UniqueConstraint(
                name="frozen_once", fields=["subject_id"], condition=Q(kind="frozen", ended_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.subject_id}"


class PayeeReport(models.Model):
    """One payer's word about one payee; ``reference`` names the case in which they are answered."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    payer_id = models.UUIDField()
    payee_id = models.UUIDField(help_text="a customer or a shop")
    about = models.CharField(max_length=10)
    kind = models.CharField(max_length=20)
    words = models.CharField(max_length=500, blank=True, default="")
    reference = models.CharField(max_length=20)
    made_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=100, blank=True, default="")
    outcome = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        db_table = "risk_payee_report"
        indexes: ClassVar = [
            models.Index(name="reports_open", fields=["payee_id"], condition=Q(closed_at=None)),
            models.Index(name="reports_of_payer", fields=["payer_id", "made_at"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_open_report", fields=["payer_id", "payee_id"], condition=Q(closed_at=None)
            ),
            models.CheckConstraint(name="report_about_known", condition=Q(about__in=reports.ABOUT)),
            models.CheckConstraint(name="report_kind_known", condition=Q(kind__in=tuple(reports.KINDS))),
            models.CheckConstraint(name="nobody_reports_themselves", condition=~Q(payer_id=F("payee_id"))),
            models.CheckConstraint(
                name="report_open_or_closed",
                condition=Q(closed_at=None, closed_by="", outcome="")
                | Q(closed_at__isnull=False, outcome__in=reports.OUTCOMES) & ~Q(closed_by=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.payee_id}"


class RuleVersion(models.Model):
    """A rule set as somebody wrote it; in force from ``published_at`` on, until a later one is. Never changed: an edit is
    a new version. Who wrote it does not publish it.
    """

    number = models.AutoField(primary_key=True)
    rules = models.JSONField()
    note = models.CharField(max_length=300)
    made_by = models.CharField(max_length=100)
    made_at = models.DateTimeField(default=now)
    published_by = models.CharField(max_length=100, blank=True, default="")
    published_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "risk_rule_version"
        constraints: ClassVar = [
            models.CheckConstraint(name="rules_say_why", condition=~Q(note="")),
            models.CheckConstraint(
                name="rules_published_by_another",
                condition=Q(published_at=None, published_by="")
                | ~Q(published_at=None) & ~Q(published_by="") & ~Q(published_by=F("made_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"rules {self.number}"
