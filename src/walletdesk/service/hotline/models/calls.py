"""A call, its legs, what happened in it, and the proofs of who calls."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7

KINDS = ("telephone", "browser", "call_back")
PROOFS = ("", "token", "app_code", "approval", "two_codes")
ROLES = ("caller", "agent", "colleague", "listener")
APPROVAL_STATES = ("open", "yes", "no", "expired")


class Call(models.Model):
    """``flow`` is the call as its rules know it; ``heard`` counts its events, and ``answer`` is what the last of them
    asked for, so that a repeated event is answered and not done again. ``number_shown`` is the network's word, never proof.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10)
    number_shown = models.CharField(max_length=32, blank=True, default="")
    dialled = models.CharField(max_length=32, blank=True, default="")
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+", null=True)
    claimed = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+", null=True)
    proof = models.CharField(max_length=10, blank=True, default="")
    verified_at = models.DateTimeField(null=True)
    recovery_id = models.UUIDField(null=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    short_code = models.CharField(max_length=4, blank=True, default="")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", null=True)
    case_is_new = models.BooleanField(default=False)
    language = models.CharField(max_length=10, blank=True, default="")
    topic = models.CharField(max_length=20, default="general")
    place = models.CharField(max_length=24)
    flow = models.JSONField()
    heard = models.PositiveIntegerField(default=0)
    answer = models.JSONField(default=list)
    menu = models.ForeignKey("hotline.MenuVersion", on_delete=models.PROTECT, related_name="+", null=True)
    call_back = models.ForeignKey("hotline.CallBack", on_delete=models.PROTECT, related_name="calls", null=True)
    arrived_at = models.DateTimeField(default=now)
    queued_at = models.DateTimeField(null=True)
    agent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="call_kind_known", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(name="call_proof_known", condition=Q(proof__in=PROOFS)),
            models.CheckConstraint(
                name="call_ended_has_outcome",
                condition=Q(ended_at=None, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="call_verified_is_somebody",
                condition=Q(proof="", verified_at=None)
                | (~Q(proof="") & Q(verified_at__isnull=False, customer__isnull=False)),
            ),
            models.CheckConstraint(
                name="call_back_belongs_to_kind",
                condition=Q(kind="call_back", call_back__isnull=False) | (~Q(kind="call_back") & Q(call_back=None)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="calls_live", fields=["arrived_at"], condition=Q(ended_at=None)),
            models.Index(name="calls_of_number", fields=["number_shown", "-arrived_at"]),
            models.Index(name="calls_of_customer", fields=["customer", "-arrived_at"]),
            models.Index(name="calls_by_time", fields=["-arrived_at"]),
        ]

    def __str__(self) -> str:
        return str(self.id)


class CallLeg(models.Model):
    """One line of a call, with how it sounded: packets received and lost, jitter and delay in milliseconds."""

    id = models.CharField(primary_key=True, max_length=120)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="legs")
    role = models.CharField(max_length=10)
    kind = models.CharField(max_length=10, default="telephone")
    employee = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+", null=True)
    began_at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20, blank=True, default="")
    received = models.PositiveBigIntegerField(default=0)
    lost = models.PositiveBigIntegerField(default=0)
    jitter_ms = models.FloatField(default=0)
    delay_ms = models.FloatField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="leg_role_known", condition=Q(role__in=ROLES))]

    def __str__(self) -> str:
        return self.id


class CallEvent(models.Model):
    """Append-only: each event of a call in its order, secrets masked before they come here."""

    id = models.BigAutoField(primary_key=True)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=now)
    name = models.CharField(max_length=24)
    place = models.CharField(max_length=24)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(name="events_of_call", fields=["call", "id"])]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class CallToken(models.Model):
    """The right of a signed-in page to one call, within a minute. Only the hash of the token is kept."""

    token_hash = models.CharField(primary_key=True, max_length=64)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", null=True)
    language = models.CharField(max_length=10)
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="token_used_in_time", condition=Q(used_at=None) | Q(used_at__lt=F("expires_at"))
            )
        ]
        indexes: ClassVar = [models.Index(name="tokens_by_end", fields=["expires_at"])]

    def __str__(self) -> str:
        return self.token_hash[:8]


class CallCode(models.Model):
    """What a customer's six digits are made from (sealed), which step was last used, and the guesses at it."""

    customer = models.OneToOneField("customers.Customer", primary_key=True, on_delete=models.PROTECT, related_name="+")
    sealed_secret = models.BinaryField()
    last_used = models.BigIntegerField(default=0)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.customer_id)


class CallApproval(models.Model):
    """A question in the app: is it you who calls us now? One at a time for a customer."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="approvals")
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, default="open")
    asked_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_open_approval", fields=["customer"], condition=Q(state="open")),
            models.CheckConstraint(name="approval_state_known", condition=Q(state__in=APPROVAL_STATES)),
        ]
        indexes: ClassVar = [models.Index(name="approvals_of_customer", fields=["customer", "-asked_at"])]

    def __str__(self) -> str:
        return str(self.id)
