"""How many transfers of one person may wait for their time."""

from django.db import migrations

from walletdesk.foundation.schema.public import figures


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_receipts_by_constraint"), ("profiles", "0001_room")]
    operations = [figures("Walletdesk 0.1 defaults, 2026-11-24", {"transfer.most_planned": 100})]
