from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial"), ("ledger", "0002_guards")]
    operations = [
        migrations.RunSQL((SQL / "guards.sql").read_text()),
        migrations.RunSQL((SQL / "activity.sql").read_text()),
    ]
