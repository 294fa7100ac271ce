"""An inbox for who is no customer and signs in all the same."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_room")]

    operations = [
        migrations.RemoveConstraint("notice", "notice_audience_known"),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                condition=Q(audience__in=("customer", "merchant", "employee", "user")), name="notice_audience_known"
            ),
        ),
    ]
