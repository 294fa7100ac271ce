"""Which edition of the house's terms a customer accepted, when, and how."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from walletdesk.foundation.clock.public import uuid7
from walletdesk.foundation.schema.public import sql_files


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_room"), ("customers", "0001_room")]
    operations = [
        migrations.CreateModel(
            name="TermsAcceptance",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("edition", models.PositiveSmallIntegerField()),
                ("how", models.CharField(max_length=10)),
                ("accepted_at", models.DateTimeField()),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("customer", "edition"), name="terms_accepted_once"),
                    models.CheckConstraint(condition=Q(("how__in", ("sign_up", "page"))), name="terms_accepted_how"),
                    models.CheckConstraint(condition=Q(("edition__gte", 1)), name="terms_edition_counts"),
                ],
            },
        ),
        sql_files(__file__, "terms_guards"),
    ]
