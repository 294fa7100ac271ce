# Bytes may be let go of; what came in, and its hash, is known for ever.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0001_room")]
    operations = [
        migrations.RemoveConstraint(model_name="storedfile", name="stored_file_state_known"),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.CheckConstraint(condition=models.Q(state__in=["clean", "quarantined", "let_go"]), name="stored_file_state_known"),
        ),
        migrations.AlterField(
            model_name="storedfile",
            name="state",
            field=models.CharField(max_length=11, choices=[("clean", "Clean"), ("quarantined", "Quarantined"), ("let_go", "Let Go")]),
        ),
    ]
