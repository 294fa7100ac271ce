"""What a payer allows a shop, and how long a proposal waits and an agreement lasts."""

from django.db import migrations, models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import uuid7
from walletdesk.foundation.schema.public import RoomMigration, figures, sql_files


class Migration(RoomMigration):
    replaces = [("agreements", "0001_initial"), ("agreements", "0002_guards"), ("agreements", "0003_figures")]
    dependencies = [("customers", "0001_room"), ("merchants", "0001_room"), ("profiles", "0001_room")]
    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("key_id", models.UUIDField(null=True, unique=True)),
                ("title", models.CharField(max_length=60)),
                ("asset_code", models.CharField(max_length=12)),
                ("max_single_minor", models.BigIntegerField()),
                ("max_day_minor", models.BigIntegerField()),
                ("proposed_at", models.DateTimeField()),
                ("proposal_ends_at", models.DateTimeField()),
                ("valid_until", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, default="", max_length=10)),
                ("day", models.DateField(help_text="of which day used_minor speaks", null=True)),
                ("used_minor", models.BigIntegerField(default=0)),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=models.PROTECT, related_name="+", to="customers.customer"
                    ),
                ),
                (
                    "merchant",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=models.PROTECT, related_name="+", to="merchants.merchant"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["merchant", "id"], name="agreements_of_shop"),
                    models.Index(fields=["customer", "accepted_at"], name="agreements_of_customer"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=Q(("title", ""), _negated=True), name="agreement_has_a_title"),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("key_id", None), ("merchant__isnull", False)),
                            Q(("key_id__isnull", False), ("merchant", None)),
                            _connector="OR",
                        ),
                        name="agreement_of_a_shop_or_a_key",
                    ),
                    models.CheckConstraint(
                        condition=Q(("max_day_minor__gte", F("max_single_minor")), ("max_single_minor__gt", 0)),
                        name="agreement_caps_in_order",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("accepted_at", None), ("customer", None)),
                            Q(("accepted_at__isnull", False), ("customer__isnull", False)),
                            _connector="OR",
                        ),
                        name="agreement_accepted_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("ended_at", None), ("ended_by", "")),
                            Q(("ended_at__isnull", False), ("ended_by__in", ["customer", "merchant"])),
                            _connector="OR",
                        ),
                        name="agreement_ended_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            ("used_minor__gte", 0),
                            ("used_minor__lte", F("max_day_minor")),
                            Q(("used_minor", 0), Q(("accepted_at__isnull", False), ("day__isnull", False)), _connector="OR"),
                        ),
                        name="agreement_within_its_day",
                    ),
                ],
            },
        ),
        sql_files(__file__, "guards"),
        figures(
            "Walletdesk 0.1 defaults, 2026-11-22", {"agreement.proposal_seconds": 3 * 24 * 3600, "agreement.longest_days": 400}
        ),
    ]
