"""The function that claims keys, and what the table refuses."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "guards.sql"


class Migration(migrations.Migration):
    dependencies = [("idempotency", "0001_initial"), ("clock", "0001_initial")]
    operations = [
        migrations.RunSQL(
            SQL.read_text(),
            "DROP FUNCTION claim_keys(text[], text[], text[], text[]); "
            "DROP FUNCTION keep_first_answer() CASCADE; DROP FUNCTION claimed_key_is_answered() CASCADE;",
        )
    ]
