"""A call may carry a way back into a locked account; two codes by keypad are a proof of who calls."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hotline", "0003_first_figures")]
    operations = [
        migrations.AddField(model_name="call", name="recovery_id", field=models.UUIDField(null=True)),
        migrations.RemoveConstraint(model_name="call", name="call_proof_known"),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                name="call_proof_known",
                condition=models.Q(("proof__in", ("", "token", "app_code", "approval", "two_codes"))),
            ),
        ),
    ]
