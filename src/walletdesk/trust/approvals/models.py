"""``Proposal``: one matter for two persons."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.trust.approvals.rules import APPROVED, PROPOSED, REJECTED, STATES

_CHECKED = Q(state__in=[APPROVED, REJECTED])


class Proposal(models.Model):
    """Who made it stands here three times on purpose: employee, sign-in, team, as they were at that moment."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=30)
    subject = models.CharField(max_length=100, help_text="what it is about, such as the payment's id")
    case_id = models.UUIDField(null=True, db_index=True)
    payload = models.JSONField()
    payload_hash = models.CharField(max_length=64)
    beneficiary = models.ForeignKey("customers.Customer", null=True, on_delete=models.PROTECT, related_name="+")
    beneficiary_user_id = models.UUIDField(null=True)
    maker = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+")
    maker_user_id = models.UUIDField()
    maker_team = models.ForeignKey("staff.Team", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    drawn = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    drawn_until = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default=PROPOSED)
    checker = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    checker_user_id = models.UUIDField(null=True)
    checker_team = models.ForeignKey("staff.Team", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(name="open_by_due_time", fields=["expires_at"], condition=Q(state=PROPOSED)),
            models.Index(name="decided_latest", fields=["-decided_at"], condition=Q(decided_at__isnull=False)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_open_proposal", fields=["kind", "subject"], condition=Q(state=PROPOSED)),
            models.CheckConstraint(name="proposal_state", condition=Q(state__in=STATES)),
            models.CheckConstraint(name="hash_is_sha256", condition=Q(payload_hash__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(name="proposal_runs_out", condition=Q(expires_at__gt=F("made_at"))),
            models.CheckConstraint(
                name="checked_by_somebody",
                condition=_CHECKED & Q(checker__isnull=False, checker_user_id__isnull=False, checker_team__isnull=False)
                | ~_CHECKED & Q(checker=None, checker_user_id=None, checker_team=None),
            ),
            models.CheckConstraint(
                name="open_or_decided",
                condition=Q(state=PROPOSED, decided_at=None) | ~Q(state=PROPOSED) & Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(name="checker_is_not_maker", condition=Q(checker=None) | ~Q(checker=F("maker"))),
            models.CheckConstraint(
                name="checker_has_another_sign_in", condition=Q(checker=None) | ~Q(checker_user_id=F("maker_user_id"))
            ),
            models.CheckConstraint(
                name="checker_is_of_another_team", condition=Q(checker=None) | ~Q(checker_team=F("maker_team"))
            ),
            models.CheckConstraint(
                name="drawn_for_a_while",
                condition=Q(drawn=None, drawn_until=None)
                | Q(drawn__isnull=False, drawn_until__gt=F("made_at"), drawn_until__lte=F("expires_at"))
                & ~Q(drawn=F("maker")),
            ),
            models.CheckConstraint(
                name="decided_by_whom_the_lot_fell_on",
                condition=Q(checker=None) | Q(drawn=None) | Q(checker=F("drawn")) | Q(decided_at__gte=F("drawn_until")),
            ),
            models.CheckConstraint(
                name="nobody_decides_own_gain",
                condition=Q(beneficiary_user_id=None)
                | ~Q(maker_user_id=F("beneficiary_user_id"))
                & (Q(checker=None) | ~Q(checker_user_id=F("beneficiary_user_id"))),
            ),
            models.CheckConstraint(
                name="decided_in_time",
                condition=~_CHECKED | Q(decided_at__lt=F("expires_at"), decided_at__gte=F("made_at")),
            ),
            models.CheckConstraint(name="sent_back_with_reason", condition=~Q(state=REJECTED) | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return str(self.id)
