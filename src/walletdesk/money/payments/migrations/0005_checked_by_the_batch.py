"""What a payment stands on is asked once for a statement's rows, not by a foreign key for each (ADR 0021)."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

GUARDS = (Path(__file__).resolve().parent.parent / "sql" / "batch_guards.sql").read_text()


def without_constraint(field: str, to: str) -> migrations.AlterField:
    kind, name = (models.OneToOneField, "payment") if field == "order" else (models.ForeignKey, "+")
    more = {} if field == "order" else {"db_index": False}
    link = kind(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name=name, to=to, **more)
    return migrations.AlterField("payment", field, link)


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_set_aside"), ("wallets", "0004_limit_figures")]
    operations = [
        without_constraint("customer", "customers.customer"),
        without_constraint("wallet", "wallets.wallet"),
        without_constraint("merchant", "merchants.merchant"),
        without_constraint("order", "payments.order"),
        migrations.RunSQL(GUARDS),
    ]
