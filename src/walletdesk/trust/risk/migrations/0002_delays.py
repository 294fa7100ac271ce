# A fifth answer: a transfer that is made later, unless the payer stops it.

from django.db import migrations, models

OUTCOMES = ("allow", "challenge", "delay", "deny", "freeze")


class Migration(migrations.Migration):
    dependencies = [("risk", "0001_room")]
    operations = [
        migrations.RemoveConstraint(model_name="riskdecision", name="decision_outcome_known"),
        migrations.AddConstraint(
            model_name="riskdecision",
            constraint=models.CheckConstraint(condition=models.Q(("outcome__in", OUTCOMES)), name="decision_outcome_known"),
        ),
    ]
