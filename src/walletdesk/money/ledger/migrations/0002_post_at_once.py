"""Entries are posted without looking for their keys first; a database made before this has the earlier functions."""

from django.db import migrations

from walletdesk.foundation.schema.public import sql_files


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_room")]
    operations = [sql_files(__file__, "posting")]
