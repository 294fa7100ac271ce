"""Orders, payments, transfers, top-ups, money set aside, and the one list of all that happened."""

from django.db import migrations, models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.schema.public import RoomMigration, figures, sql_files

# How long a shop may hold, how far ahead one plans, how late the worker may be before the money is free again.
FIGURES = {"hold.lifetime_seconds": 7 * 24 * 3600, "transfer.longest_days": 90, "transfer.late_seconds": 3 * 24 * 3600}


class Migration(RoomMigration):
    replaces = [
        ("payments", "0001_initial"),
        ("payments", "0002_guards"),
        ("payments", "0003_instruments"),
        ("payments", "0004_set_aside"),
        ("payments", "0005_checked_by_the_batch"),
    ]
    dependencies = [
        ("customers", "0001_room"),
        ("ledger", "0001_room"),
        ("merchants", "0001_room"),
        ("profiles", "0001_room"),
        ("wallets", "0001_room"),
    ]
    operations = [
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("order_reference", models.CharField(blank=True, default="", max_length=25)),
                ("amount_minor", models.BigIntegerField()),
                ("asset_code", models.CharField(max_length=12)),
                ("note", models.CharField(blank=True, default="", max_length=140)),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("code", models.TextField(help_text="the payload of its QR")),
                ("created_at", models.DateTimeField(default=now)),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(help_text="paid or cancelled", null=True)),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=models.PROTECT, related_name="+", to="merchants.merchantmember"
                    ),
                ),
                (
                    "merchant",
                    models.ForeignKey(db_index=False, on_delete=models.PROTECT, related_name="+", to="merchants.merchant"),
                ),
                (
                    "till",
                    models.ForeignKey(db_index=False, null=True, on_delete=models.PROTECT, related_name="+", to="merchants.till"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["merchant", "id"], name="orders_of_shop")],
                "constraints": [
                    models.CheckConstraint(condition=Q(("amount_minor__gt", 0)), name="order_amount_positive"),
                    models.CheckConstraint(
                        condition=Q(("state__in", ["waiting", "authorised", "paid", "cancelled"])), name="order_state_known"
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("ended_at", None), ("state__in", ["waiting", "authorised"])),
                            Q(Q(("state__in", ["waiting", "authorised"]), _negated=True), Q(("ended_at", None), _negated=True)),
                            _connector="OR",
                        ),
                        name="order_ended_when_over",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("receipt_number", models.CharField(max_length=40, unique=True)),
                ("order_reference", models.CharField(blank=True, default="", max_length=25)),
                ("payee_zh", models.CharField(max_length=60)),
                ("payee_en", models.CharField(max_length=60)),
                ("note", models.CharField(blank=True, default="", max_length=140)),
                ("amount_minor", models.BigIntegerField()),
                ("asset_code", models.CharField(max_length=12)),
                ("fee_minor", models.BigIntegerField()),
                ("refunded_minor", models.BigIntegerField(default=0)),
                ("fee_returned_minor", models.BigIntegerField(default=0)),
                ("captured_at", models.DateTimeField()),
                ("entry_id", models.UUIDField(help_text="the journal entry", unique=True)),
                (
                    "customer",
                    models.ForeignKey(
                        db_constraint=False, db_index=False, on_delete=models.PROTECT, related_name="+", to="customers.customer"
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        db_index=False,
                        help_text="suspected, see DuplicatePair",
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="payments.payment",
                    ),
                ),
                (
                    "merchant",
                    models.ForeignKey(
                        db_constraint=False, db_index=False, on_delete=models.PROTECT, related_name="+", to="merchants.merchant"
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        db_constraint=False, on_delete=models.PROTECT, related_name="payment", to="payments.order"
                    ),
                ),
                (
                    "wallet",
                    models.ForeignKey(
                        db_constraint=False, db_index=False, on_delete=models.PROTECT, related_name="+", to="wallets.wallet"
                    ),
                ),
                (
                    "instrument",
                    models.CharField(default="dynamic_code", help_text="under which the limits counted it", max_length=12),
                ),
                ("authorised_at", models.DateTimeField(help_text="when the limits counted it, if before the capture", null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["customer", "captured_at", "id"], name="payments_of_customer"),
                    models.Index(fields=["merchant", "captured_at", "id"], name="payments_of_shop"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=Q(("amount_minor__gt", 0)), name="payment_amount_positive"),
                    models.CheckConstraint(
                        condition=Q(("instrument__in", ("static_code", "dynamic_code", "tap"))), name="payment_instrument_known"
                    ),
                    models.CheckConstraint(
                        condition=Q(("fee_minor__gte", 0), ("fee_minor__lte", F("amount_minor"))), name="payment_fee_within"
                    ),
                    models.CheckConstraint(
                        condition=Q(("refunded_minor__gte", 0), ("refunded_minor__lte", F("amount_minor"))),
                        name="payment_refunds_within_amount",
                    ),
                    models.CheckConstraint(
                        condition=Q(("fee_returned_minor__gte", 0), ("fee_returned_minor__lte", F("fee_minor"))),
                        name="payment_fee_returned_within",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DuplicatePair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=20)),
                ("confidence", models.PositiveSmallIntegerField()),
                ("seconds_apart", models.IntegerField()),
                ("found_at", models.DateTimeField(default=now)),
                ("first", models.ForeignKey(on_delete=models.PROTECT, related_name="repeated_by", to="payments.payment")),
                ("second", models.OneToOneField(on_delete=models.PROTECT, related_name="repeats", to="payments.payment")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(("first", F("second")), _negated=True), name="no_payment_repeats_itself"),
                    models.CheckConstraint(condition=Q(("confidence__lte", 100)), name="confidence_in_hundredths"),
                ]
            },
        ),
        migrations.CreateModel(
            name="PaymentAttempt",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("payee_zh", models.CharField(max_length=60)),
                ("payee_en", models.CharField(max_length=60)),
                ("amount_minor", models.BigIntegerField()),
                ("asset_code", models.CharField(max_length=12)),
                ("code", models.CharField(max_length=60)),
                ("short_by_minor", models.BigIntegerField(null=True)),
                ("tried_at", models.DateTimeField(default=now)),
                (
                    "customer",
                    models.ForeignKey(db_index=False, on_delete=models.PROTECT, related_name="+", to="customers.customer"),
                ),
                (
                    "merchant",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=models.PROTECT, related_name="+", to="merchants.merchant"
                    ),
                ),
                ("order", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="attempts", to="payments.order")),
            ],
            options={"indexes": [models.Index(fields=["customer", "tried_at"], name="attempts_of_customer")]},
        ),
        migrations.CreateModel(
            name="PaymentRefund",
            fields=[
                ("refund_id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=40, unique=True)),
                ("amount_minor", models.BigIntegerField()),
                ("fee_back_minor", models.BigIntegerField()),
                ("reason", models.CharField(blank=True, default="", max_length=500)),
                ("entry_id", models.UUIDField(unique=True)),
                ("made_at", models.DateTimeField()),
                (
                    "customer",
                    models.ForeignKey(db_index=False, on_delete=models.PROTECT, related_name="+", to="customers.customer"),
                ),
                ("payment", models.ForeignKey(on_delete=models.PROTECT, related_name="refunds", to="payments.payment")),
            ],
            options={
                "indexes": [models.Index(fields=["customer", "made_at"], name="refunds_to_customer")],
                "constraints": [models.CheckConstraint(condition=Q(("amount_minor__gt", 0)), name="payment_refund_positive")],
            },
        ),
        migrations.CreateModel(
            name="PersonTransfer",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=40, unique=True)),
                ("from_name", models.CharField(max_length=60)),
                ("to_name", models.CharField(max_length=60)),
                ("amount_minor", models.BigIntegerField()),
                ("asset_code", models.CharField(max_length=12)),
                ("note", models.CharField(blank=True, default="", max_length=140)),
                ("made_at", models.DateTimeField()),
                ("entry_id", models.UUIDField(unique=True)),
                (
                    "from_customer",
                    models.ForeignKey(db_index=False, on_delete=models.PROTECT, related_name="+", to="customers.customer"),
                ),
                (
                    "to_customer",
                    models.ForeignKey(db_index=False, on_delete=models.PROTECT, related_name="+", to="customers.customer"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["from_customer", "made_at"], name="transfers_from"),
                    models.Index(fields=["to_customer", "made_at"], name="transfers_to"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=Q(("amount_minor__gt", 0)), name="transfer_amount_positive"),
                    models.CheckConstraint(
                        condition=Q(("from_customer", F("to_customer")), _negated=True), name="transfer_between_two"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TopUp",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=40, unique=True)),
                ("amount_minor", models.BigIntegerField()),
                ("asset_code", models.CharField(max_length=12)),
                ("state", models.CharField(default="pending", max_length=10)),
                ("code", models.CharField(blank=True, default="", help_text="the bank's word, when declined", max_length=64)),
                ("bank_reference", models.CharField(blank=True, default="", max_length=64)),
                ("started_at", models.DateTimeField(default=now)),
                ("due_at", models.DateTimeField(help_text="until when an unknown one is to be settled")),
                ("ask_after", models.DateTimeField(help_text="when the bank is asked next, while the end is open")),
                ("times_asked", models.PositiveIntegerField(default=0)),
                ("settled_at", models.DateTimeField(null=True)),
                ("entry_id", models.UUIDField(null=True, unique=True)),
                (
                    "customer",
                    models.ForeignKey(db_index=False, on_delete=models.PROTECT, related_name="+", to="customers.customer"),
                ),
                ("wallet", models.ForeignKey(db_index=False, on_delete=models.PROTECT, related_name="+", to="wallets.wallet")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["customer", "started_at"], name="top_ups_of_customer"),
                    models.Index(condition=Q(("state__in", ["pending", "unknown"])), fields=["ask_after"], name="top_ups_open"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=Q(("amount_minor__gt", 0)), name="top_up_amount_positive"),
                    models.CheckConstraint(
                        condition=Q(("state__in", ["pending", "done", "declined", "unknown"])), name="top_up_state_known"
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("entry_id__isnull", False), ("state", "done")),
                            Q(Q(("state", "done"), _negated=True), ("entry_id", None)),
                            _connector="OR",
                        ),
                        name="top_up_done_is_in_the_books",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Authorisation",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("payee_zh", models.CharField(max_length=60)),
                ("payee_en", models.CharField(max_length=60)),
                ("amount_minor", models.BigIntegerField()),
                ("asset_code", models.CharField(max_length=12)),
                ("instrument", models.CharField(max_length=12)),
                ("hold_id", models.UUIDField(help_text="the funds hold in the books", unique=True)),
                ("state", models.CharField(default="authorised", max_length=10)),
                ("captured_minor", models.BigIntegerField(default=0)),
                ("authorised_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "customer",
                    models.ForeignKey(db_index=False, on_delete=models.PROTECT, related_name="+", to="customers.customer"),
                ),
                (
                    "merchant",
                    models.ForeignKey(db_index=False, on_delete=models.PROTECT, related_name="+", to="merchants.merchant"),
                ),
                ("order", models.OneToOneField(on_delete=models.PROTECT, related_name="authorisation", to="payments.order")),
                ("wallet", models.ForeignKey(db_index=False, on_delete=models.PROTECT, related_name="+", to="wallets.wallet")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["merchant", "id"], name="holds_of_shop"),
                    models.Index(fields=["customer", "authorised_at"], name="holds_of_customer"),
                    models.Index(condition=Q(("state", "authorised")), fields=["expires_at"], name="holds_due"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("state__in", ("authorised", "captured", "voided", "expired"))), name="hold_state_known"
                    ),
                    models.CheckConstraint(
                        condition=Q(("instrument__in", ("static_code", "dynamic_code", "tap"))), name="hold_instrument_known"
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("ended_at", None), ("state", "authorised")),
                            Q(("ended_at__isnull", False), ("state__in", ("captured", "voided", "expired"))),
                            _connector="OR",
                        ),
                        name="hold_ended_when_over",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("captured_minor__gt", 0), ("captured_minor__lte", F("amount_minor")), ("state", "captured")),
                            Q(Q(("state", "captured"), _negated=True), ("captured_minor", 0)),
                            _connector="OR",
                        ),
                        name="hold_captured_within",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScheduledTransfer",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=40, unique=True)),
                ("from_name", models.CharField(max_length=60)),
                ("to_name", models.CharField(max_length=60)),
                ("amount_minor", models.BigIntegerField()),
                ("asset_code", models.CharField(max_length=12)),
                ("note", models.CharField(blank=True, default="", max_length=140)),
                ("hold_id", models.UUIDField(help_text="the funds hold in the books", unique=True)),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("code", models.CharField(blank=True, default="", max_length=64)),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "from_customer",
                    models.ForeignKey(db_index=False, on_delete=models.PROTECT, related_name="+", to="customers.customer"),
                ),
                (
                    "to_customer",
                    models.ForeignKey(db_index=False, on_delete=models.PROTECT, related_name="+", to="customers.customer"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["from_customer", "due_at"], name="later_from"),
                    models.Index(condition=Q(("state", "waiting")), fields=["due_at"], name="later_due"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=Q(("amount_minor__gt", 0)), name="later_amount_positive"),
                    models.CheckConstraint(
                        condition=Q(("from_customer", F("to_customer")), _negated=True), name="later_between_two"
                    ),
                    models.CheckConstraint(
                        condition=Q(("state__in", ("waiting", "made", "cancelled", "failed"))), name="later_state_known"
                    ),
                    models.CheckConstraint(condition=Q(("due_at__gt", F("asked_at"))), name="later_is_later"),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("ended_at", None), ("state", "waiting")),
                            Q(("ended_at__isnull", False), ("state__in", ("made", "cancelled", "failed"))),
                            _connector="OR",
                        ),
                        name="later_ended_when_over",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("state", "failed"), Q(("code", ""), _negated=True)),
                            Q(Q(("state", "failed"), _negated=True), ("code", "")),
                            _connector="OR",
                        ),
                        name="later_failed_says_why",
                    ),
                ],
            },
        ),
        sql_files(__file__, "guards", "holding_guards", "batch_guards", "activity"),
        figures("Walletdesk 0.1 defaults, 2026-11-22", FIGURES),
    ]
