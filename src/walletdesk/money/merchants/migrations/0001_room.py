"""Shops, their people, and the twin of a shop for testing."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.schema.public import RoomMigration, sql_files


class Migration(RoomMigration):
    replaces = [("merchants", "0001_initial"), ("merchants", "0002_test_twins")]
    dependencies = [("identity", "0001_room")]
    operations = [
        migrations.CreateModel(
            name="Merchant",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("name_zh", models.CharField(max_length=60)),
                ("name_en", models.CharField(max_length=60)),
                ("category", models.CharField(max_length=20)),
                ("city", models.CharField(default="Shanghai", help_text="ASCII, as it stands in the QR", max_length=15)),
                ("phone", models.CharField(blank=True, default="", max_length=20)),
                ("verified", models.BooleanField(default=False)),
                ("asset_code", models.CharField(default="CNY", max_length=12)),
                ("ledger_account", models.BigIntegerField(unique=True)),
                ("fee_bps", models.PositiveSmallIntegerField()),
                ("created_at", models.DateTimeField(default=now)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(("fee_bps__lt", 10000)), name="merchant_fee_below_all"),
                    models.CheckConstraint(
                        condition=Q(Q(("name_zh", ""), _negated=True), Q(("name_en", ""), _negated=True)), name="merchant_has_names"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="MerchantMember",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("role", models.CharField(max_length=10)),
                ("name", models.CharField(max_length=60)),
                ("joined_at", models.DateTimeField(default=now)),
                ("merchant", models.ForeignKey(on_delete=models.PROTECT, related_name="members", to="merchants.merchant")),
                ("user", models.OneToOneField(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=Q(("role__in", ["owner", "cashier"])), name="member_role_known")]
            },
        ),
        migrations.CreateModel(
            name="Till",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("label", models.CharField(max_length=40)),
                ("merchant", models.ForeignKey(on_delete=models.PROTECT, related_name="tills", to="merchants.merchant")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("merchant", "label"), name="till_label_once_per_shop")]},
        ),
        migrations.CreateModel(
            name="TestTwin",
            fields=[
                (
                    "merchant",
                    models.OneToOneField(
                        on_delete=models.PROTECT, primary_key=True, related_name="+", serialize=False, to="merchants.merchant"
                    ),
                ),
                ("made_at", models.DateTimeField(default=now)),
                ("twin", models.OneToOneField(on_delete=models.PROTECT, related_name="+", to="merchants.merchant")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(("merchant", F("twin")), _negated=True), name="nobody_is_their_own_twin")
                ]
            },
        ),
        sql_files(__file__, "twin_guards"),
    ]
