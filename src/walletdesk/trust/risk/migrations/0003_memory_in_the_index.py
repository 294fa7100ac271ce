"""What risk asks of a payer's last payments stands in the index: fifty rows are read from one page, not from fifty."""

from pathlib import Path

from django.db import migrations, models

GUARDS = (Path(__file__).resolve().parent.parent / "sql" / "engine_guards.sql").read_text()
VACUUMED = GUARDS[: GUARDS.index("-- Decisions are added and stay.")]


class Migration(migrations.Migration):
    dependencies = [("risk", "0002_delays")]
    operations = [
        migrations.RemoveIndex("riskdecision", "decisions_of_payer"),
        migrations.AddIndex(
            "riskdecision",
            models.Index(
                fields=["customer_id", "at"],
                name="decisions_of_payer",
                include=["amount_minor", "asset", "payee_id", "outcome", "done", "new_payee", "night"],
            ),
        ),
        migrations.RunSQL(VACUUMED),
    ]
