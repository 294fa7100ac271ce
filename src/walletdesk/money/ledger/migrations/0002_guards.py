from pathlib import Path

from django.db import migrations

from walletdesk.foundation.amount.public import KNOWN_ASSETS
from walletdesk.money.ledger.rules.chart import CHART

SQL = Path(__file__).resolve().parent.parent / "sql"
FUNCTIONS = "\n".join((SQL / f"{name}.sql").read_text() for name in ("seals", "accounts", "holds", "posting"))


def write_the_chart(apps, schema_editor):
    """The chart of accounts and the assets that everybody knows; before the guards close the tables."""
    apps.get_model("ledger", "AccountKindRow").objects.bulk_create(
        apps.get_model("ledger", "AccountKindRow")(
            name=kind.name, number=kind.number, credit_normal=kind.credit_normal, protected=kind.protected
        )
        for kind in CHART
    )
    apps.get_model("ledger", "AssetRow").objects.bulk_create(
        apps.get_model("ledger", "AssetRow")(
            code=asset.code, digits=asset.digits, symbol=asset.symbol, number=asset.number
        )
        for asset in KNOWN_ASSETS.values()
    )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("clock", "0001_initial")]
    operations = [
        migrations.RunPython(write_the_chart, migrations.RunPython.noop),
        migrations.RunSQL(FUNCTIONS),
        migrations.RunSQL((SQL / "guards.sql").read_text()),
    ]
