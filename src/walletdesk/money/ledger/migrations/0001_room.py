"""The books: tables, the functions that alone write them, and what refuses every other way."""

from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.expressions import CombinedExpression

from walletdesk.foundation.amount.public import KNOWN_ASSETS
from walletdesk.foundation.schema.public import RoomMigration, sql_files
from walletdesk.money.ledger.rules.chart import CHART


def write_the_chart(apps, schema_editor):
    """The chart of accounts and the assets that everybody knows; before the guards close the tables."""
    apps.get_model("ledger", "AccountKindRow").objects.bulk_create(
        apps.get_model("ledger", "AccountKindRow")(
            name=kind.name, number=kind.number, credit_normal=kind.credit_normal, protected=kind.protected
        )
        for kind in CHART
    )
    apps.get_model("ledger", "AssetRow").objects.bulk_create(
        apps.get_model("ledger", "AssetRow")(code=asset.code, digits=asset.digits, symbol=asset.symbol, number=asset.number)
        for asset in KNOWN_ASSETS.values()
    )


class Migration(RoomMigration):
    replaces = [
        ("ledger", "0001_initial"),
        ("ledger", "0002_guards"),
        ("ledger", "0003_post_in_one_call"),
        ("ledger", "0004_play_money"),
    ]
    dependencies = [("clock", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="AccountKindRow",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField(unique=True)),
                ("credit_normal", models.BooleanField()),
                ("protected", models.BooleanField()),
            ],
            options={"db_table": "ledger_account_kind"},
        ),
        migrations.CreateModel(
            name="AssetRow",
            fields=[
                ("code", models.CharField(max_length=12, primary_key=True, serialize=False)),
                ("digits", models.PositiveSmallIntegerField()),
                ("symbol", models.CharField(blank=True, default="", max_length=8)),
                ("number", models.CharField(blank=True, default="", max_length=3)),
            ],
            options={
                "db_table": "ledger_asset",
                "constraints": [
                    models.CheckConstraint(condition=Q(("digits__lte", 8)), name="ledger_asset_digits"),
                    models.CheckConstraint(condition=Q(("code__regex", "^[A-Z][A-Z0-9]{1,11}$")), name="ledger_asset_code"),
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("reference", models.CharField(max_length=200)),
                ("reverses", models.UUIDField(null=True)),
                ("refunds", models.UUIDField(null=True)),
                ("captures", models.UUIDField(null=True)),
                ("memo", models.TextField(default="")),
                ("posted_at", models.DateTimeField()),
                ("seal", models.BinaryField()),
            ],
            options={
                "db_table": "journal_entry",
                "indexes": [
                    models.Index(condition=Q(("refunds__isnull", False)), fields=["refunds"], name="journal_entry_refunds")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "reference"), name="journal_entry_key_once"),
                    models.UniqueConstraint(
                        condition=Q(("reverses__isnull", False)), fields=("reverses",), name="journal_entry_reversed_once"
                    ),
                    models.CheckConstraint(
                        condition=Q(Q(("kind", ""), _negated=True), Q(("reference", ""), _negated=True)),
                        name="journal_entry_key_present",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("owner", models.CharField(max_length=80)),
                ("credit_normal", models.BooleanField()),
                ("overdraft", models.BigIntegerField(null=True)),
                (
                    "frozen",
                    models.CharField(
                        choices=[("none", "None"), ("debit", "Debit"), ("credit", "Credit"), ("full", "Full")],
                        default="none",
                        max_length=6,
                    ),
                ),
                ("debits_pending", models.BigIntegerField(default=0)),
                ("debits_posted", models.BigIntegerField(default=0)),
                ("credits_pending", models.BigIntegerField(default=0)),
                ("credits_posted", models.BigIntegerField(default=0)),
                ("opened_at", models.DateTimeField()),
                ("seal", models.BinaryField()),
                (
                    "asset",
                    models.ForeignKey(
                        db_column="asset", db_index=False, on_delete=models.PROTECT, related_name="+", to="ledger.assetrow"
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        db_column="kind", db_index=False, on_delete=models.PROTECT, related_name="+", to="ledger.accountkindrow"
                    ),
                ),
            ],
            options={
                "db_table": "ledger_account",
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "kind", "asset"), name="ledger_account_owner_once"),
                    models.CheckConstraint(
                        condition=Q(("frozen__in", ["none", "debit", "credit", "full"])), name="ledger_account_freeze"
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            ("credits_pending__gte", 0),
                            ("credits_posted__gte", 0),
                            ("debits_pending__gte", 0),
                            ("debits_posted__gte", 0),
                        ),
                        name="ledger_account_counters",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            ("overdraft__isnull", True),
                            Q(
                                ("credit_normal", True),
                                (
                                    "credits_posted__gte",
                                    CombinedExpression(
                                        CombinedExpression(F("debits_posted"), "+", F("debits_pending")), "-", F("overdraft")
                                    ),
                                ),
                            ),
                            Q(
                                ("credit_normal", False),
                                (
                                    "debits_posted__gte",
                                    CombinedExpression(
                                        CombinedExpression(F("credits_posted"), "+", F("credits_pending")), "-", F("overdraft")
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_account_no_overdraft",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.BigIntegerField()),
                (
                    "entry",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=models.DO_NOTHING,
                        related_name="lines",
                        to="ledger.journalentry",
                    ),
                ),
                (
                    "credit",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="ledger.ledgeraccount",
                    ),
                ),
                (
                    "debit",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="ledger.ledgeraccount",
                    ),
                ),
            ],
            options={
                "db_table": "journal_line",
                "indexes": [
                    models.Index(fields=["debit", "id"], name="journal_line_debit_history"),
                    models.Index(fields=["credit", "id"], name="journal_line_credit_history"),
                    models.Index(fields=["entry"], name="journal_line_of_entry"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=Q(("amount__gt", 0)), name="journal_line_amount"),
                    models.CheckConstraint(condition=Q(("debit", F("credit")), _negated=True), name="journal_line_two_accounts"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FundsHold",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("amount", models.BigIntegerField()),
                ("reference", models.CharField(max_length=200, unique=True)),
                ("placed_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("open", models.BooleanField(default=True)),
                ("seal", models.BinaryField()),
                ("account", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="ledger.ledgeraccount")),
            ],
            options={
                "db_table": "funds_hold",
                "indexes": [models.Index(condition=Q(("open", True)), fields=["expires_at"], name="funds_hold_due")],
                "constraints": [models.CheckConstraint(condition=Q(("amount__gt", 0)), name="funds_hold_amount")],
            },
        ),
        migrations.CreateModel(
            name="FundsHoldResolution",
            fields=[
                (
                    "hold",
                    models.OneToOneField(
                        on_delete=models.PROTECT,
                        primary_key=True,
                        related_name="resolution",
                        serialize=False,
                        to="ledger.fundshold",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("captured", "Captured"), ("released", "Released"), ("expired", "Expired")], max_length=8
                    ),
                ),
                ("captured", models.BigIntegerField()),
                ("entry", models.UUIDField(null=True)),
                ("resolved_at", models.DateTimeField()),
                ("seal", models.BinaryField()),
            ],
            options={
                "db_table": "funds_hold_resolution",
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(
                            Q(("captured__gt", 0), ("entry__isnull", False), ("outcome", "captured")),
                            Q(("captured", 0), ("entry__isnull", True), ("outcome__in", ["released", "expired"])),
                            _connector="OR",
                        ),
                        name="funds_hold_resolution_shape",
                    )
                ],
            },
        ),
        migrations.RunPython(write_the_chart),
        sql_files(__file__, "seals", "accounts", "holds", "posting", "guards"),
    ]
