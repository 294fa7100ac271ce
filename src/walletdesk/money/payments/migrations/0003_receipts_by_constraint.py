"""A receipt number is unique by a constraint: a unique text field brings a second index, for patterns that nobody asks for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_delayed_transfers")]
    operations = [
        migrations.AlterField("payment", "receipt_number", models.CharField(max_length=40)),
        migrations.AddConstraint(
            "payment", models.UniqueConstraint(fields=["receipt_number"], name="one_payment_per_receipt")
        ),
    ]
