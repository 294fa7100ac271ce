"""Orders, authorisations, payments and attempts, top-ups, transfers now and later. Sums are whole minor units of ``asset_code``.

Names of payees and people are kept as they were at that moment: a receipt does not change when a shop is renamed.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.money.payments.rules.holding import HOLD_ENDS, HOLD_STATES, LATER_ENDS, LATER_STATES
from walletdesk.money.payments.rules.paying import AUTHORISED, CANCELLED, INSTRUMENTS, PAID, WAITING
from walletdesk.money.payments.rules.top_ups import DECLINED, DONE, PENDING, UNKNOWN


class Order(models.Model):
    """What a shop asks for. ``expired`` is not stored: it is a waiting order whose time is over."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    merchant = models.ForeignKey("merchants.Merchant", on_delete=models.PROTECT, related_name="+", db_index=False)
    till = models.ForeignKey("merchants.Till", on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    member = models.ForeignKey(
        "merchants.MerchantMember", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    order_reference = models.CharField(max_length=25, blank=True, default="")
    amount_minor = models.BigIntegerField()
    asset_code = models.CharField(max_length=12)
    note = models.CharField(max_length=140, blank=True, default="")
    state = models.CharField(max_length=10, default=WAITING)
    code = models.TextField(help_text="the payload of its QR")
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="paid or cancelled")

    class Meta:
        indexes: ClassVar = [models.Index(name="orders_of_shop", fields=["merchant", "id"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="order_amount_positive", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="order_state_known", condition=Q(state__in=[WAITING, AUTHORISED, PAID, CANCELLED])
            ),
            models.CheckConstraint(
                name="order_ended_when_over",
                condition=Q(state__in=[WAITING, AUTHORISED], ended_at=None)
                | ~Q(state__in=[WAITING, AUTHORISED]) & ~Q(ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Payment(models.Model):
    """A captured payment. ``order`` is unique: an order pays once. ``fee_minor`` is what the shop paid of it.

    What it stands on is held by ``sql/batch_guards.sql``, for all rows of a statement at once, instead of foreign keys.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    receipt_number = models.CharField(max_length=40)
    customer = models.ForeignKey(
        "customers.Customer", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    wallet = models.ForeignKey(
        "wallets.Wallet", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    merchant = models.ForeignKey(
        "merchants.Merchant", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="payment", db_constraint=False)
    order_reference = models.CharField(max_length=25, blank=True, default="")
    payee_zh = models.CharField(max_length=60)
    payee_en = models.CharField(max_length=60)
    note = models.CharField(max_length=140, blank=True, default="")
    amount_minor = models.BigIntegerField()
    asset_code = models.CharField(max_length=12)
    fee_minor = models.BigIntegerField()
    instrument = models.CharField(max_length=12, default="dynamic_code", help_text="under which the limits counted it")
    refunded_minor = models.BigIntegerField(default=0)
    fee_returned_minor = models.BigIntegerField(default=0)
    captured_at = models.DateTimeField()
    authorised_at = models.DateTimeField(null=True, help_text="when the limits counted it, if before the capture")
    entry_id = models.UUIDField(unique=True, help_text="the journal entry")
    duplicate_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
        help_text="suspected, see DuplicatePair",
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(name="payments_of_customer", fields=["customer", "captured_at", "id"]),
            models.Index(name="payments_of_shop", fields=["merchant", "captured_at", "id"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_payment_per_receipt", fields=["receipt_number"]),
            models.CheckConstraint(name="payment_amount_positive", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(name="payment_instrument_known", condition=Q(instrument__in=INSTRUMENTS)),
            models.CheckConstraint(
                name="payment_fee_within", condition=Q(fee_minor__gte=0, fee_minor__lte=F("amount_minor"))
            ),
            models.CheckConstraint(
                name="payment_refunds_within_amount",
                condition=Q(refunded_minor__gte=0, refunded_minor__lte=F("amount_minor")),
            ),
            models.CheckConstraint(
                name="payment_fee_returned_within",
                condition=Q(fee_returned_minor__gte=0, fee_returned_minor__lte=F("fee_minor")),
            ),
        ]

    def __str__(self) -> str:
        return self.receipt_number


class Authorisation(models.Model):
    """Money set aside for an order. Captured, it becomes the ``Payment`` with the same id; ``amount_minor`` is what is held.

    ``expired`` is written by the timer; one whose time is over can be captured by nobody, written or not.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="authorisation")
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+", db_index=False)
    wallet = models.ForeignKey("wallets.Wallet", on_delete=models.PROTECT, related_name="+", db_index=False)
    merchant = models.ForeignKey("merchants.Merchant", on_delete=models.PROTECT, related_name="+", db_index=False)
    payee_zh = models.CharField(max_length=60)
    payee_en = models.CharField(max_length=60)
    amount_minor = models.BigIntegerField()
    asset_code = models.CharField(max_length=12)
    instrument = models.CharField(max_length=12)
    hold_id = models.UUIDField(unique=True, help_text="the funds hold in the books")
    state = models.CharField(max_length=10, default=AUTHORISED)
    captured_minor = models.BigIntegerField(default=0)
    authorised_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(name="holds_of_shop", fields=["merchant", "id"]),
            models.Index(name="holds_of_customer", fields=["customer", "authorised_at"]),
            models.Index(name="holds_due", fields=["expires_at"], condition=Q(state=AUTHORISED)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="hold_state_known", condition=Q(state__in=HOLD_STATES)),
            models.CheckConstraint(name="hold_instrument_known", condition=Q(instrument__in=INSTRUMENTS)),
            models.CheckConstraint(
                name="hold_ended_when_over",
                condition=Q(state=AUTHORISED, ended_at=None) | Q(state__in=HOLD_ENDS, ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="hold_captured_within",
                condition=Q(state="captured", captured_minor__gt=0, captured_minor__lte=F("amount_minor"))
                | ~Q(state="captured") & Q(captured_minor=0),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PaymentRefund(models.Model):
    """A refund of a payment, as the refunds room tells it: the payment knows what went back, and when."""

    refund_id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=40, unique=True)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+", db_index=False)
    amount_minor = models.BigIntegerField()
    fee_back_minor = models.BigIntegerField()
    reason = models.CharField(max_length=500, blank=True, default="")
    entry_id = models.UUIDField(unique=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(name="refunds_to_customer", fields=["customer", "made_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="payment_refund_positive", condition=Q(amount_minor__gt=0)),
        ]

    def __str__(self) -> str:
        return self.number


class PaymentAttempt(models.Model):
    """A payment that was refused: which code the customer read, and with which figures."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+", db_index=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="attempts", null=True)
    merchant = models.ForeignKey(
        "merchants.Merchant", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    payee_zh = models.CharField(max_length=60)
    payee_en = models.CharField(max_length=60)
    amount_minor = models.BigIntegerField()
    asset_code = models.CharField(max_length=12)
    code = models.CharField(max_length=60)
    short_by_minor = models.BigIntegerField(null=True)
    tried_at = models.DateTimeField(default=now)

    class Meta:
        indexes: ClassVar = [models.Index(name="attempts_of_customer", fields=["customer", "tried_at"])]

    def __str__(self) -> str:
        return f"{self.code} {self.id}"


class DuplicatePair(models.Model):
    """Two payments that look like one purchase. A payment repeats at most one other."""

    first = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="repeated_by")
    second = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="repeats")
    reason = models.CharField(max_length=20)
    confidence = models.PositiveSmallIntegerField()
    seconds_apart = models.IntegerField()
    found_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="no_payment_repeats_itself", condition=~Q(first=F("second"))),
            models.CheckConstraint(name="confidence_in_hundredths", condition=Q(confidence__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


class TopUp(models.Model):
    """Money asked from a bank. ``id`` is the reference that the bank sees; the row stands before the bank is asked."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=40, unique=True)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+", db_index=False)
    wallet = models.ForeignKey("wallets.Wallet", on_delete=models.PROTECT, related_name="+", db_index=False)
    amount_minor = models.BigIntegerField()
    asset_code = models.CharField(max_length=12)
    state = models.CharField(max_length=10, default=PENDING)
    code = models.CharField(max_length=64, blank=True, default="", help_text="the bank's word, when declined")
    bank_reference = models.CharField(max_length=64, blank=True, default="")
    started_at = models.DateTimeField(default=now)
    due_at = models.DateTimeField(help_text="until when an unknown one is to be settled")
    ask_after = models.DateTimeField(help_text="when the bank is asked next, while the end is open")
    times_asked = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)
    entry_id = models.UUIDField(unique=True, null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(name="top_ups_of_customer", fields=["customer", "started_at"]),
            models.Index(name="top_ups_open", fields=["ask_after"], condition=Q(state__in=[PENDING, UNKNOWN])),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="top_up_amount_positive", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="top_up_state_known", condition=Q(state__in=[PENDING, DONE, DECLINED, UNKNOWN])
            ),
            models.CheckConstraint(
                name="top_up_done_is_in_the_books",
                condition=Q(state=DONE, entry_id__isnull=False) | ~Q(state=DONE) & Q(entry_id=None),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PersonTransfer(models.Model):
    """Money from one person to another, at once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=40, unique=True)
    from_customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+", db_index=False)
    to_customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+", db_index=False)
    from_name = models.CharField(max_length=60)
    to_name = models.CharField(max_length=60)
    amount_minor = models.BigIntegerField()
    asset_code = models.CharField(max_length=12)
    note = models.CharField(max_length=140, blank=True, default="")
    made_at = models.DateTimeField()
    entry_id = models.UUIDField(unique=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(name="transfers_from", fields=["from_customer", "made_at"]),
            models.Index(name="transfers_to", fields=["to_customer", "made_at"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="transfer_amount_positive", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(name="transfer_between_two", condition=~Q(from_customer=F("to_customer"))),
        ]

    def __str__(self) -> str:
        return self.number


class ScheduledTransfer(models.Model):
    """Money to a person at a later moment, set aside at once. Made, it becomes the ``PersonTransfer`` with the same id.

    ``code`` says why it failed; then the money stayed where it was. ``delay_reason`` is the rule for whose sake risk delayed it,
    empty for one that its payer planned; ``ended_by`` who stopped it, where it was not the payer in the app.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=40, unique=True)
    from_customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+", db_index=False)
    to_customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+", db_index=False)
    from_name = models.CharField(max_length=60)
    to_name = models.CharField(max_length=60)
    amount_minor = models.BigIntegerField()
    asset_code = models.CharField(max_length=12)
    note = models.CharField(max_length=140, blank=True, default="")
    hold_id = models.UUIDField(unique=True, help_text="the funds hold in the books")
    state = models.CharField(max_length=10, default=WAITING)
    code = models.CharField(max_length=64, blank=True, default="")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    delay_reason = models.CharField(max_length=30, blank=True, default="")
    ended_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(name="later_from", fields=["from_customer", "due_at"]),
            models.Index(name="later_due", fields=["due_at"], condition=Q(state=WAITING)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="later_amount_positive", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(name="later_between_two", condition=~Q(from_customer=F("to_customer"))),
            models.CheckConstraint(name="later_state_known", condition=Q(state__in=LATER_STATES)),
            models.CheckConstraint(name="later_is_later", condition=Q(due_at__gt=F("asked_at"))),
            models.CheckConstraint(
                name="later_ended_when_over",
                condition=Q(state=WAITING, ended_at=None) | Q(state__in=LATER_ENDS, ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="later_failed_says_why",
                condition=Q(state="failed") & ~Q(code="") | ~Q(state="failed") & Q(code=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number
