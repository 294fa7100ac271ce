"""For how long nobody signs in anew after its owner said "not me" to a sign-in."""

from django.db import migrations

from walletdesk.foundation.schema.public import figures


class Migration(migrations.Migration):
    dependencies = [("verification", "0003_dormant"), ("profiles", "0001_room")]
    operations = [figures("Walletdesk 0.3 defaults, 2026-11-23", {"account.not_me_seconds": 86_400})]
