from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).resolve().parent.parent / "sql" / "in_flight.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("idempotency", "0001_room")]
    operations = [migrations.RunSQL(SQL, "DROP FUNCTION key_in_flight(text, text[], text)")]
