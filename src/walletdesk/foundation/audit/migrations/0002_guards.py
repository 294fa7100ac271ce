"""The seal of the chain, and the privileges that keep it."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "guards.sql"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("clock", "0001_initial")]
    operations = [
        migrations.RunSQL(
            SQL.read_text(), "DROP FUNCTION seal_act() CASCADE; DROP FUNCTION audit_seal(text, audit_act) CASCADE;"
        )
    ]
