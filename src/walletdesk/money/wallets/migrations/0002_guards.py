from pathlib import Path

from django.db import migrations

GUARDS = Path(__file__).resolve().parent.parent / "sql" / "guards.sql"


class Migration(migrations.Migration):
    dependencies = [("wallets", "0001_initial"), ("ledger", "0002_guards")]
    operations = [migrations.RunSQL(GUARDS.read_text())]
