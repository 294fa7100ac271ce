"""What was said stays said (sql/guards.sql)."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "guards.sql"


class Migration(migrations.Migration):
    dependencies = [("webhooks", "0001_initial")]
    operations = [
        migrations.RunSQL(
            SQL.read_text(),
            "DROP FUNCTION webhooks_never_changes CASCADE; DROP FUNCTION webhooks_delivery_guard CASCADE;"
            " DROP FUNCTION webhooks_endpoint_guard CASCADE;",
        ),
    ]
