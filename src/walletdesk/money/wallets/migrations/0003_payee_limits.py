"""Limits of what goes to one payee, and what went there on a day that such a limit speaks of."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from walletdesk.foundation.schema.public import sql_files

OF_ALL = Q(("group__in", ("out", "transfer")), ("payee_id", None), ("window__in", ("single", "day", "month")))
OF_ONE = Q(("group", "payee"), ("payee_id__isnull", False), ("window__in", ("single", "day")))


class Migration(migrations.Migration):
    dependencies = [("wallets", "0002_freeze_by_line")]
    operations = [
        migrations.AddField("limitcounter", "has_payee_limits", models.BooleanField(default=False, db_default=False)),
        migrations.AddField("ownlimit", "payee_id", models.UUIDField(null=True)),
        migrations.RemoveConstraint("ownlimit", "own_limit_known"),
        migrations.AddConstraint("ownlimit", models.CheckConstraint(name="own_limit_known", condition=OF_ALL | OF_ONE)),
        migrations.RemoveConstraint("ownlimit", "one_own_limit_begins_at_a_time"),
        migrations.AddConstraint(
            "ownlimit",
            models.UniqueConstraint(
                name="one_own_limit_begins_at_a_time",
                fields=["wallet", "group", "window", "holds_from"],
                condition=Q(ended_at=None, payee_id=None),
            ),
        ),
        migrations.AddConstraint(
            "ownlimit",
            models.UniqueConstraint(
                name="one_payee_limit_begins_at_a_time",
                fields=["wallet", "payee_id", "window", "holds_from"],
                condition=Q(ended_at=None, payee_id__isnull=False),
            ),
        ),
        migrations.CreateModel(
            name="PayeeUse",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("payee_id", models.UUIDField()),
                ("day", models.DateField()),
                ("used_minor", models.BigIntegerField()),
                (
                    "wallet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallets.wallet", db_index=False
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(name="one_use_of_a_payee", fields=["wallet", "payee_id"]),
                    models.CheckConstraint(name="payee_use_not_negative", condition=Q(used_minor__gte=0)),
                ]
            },
        ),
        sql_files(__file__, "payee_limit_guards"),
    ]
