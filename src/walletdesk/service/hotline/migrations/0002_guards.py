"""Append-only rows, clocks that do not move, one contact a call, the number on file: see ``sql/guards.sql``."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("hotline", "0001_initial")]
    operations = [migrations.RunSQL((SQL / "guards.sql").read_text(), (SQL / "guards_undo.sql").read_text())]
