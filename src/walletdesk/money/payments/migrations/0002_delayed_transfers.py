"""A later transfer may be one that risk delayed: the rule, and who stopped it."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_room")]
    operations = [
        migrations.AddField("scheduledtransfer", "delay_reason", models.CharField(max_length=30, blank=True, default="")),
        migrations.AddField("scheduledtransfer", "ended_by", models.CharField(max_length=60, blank=True, default="")),
        migrations.RunSQL((SQL / "delay_guards.sql").read_text(), "DROP TRIGGER later_reason_stays ON payments_scheduledtransfer;"),
    ]
