from pathlib import Path

from django.db import migrations

GUARDS = (Path(__file__).resolve().parent.parent / "sql" / "guards.sql").read_text()


class Migration(migrations.Migration):
    """A key is in flight when a twin holds it, and not when a crowd waits for the table to grow."""

    dependencies = [("idempotency", "0003_nothing_said_of_fresh_keys")]
    operations = [migrations.RunSQL(GUARDS[: GUARDS.index("-- A first answer is the answer for ever.")])]
