"""What a payment stands on is asked once for a statement's rows, not by a foreign key for each (ADR 0021)."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

GUARDS = (Path(__file__).resolve().parent.parent / "sql" / "batch_guards.sql").read_text()


def without_constraint(field, to):
    kept = {"db_constraint": False, "on_delete": django.db.models.deletion.PROTECT, "to": to}
    if field == "order":
        return migrations.AlterField("payment", field, models.OneToOneField(related_name="payment", **kept))
    return migrations.AlterField("payment", field, models.ForeignKey(related_name="+", db_index=False, **kept))


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_set_aside"), ("wallets", "0004_limit_figures")]
    operations = [
        without_constraint("customer", "customers.customer"),
        without_constraint("wallet", "wallets.wallet"),
        without_constraint("merchant", "merchants.merchant"),
        without_constraint("order", "payments.order"),
        migrations.RunSQL(GUARDS),
    ]
