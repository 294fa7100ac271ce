"""After how many days without a sign-in an account is locked."""

from django.db import migrations

from walletdesk.foundation.schema.public import figures


class Migration(migrations.Migration):
    dependencies = [("verification", "0002_photos_go"), ("profiles", "0001_room")]
    operations = [figures("Walletdesk 0.3 defaults, 2026-11-23", {"account.dormant_days": 365})]
