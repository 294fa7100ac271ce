"""Who wishes to be reminded of an old password, and when they last were."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_password_set_at")]
    operations = [
        migrations.CreateModel(
            name="PasswordReminder",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=models.PROTECT, primary_key=True, related_name="+", serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("months", models.PositiveSmallIntegerField()),
                ("reminded_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(months__in=(6, 12)), name="password_reminder_months")
                ]
            },
        )
    ]  # fmt: skip
