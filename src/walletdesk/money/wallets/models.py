"""``Wallet``, the record of its freezes, what it has moved so far, and the limits its owner set."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.money.wallets.rules.limits import OWN_GROUPS, OWN_WINDOWS
from walletdesk.money.wallets.rules.payee_limits import PAYEE, PAYEE_WINDOWS

FREEZE_MODES = ("debit", "credit", "full")
REPLACED, CANCELLED = "replaced", "cancelled"


def no_sums() -> list[int]:
    return []


class Wallet(models.Model):
    """One customer's money in one asset. ``ledger_account`` is an account number in the books."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    asset_code = models.CharField(max_length=12)
    ledger_account = models.BigIntegerField(unique=True)
    opened_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_wallet_per_asset", fields=["customer", "asset_code"]),
        ]

    def __str__(self) -> str:
        return str(self.id)


class WalletFreeze(models.Model):
    """From when to when a wallet was frozen, why, and on whose word. The flag that stops money is in the books.

    ``after_line`` and ``until_line`` say the same by the journal, which no clock can put back: the last line that stood in
    the books when the freeze began, and when it ended.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    wallet = models.ForeignKey(Wallet, on_delete=models.PROTECT, related_name="freezes")
    mode = models.CharField(max_length=6)
    reason = models.CharField(max_length=500)
    actor = models.CharField(max_length=100)
    frozen_at = models.DateTimeField()
    after_line = models.BigIntegerField()
    lifted_at = models.DateTimeField(null=True)
    until_line = models.BigIntegerField(null=True)
    lifted_reason = models.CharField(max_length=500, blank=True, default="")
    lifted_by = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="freeze_mode_known", condition=models.Q(mode__in=FREEZE_MODES)),
            models.CheckConstraint(name="freeze_says_why", condition=~models.Q(reason="")),
            models.CheckConstraint(
                name="freeze_ends_after_it_began",
                condition=models.Q(lifted_at=None) | models.Q(lifted_at__gte=models.F("frozen_at")),
            ),
            models.CheckConstraint(
                name="freeze_ends_by_both",
                condition=models.Q(lifted_at=None, until_line=None)
                | models.Q(lifted_at__isnull=False, until_line__gte=models.F("after_line")),
            ),
            models.UniqueConstraint(
                name="one_open_freeze_per_wallet", fields=["wallet"], condition=models.Q(lifted_at=None)
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class LimitCounter(models.Model):
    """What a wallet has moved, in minor units by instrument (the order of ``rules/counters.py``), and of which dates the
    figures speak. Whoever counts locks this row first, so that two payments at the limit stand in line.
    """

    wallet = models.OneToOneField(Wallet, primary_key=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(null=True)
    month = models.DateField(null=True)
    year = models.DateField(null=True)
    day_used = ArrayField(models.BigIntegerField(), default=no_sums)
    month_used = ArrayField(models.BigIntegerField(), default=no_sums)
    year_used = ArrayField(models.BigIntegerField(), default=no_sums)
    lifetime_used = ArrayField(models.BigIntegerField(), default=no_sums)
    incoming_minor = models.BigIntegerField(default=0)
    has_own_limits = models.BooleanField(default=False)
    has_payee_limits = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="incoming_not_negative", condition=models.Q(incoming_minor__gte=0)),
        ]

    def __str__(self) -> str:
        return str(self.wallet_id)


class OwnLimit(models.Model):
    """A limit that the owner set, or asked to raise. The one that holds is the latest begun that has not ended.

    ``minor`` None: no limit of one's own any more. ``payee_id``: of what goes to this person or shop alone. A raise
    begins after a delay; until then it can be cancelled.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    wallet = models.ForeignKey(Wallet, on_delete=models.PROTECT, related_name="own_limits")
    group = models.CharField(max_length=20)
    window = models.CharField(max_length=10)
    payee_id = models.UUIDField(null=True)
    minor = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    holds_from = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="own_limit_known",
                condition=models.Q(payee_id=None, group__in=OWN_GROUPS, window__in=OWN_WINDOWS)
                | models.Q(payee_id__isnull=False, group=PAYEE, window__in=PAYEE_WINDOWS),
            ),
            models.CheckConstraint(
                name="own_limit_not_negative", condition=models.Q(minor=None) | models.Q(minor__gte=0)
            ),
            models.CheckConstraint(
                name="own_limit_begins_when_asked", condition=models.Q(holds_from__gte=models.F("asked_at"))
            ),
            models.CheckConstraint(
                name="own_limit_ends_in_a_way",
                condition=models.Q(ended_at=None, ended_how="")
                | models.Q(ended_at__isnull=False, ended_how=REPLACED)
                | models.Q(ended_at__lt=models.F("holds_from"), ended_how=CANCELLED),
            ),
            models.UniqueConstraint(
                name="one_own_limit_begins_at_a_time",
                fields=["wallet", "group", "window", "holds_from"],
                condition=models.Q(ended_at=None, payee_id=None),
            ),
            models.UniqueConstraint(
                name="one_payee_limit_begins_at_a_time",
                fields=["wallet", "payee_id", "window", "holds_from"],
                condition=models.Q(ended_at=None, payee_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}.{self.window}"


class PayeeUse(models.Model):
    """What went to one payee on the last day on which that was counted: only while the owner limits it by the day."""

    id = models.BigAutoField(primary_key=True)
    wallet = models.ForeignKey(Wallet, on_delete=models.PROTECT, related_name="+", db_index=False)
    payee_id = models.UUIDField()
    day = models.DateField()
    used_minor = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_use_of_a_payee", fields=["wallet", "payee_id"]),
            models.CheckConstraint(name="payee_use_not_negative", condition=models.Q(used_minor__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.used_minor}"
