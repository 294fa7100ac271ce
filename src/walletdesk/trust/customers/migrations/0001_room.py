"""Customers, their PIN and their tier."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Upper

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.schema.public import RoomMigration, sql_files


class Migration(RoomMigration):
    replaces = [
        ("customers", "0001_initial"),
        ("customers", "0002_guards"),
        ("customers", "0003_tiers"),
        ("customers", "0004_testers"),
    ]
    dependencies = [("identity", "0001_room")]
    operations = [
        # The first numbers of a new house look like numbers that have been used for a while: WD-8820 0018, and so on.
        migrations.RunSQL("CREATE SEQUENCE customers_serial START 8820001"),
        migrations.CreateModel(
            name="Customer",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "serial",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("customers_serial"), function="nextval", output_field=models.BigIntegerField()
                        ),
                        editable=False,
                        unique=True,
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                (
                    "phone",
                    models.CharField(blank=True, default="", help_text="E.164, or empty; an address, no proof", max_length=20),
                ),
                ("created_at", models.DateTimeField(default=now)),
                ("user", models.OneToOneField(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("tier", models.PositiveSmallIntegerField(default=4)),
                ("is_tester", models.BooleanField(default=False, help_text="nobody: made for a test, has play money only")),
            ],
            options={
                "indexes": [
                    GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="customers_by_name"),
                    models.Index(condition=Q(("phone", ""), _negated=True), fields=["phone"], name="customers_by_phone"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=Q(("name", ""), _negated=True), name="customer_has_a_name"),
                    models.CheckConstraint(condition=Q(("tier__in", (4, 3, 2, 1))), name="customer_tier_known"),
                    models.CheckConstraint(
                        condition=Q(("phone", ""), ("phone__regex", "^\\+[1-9][0-9]{5,14}$"), _connector="OR"),
                        name="phone_is_e164_or_empty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentPin",
            fields=[
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=models.PROTECT, primary_key=True, related_name="pin", serialize=False, to="customers.customer"
                    ),
                ),
                ("hash", models.CharField(max_length=200)),
                ("wrong_tries", models.PositiveSmallIntegerField(default=0)),
                ("locked_until", models.DateTimeField(null=True)),
                ("set_at", models.DateTimeField(default=now)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(("hash__startswith", "$argon2id$")), name="pin_is_argon2id"),
                    models.CheckConstraint(
                        condition=Q(("locked_until", None), ("wrong_tries__gt", 0), _connector="OR"), name="locked_pin_was_tried"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="TierChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("before", models.PositiveSmallIntegerField()),
                ("after", models.PositiveSmallIntegerField()),
                ("by", models.CharField(help_text="an actor: employee:<id>, city, …", max_length=100)),
                ("reason", models.CharField(max_length=500)),
                ("changed_at", models.DateTimeField()),
                ("customer", models.ForeignKey(on_delete=models.PROTECT, related_name="tier_changes", to="customers.customer")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("after__in", (4, 3, 2, 1)), ("before__in", (4, 3, 2, 1))), name="tier_change_known"
                    ),
                    models.CheckConstraint(condition=Q(("before", F("after")), _negated=True), name="tier_change_changes"),
                    models.CheckConstraint(
                        condition=Q(Q(("reason", ""), _negated=True), Q(("by", ""), _negated=True)), name="tier_change_says_why"
                    ),
                ]
            },
        ),
        sql_files(__file__, "guards", "tier_guards", "tester_guards"),
    ]
