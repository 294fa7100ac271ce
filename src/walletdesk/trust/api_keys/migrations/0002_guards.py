from pathlib import Path

from django.db import migrations

GUARDS = Path(__file__).resolve().parent.parent / "sql" / "guards.sql"


class Migration(migrations.Migration):
    dependencies = [("api_keys", "0001_initial"), ("clock", "0001_initial")]
    operations = [
        migrations.RunSQL(
            GUARDS.read_text(), "DROP FUNCTION api_key_only_ends CASCADE; DROP FUNCTION api_request_stays CASCADE;"
        )
    ]
