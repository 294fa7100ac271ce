from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "clock.sql"
CLOSE_TO_APPLICATION = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE ALL ON clock_simulation FROM walletdesk_app;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(SQL.read_text(), "DROP FUNCTION walletdesk_now(); DROP TABLE clock_simulation;"),
        migrations.RunSQL(CLOSE_TO_APPLICATION, migrations.RunSQL.noop),
    ]
