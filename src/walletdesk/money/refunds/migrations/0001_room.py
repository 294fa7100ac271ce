"""Refunds, each with its authority."""

from django.db import migrations, models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import uuid7
from walletdesk.foundation.schema.public import RoomMigration, sql_files


class Migration(RoomMigration):
    replaces = [("refunds", "0001_initial"), ("refunds", "0002_guards")]
    dependencies = [("approvals", "0001_room"), ("payments", "0001_room")]
    operations = [
        migrations.CreateModel(
            name="Refund",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=40, unique=True)),
                ("amount_minor", models.BigIntegerField()),
                ("asset_code", models.CharField(max_length=12)),
                ("fee_back_minor", models.BigIntegerField()),
                ("entry_id", models.UUIDField(unique=True)),
                ("authority", models.CharField(max_length=10)),
                ("reason", models.CharField(blank=True, default="", max_length=500)),
                ("made_at", models.DateTimeField()),
                ("approval", models.OneToOneField(null=True, on_delete=models.PROTECT, related_name="+", to="approvals.proposal")),
                ("payment", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="payments.payment")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(("amount_minor__gt", 0)), name="refund_amount_positive"),
                    models.CheckConstraint(
                        condition=Q(("fee_back_minor__gte", 0), ("fee_back_minor__lte", F("amount_minor"))),
                        name="refund_fee_back_within",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("approval__isnull", False), ("authority", "approval")),
                            Q(("approval", None), ("authority", "merchant")),
                            _connector="OR",
                        ),
                        name="refund_has_its_authority",
                    ),
                ]
            },
        ),
        sql_files(__file__, "guards"),
    ]
