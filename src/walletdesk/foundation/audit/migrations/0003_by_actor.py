from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_guards")]
    operations = [
        migrations.AddIndex(
            model_name="act", index=models.Index(fields=["actor", "-at"], name="audit_of_actor")
        ),
    ]
