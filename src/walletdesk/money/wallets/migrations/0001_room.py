"""Wallets, freezes, counters and own limits; and the figures of the limits: sheets by tier, each with its source, and
which of them are in force.

A house that works under another rule puts other sheets in force (``docs/operating/limits.md``); these stay as they are.
"""

from datetime import UTC, datetime

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.schema.public import ALWAYS, RoomMigration, figures, sql_files
from walletdesk.money.wallets.models import no_sums

OURS = "Walletdesk 0.1 defaults, 2026-11-22"
ECNY = "e-CNY wallet classes 4 to 1 as the operating institutions publish them; entered 2026-11-22"
PAYMENT_ACCOUNTS = "PBOC Announcement [2015] No. 43, art. 11: payment accounts of non-bank institutions"
PAYMENT_ACCOUNTS_FROM = datetime(2016, 7, 1, tzinfo=UTC)
BAR_CODES = "PBOC Yinfa [2017] No. 296: bar code payment, risk classes A to D"
BAR_CODES_FROM = datetime(2018, 4, 1, tzinfo=UTC)

# Minor units: 200000 is 2,000.00 CNY.
ROWS: tuple[tuple[str, object, datetime, str], ...] = (
    ("limits.sheet.ecny.4", {"CNY": {"out.single": 200_000, "out.day": 500_000, "out.year": 5_000_000, "balance": 1_000_000}}, ALWAYS, ECNY),
    ("limits.sheet.ecny.3", {"CNY": {"out.single": 500_000, "out.day": 1_000_000, "balance": 2_000_000}}, ALWAYS, ECNY),
    ("limits.sheet.ecny.2", {"CNY": {"out.single": 5_000_000, "out.day": 10_000_000, "balance": 50_000_000}}, ALWAYS, ECNY),
    ("limits.sheet.ecny.1", {"CNY": {}}, ALWAYS, ECNY),
    ("limits.sheet.payment_account.I", {"CNY": {"out.lifetime": 100_000}}, PAYMENT_ACCOUNTS_FROM, PAYMENT_ACCOUNTS),
    ("limits.sheet.payment_account.II", {"CNY": {"out.year": 10_000_000}}, PAYMENT_ACCOUNTS_FROM, PAYMENT_ACCOUNTS),
    ("limits.sheet.payment_account.III", {"CNY": {"out.year": 20_000_000}}, PAYMENT_ACCOUNTS_FROM, PAYMENT_ACCOUNTS),
    ("limits.sheet.bar_code.static", {"CNY": {"static_code.day": 50_000}}, BAR_CODES_FROM, BAR_CODES),
    ("limits.sheet.bar_code.C", {"CNY": {"codes.day": 100_000}}, BAR_CODES_FROM, BAR_CODES),
    ("limits.sheet.bar_code.B", {"CNY": {"codes.day": 500_000}}, BAR_CODES_FROM, BAR_CODES),
    ("limits.sheet.bar_code.A", {"CNY": {}}, BAR_CODES_FROM, BAR_CODES),
    ("limits.in_force", {tier: [f"ecny.{tier}", "bar_code.static"] for tier in ("4", "3", "2", "1")}, ALWAYS, OURS),
    ("limits.raise_delay_seconds", 24 * 3600, ALWAYS, OURS),
)  # fmt: skip


class Migration(RoomMigration):
    replaces = [
        ("wallets", "0001_initial"),
        ("wallets", "0002_guards"),
        ("wallets", "0003_limits"),
        ("wallets", "0004_limit_figures"),
    ]
    dependencies = [("customers", "0001_room"), ("ledger", "0001_room"), ("profiles", "0001_room")]
    operations = [
        migrations.CreateModel(
            name="Wallet",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("asset_code", models.CharField(max_length=12)),
                ("ledger_account", models.BigIntegerField(unique=True)),
                ("opened_at", models.DateTimeField(default=now)),
                ("customer", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="customers.customer")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("customer", "asset_code"), name="one_wallet_per_asset")]},
        ),
        migrations.CreateModel(
            name="WalletFreeze",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("mode", models.CharField(max_length=6)),
                ("reason", models.CharField(max_length=500)),
                ("actor", models.CharField(max_length=100)),
                ("frozen_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_reason", models.CharField(blank=True, default="", max_length=500)),
                ("lifted_by", models.CharField(blank=True, default="", max_length=100)),
                ("wallet", models.ForeignKey(on_delete=models.PROTECT, related_name="freezes", to="wallets.wallet")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(("mode__in", ("debit", "credit", "full"))), name="freeze_mode_known"),
                    models.CheckConstraint(condition=Q(("reason", ""), _negated=True), name="freeze_says_why"),
                    models.CheckConstraint(
                        condition=Q(("lifted_at", None), ("lifted_at__gte", F("frozen_at")), _connector="OR"),
                        name="freeze_ends_after_it_began",
                    ),
                    models.UniqueConstraint(
                        condition=Q(("lifted_at", None)), fields=("wallet",), name="one_open_freeze_per_wallet"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="LimitCounter",
            fields=[
                (
                    "wallet",
                    models.OneToOneField(
                        on_delete=models.PROTECT, primary_key=True, related_name="+", serialize=False, to="wallets.wallet"
                    ),
                ),
                ("day", models.DateField(null=True)),
                ("month", models.DateField(null=True)),
                ("year", models.DateField(null=True)),
                ("day_used", ArrayField(base_field=models.BigIntegerField(), default=no_sums)),
                ("month_used", ArrayField(base_field=models.BigIntegerField(), default=no_sums)),
                ("year_used", ArrayField(base_field=models.BigIntegerField(), default=no_sums)),
                ("lifetime_used", ArrayField(base_field=models.BigIntegerField(), default=no_sums)),
                ("incoming_minor", models.BigIntegerField(default=0)),
                ("has_own_limits", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=Q(("incoming_minor__gte", 0)), name="incoming_not_negative")]
            },
        ),
        migrations.CreateModel(
            name="OwnLimit",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("group", models.CharField(max_length=20)),
                ("window", models.CharField(max_length=10)),
                ("minor", models.BigIntegerField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("holds_from", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_how", models.CharField(blank=True, default="", max_length=10)),
                ("wallet", models.ForeignKey(on_delete=models.PROTECT, related_name="own_limits", to="wallets.wallet")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("group__in", ("out", "transfer")), ("window__in", ("single", "day", "month"))),
                        name="own_limit_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(("minor", None), ("minor__gte", 0), _connector="OR"), name="own_limit_not_negative"
                    ),
                    models.CheckConstraint(condition=Q(("holds_from__gte", F("asked_at"))), name="own_limit_begins_when_asked"),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("ended_at", None), ("ended_how", "")),
                            Q(("ended_at__isnull", False), ("ended_how", "replaced")),
                            Q(("ended_at__lt", F("holds_from")), ("ended_how", "cancelled")),
                            _connector="OR",
                        ),
                        name="own_limit_ends_in_a_way",
                    ),
                    models.UniqueConstraint(
                        condition=Q(("ended_at", None)),
                        fields=("wallet", "group", "window", "holds_from"),
                        name="one_own_limit_begins_at_a_time",
                    ),
                ]
            },
        ),
        sql_files(__file__, "guards", "limit_guards"),
        *(figures(source, {key: value}, since) for key, value, since, source in ROWS),
    ]
