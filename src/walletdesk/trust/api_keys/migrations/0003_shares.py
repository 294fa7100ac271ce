from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).resolve().parent.parent / "sql" / "shares.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("api_keys", "0002_expiry_told")]
    operations = [migrations.RunSQL(SQL)]
