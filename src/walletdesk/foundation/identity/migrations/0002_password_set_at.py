"""When a password was chosen: nobody knows for those from before, so they count from the day their owner joined."""

from django.db import migrations, models

from walletdesk.foundation.clock.public import now


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_room")]
    operations = [
        migrations.AddField("user", "password_set_at", models.DateTimeField(default=now)),
        migrations.RunSQL("UPDATE identity_user SET password_set_at = date_joined"),
    ]
