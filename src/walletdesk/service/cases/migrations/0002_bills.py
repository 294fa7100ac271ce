"""Cases about a line of the bills that is no charged payment."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import Q

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_room")]
    operations = [
        migrations.CreateModel(
            name="CaseBill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("bill_id", models.UUIDField()),
                ("bill_kind", models.CharField(max_length=20)),
                ("number", models.CharField(max_length=40)),
                ("case_kind", models.CharField(max_length=40)),
                ("case_open", models.BooleanField(default=True)),
                ("case", models.ForeignKey(on_delete=models.PROTECT, related_name="case_bills", to="cases.case")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["case", "bill_id"], name="one_row_per_case_bill"),
                    models.UniqueConstraint(
                        condition=Q(case_open=True), fields=["bill_id", "case_kind"], name="one_open_case_per_bill"
                    ),
                ]
            },
        ),
        migrations.RunSQL(
            (SQL / "bill_guards.sql").read_text(),
            "DROP TRIGGER cases_spread_openness_to_bills ON cases_case; DROP FUNCTION cases_spread_openness_to_bills();",
        ),
    ]
