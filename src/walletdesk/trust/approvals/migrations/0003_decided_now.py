"""Nothing is decided at a moment to come: the database asks its own clock."""

from django.db import migrations

from walletdesk.foundation.schema.public import sql_files


class Migration(migrations.Migration):
    dependencies = [("approvals", "0002_drawn"), ("clock", "0002_now_at_once")]
    operations = [sql_files(__file__, "decided_now")]
