from pathlib import Path

from django.db import migrations

POSTING = (Path(__file__).resolve().parent.parent / "sql" / "posting.sql").read_text()

# The posting function used to be two, one inside the other, and answered with rows. A database that was made since has
# the new one already; making it once more does no harm.
SQL = f"""
DROP FUNCTION IF EXISTS ledger_post_once;
DROP FUNCTION ledger_post;
{POSTING[POSTING.index("CREATE FUNCTION ledger_post(") :]}
REVOKE ALL ON FUNCTION ledger_post FROM PUBLIC;
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        GRANT EXECUTE ON FUNCTION ledger_post TO walletdesk_app;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_guards")]
    operations = [migrations.RunSQL(SQL)]
