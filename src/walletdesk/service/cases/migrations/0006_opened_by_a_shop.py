# A shop's own software may open a case about a payment at that shop.

from django.db import migrations, models

OPENERS = ("system", "customer", "employee", "merchant")


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_locked_out")]

    operations = [
        migrations.RemoveConstraint("case", "case_opener_known"),
        migrations.AddConstraint(
            "case", models.CheckConstraint(condition=models.Q(("opened_by__in", OPENERS)), name="case_opener_known")
        ),
    ]
