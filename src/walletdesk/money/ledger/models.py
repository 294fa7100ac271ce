"""The tables of the books. Rows are written by the functions in ``sql/`` alone; these classes read them.

Lines carry no foreign keys: they cost a batch almost half its speed, and the posting function, which is the only
writer, has every account locked while it writes. The checker (I2) looks for the orphans that a key would forbid.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class AssetRow(models.Model):
    """A currency or custom asset. Digits never change once somebody has counted in them."""

    code = models.CharField(primary_key=True, max_length=12)
    digits = models.PositiveSmallIntegerField()
    symbol = models.CharField(max_length=8, default="", blank=True)
    number = models.CharField(max_length=3, default="", blank=True)

    class Meta:
        db_table = "ledger_asset"
        constraints = [
            models.CheckConstraint(name="ledger_asset_digits", condition=Q(digits__lte=8)),
            models.CheckConstraint(name="ledger_asset_code", condition=Q(code__regex=r"^[A-Z][A-Z0-9]{1,11}$")),
        ]

    def __str__(self) -> str:
        return self.code


class AccountKindRow(models.Model):
    """The chart of accounts (``rules/chart.py``) as the database knows it."""

    name = models.CharField(primary_key=True, max_length=40)
    number = models.PositiveSmallIntegerField(unique=True)
    credit_normal = models.BooleanField()
    protected = models.BooleanField()

    class Meta:
        db_table = "ledger_account_kind"

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class LedgerAccount(models.Model):
    """An account of the books with its four counters; ``overdraft`` NULL means that it may stand on either side."""

    class Freeze(models.TextChoices):
        NONE = "none"
        DEBIT = "debit"
        CREDIT = "credit"
        FULL = "full"

    kind = models.ForeignKey(AccountKindRow, models.PROTECT, db_column="kind", db_index=False, related_name="+")
    asset = models.ForeignKey(AssetRow, models.PROTECT, db_column="asset", db_index=False, related_name="+")
    owner = models.CharField(max_length=80)
    credit_normal = models.BooleanField()
    overdraft = models.BigIntegerField(null=True)
    frozen = models.CharField(max_length=6, choices=Freeze, default=Freeze.NONE)
    debits_pending = models.BigIntegerField(default=0)
    debits_posted = models.BigIntegerField(default=0)
    credits_pending = models.BigIntegerField(default=0)
    credits_posted = models.BigIntegerField(default=0)
    opened_at = models.DateTimeField()
    seal = models.BinaryField()

    class Meta:
        db_table = "ledger_account"
        constraints = [
            models.UniqueConstraint(name="ledger_account_owner_once", fields=["owner", "kind", "asset"]),
            models.CheckConstraint(
                name="ledger_account_freeze", condition=Q(frozen__in=["none", "debit", "credit", "full"])
            ),
            models.CheckConstraint(
                name="ledger_account_counters",
                condition=Q(debits_pending__gte=0, debits_posted__gte=0, credits_pending__gte=0, credits_posted__gte=0),
            ),
            models.CheckConstraint(
                name="ledger_account_no_overdraft",
                condition=Q(overdraft__isnull=True)
                | Q(
                    credit_normal=True,
                    credits_posted__gte=F("debits_posted") + F("debits_pending") - F("overdraft"),
                )
                | Q(
                    credit_normal=False,
                    debits_posted__gte=F("credits_posted") + F("credits_pending") - F("overdraft"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} {self.asset_id} {self.owner}"


class JournalEntry(models.Model):
    """One business event. ``(kind, reference)`` is its business key; ``seal`` is the digest of it and of its lines."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=200)
    reverses = models.UUIDField(null=True)
    refunds = models.UUIDField(null=True)
    captures = models.UUIDField(null=True)
    memo = models.TextField(default="")
    posted_at = models.DateTimeField()
    seal = models.BinaryField()

    class Meta:
        db_table = "journal_entry"
        constraints = [
            models.UniqueConstraint(name="journal_entry_key_once", fields=["kind", "reference"]),
            models.UniqueConstraint(
                name="journal_entry_reversed_once", fields=["reverses"], condition=Q(reverses__isnull=False)
            ),
            models.CheckConstraint(name="journal_entry_key_present", condition=~Q(kind="") & ~Q(reference="")),
        ]
        indexes = [models.Index(name="journal_entry_refunds", fields=["refunds"], condition=Q(refunds__isnull=False))]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class JournalLine(models.Model):
    """``amount`` from the debit account to the credit account: both sides in one row, so it always balances."""

    entry = models.ForeignKey(
        JournalEntry, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="lines"
    )
    debit = models.ForeignKey(LedgerAccount, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    credit = models.ForeignKey(LedgerAccount, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    amount = models.BigIntegerField()

    class Meta:
        db_table = "journal_line"
        constraints = [
            models.CheckConstraint(name="journal_line_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="journal_line_two_accounts", condition=~Q(debit=F("credit"))),
        ]
        indexes = [
            models.Index(name="journal_line_debit_history", fields=["debit", "id"]),
            models.Index(name="journal_line_credit_history", fields=["credit", "id"]),
            models.Index(name="journal_line_of_entry", fields=["entry"]),
        ]

    def __str__(self) -> str:
        return f"{self.debit_id} → {self.credit_id} {self.amount}"


class FundsHold(models.Model):
    """Money set aside on one account until it is captured, released or expires. ``open`` turns false once."""

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey(LedgerAccount, models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    reference = models.CharField(max_length=200, unique=True)
    placed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    open = models.BooleanField(default=True)
    seal = models.BinaryField()

    class Meta:
        db_table = "funds_hold"
        constraints = [models.CheckConstraint(name="funds_hold_amount", condition=Q(amount__gt=0))]
        indexes = [models.Index(name="funds_hold_due", fields=["expires_at"], condition=Q(open=True))]

    def __str__(self) -> str:
        return f"{self.reference} {self.amount}"


class FundsHoldResolution(models.Model):
    """How a hold ended. The primary key is the hold: it ends once."""

    class Outcome(models.TextChoices):
        CAPTURED = "captured"
        RELEASED = "released"
        EXPIRED = "expired"

    hold = models.OneToOneField(FundsHold, models.PROTECT, primary_key=True, related_name="resolution")
    outcome = models.CharField(max_length=8, choices=Outcome)
    captured = models.BigIntegerField()
    entry = models.UUIDField(null=True)
    resolved_at = models.DateTimeField()
    seal = models.BinaryField()

    class Meta:
        db_table = "funds_hold_resolution"
        constraints = [
            models.CheckConstraint(
                name="funds_hold_resolution_shape",
                condition=Q(outcome="captured", captured__gt=0, entry__isnull=False)
                | Q(outcome__in=["released", "expired"], captured=0, entry__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hold_id} {self.outcome}"
