"""Every answer finds room on the page of its claim, so no index grows: an answer is several times as long as its claim."""

from django.db import migrations

ROOM, BEFORE = "ALTER TABLE idempotency_key SET (fillfactor = 20)", "ALTER TABLE idempotency_key SET (fillfactor = 50)"


class Migration(migrations.Migration):
    dependencies = [("idempotency", "0002_in_flight")]
    operations = [migrations.RunSQL(ROOM, BEFORE)]
