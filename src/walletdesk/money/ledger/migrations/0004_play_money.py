"""Equity from which test customers get their play money. A chart that was written since has the line already."""

from django.db import migrations

SQL = """
INSERT INTO ledger_account_kind (name, number, credit_normal, protected) VALUES ('play_money', 3901, true, false)
ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_post_in_one_call")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
