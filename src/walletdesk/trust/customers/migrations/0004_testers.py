from pathlib import Path

from django.db import migrations, models

GUARDS = Path(__file__).resolve().parent.parent / "sql" / "tester_guards.sql"


class Migration(migrations.Migration):
    dependencies = [("customers", "0003_tiers")]
    operations = [
        migrations.AddField(
            model_name="customer",
            name="is_tester",
            field=models.BooleanField(default=False, help_text="nobody: made for a test, has play money only"),
        ),
        migrations.RunSQL(GUARDS.read_text(), "DROP FUNCTION customers_tester_stays CASCADE;"),
    ]
