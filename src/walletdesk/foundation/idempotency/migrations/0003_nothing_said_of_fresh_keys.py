from pathlib import Path

from django.db import migrations

GUARDS = (Path(__file__).resolve().parent.parent / "sql" / "guards.sql").read_text()

# The claim says nothing when every key is fresh. A database that was made since has this function already; making it once
# more does no harm. Half of each page stays free, so that the answer is written beside its claim and no index grows (HOT).
SQL = f"""
{GUARDS[: GUARDS.index("-- A first answer is the answer for ever.")]}
ALTER TABLE idempotency_key SET (fillfactor = 50);
"""


class Migration(migrations.Migration):
    dependencies = [("idempotency", "0002_guards")]
    operations = [migrations.RunSQL(SQL)]
