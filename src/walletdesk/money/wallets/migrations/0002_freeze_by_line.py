"""A freeze says by the journal's lines from where to where it held: a clock can be put back."""

from django.db import migrations, models

BY_THE_CLOCK = """
    UPDATE wallets_walletfreeze f SET
        after_line = coalesce((SELECT max(l.id) FROM journal_line l JOIN journal_entry e ON e.id = l.entry_id
                               JOIN wallets_wallet w ON w.id = f.wallet_id AND w.ledger_account IN (l.debit_id, l.credit_id)
                               WHERE e.posted_at <= f.frozen_at), 0),
        until_line = CASE WHEN lifted_at IS NOT NULL THEN coalesce((
                               SELECT max(l.id) FROM journal_line l JOIN journal_entry e ON e.id = l.entry_id
                               JOIN wallets_wallet w ON w.id = f.wallet_id AND w.ledger_account IN (l.debit_id, l.credit_id)
                               WHERE e.posted_at <= f.lifted_at), 0) END;
"""


class Migration(migrations.Migration):
    dependencies = [("wallets", "0001_room"), ("ledger", "0001_room")]
    operations = [
        migrations.AddField("walletfreeze", "after_line", models.BigIntegerField(default=0), preserve_default=False),
        migrations.AddField("walletfreeze", "until_line", models.BigIntegerField(null=True)),
        migrations.RunSQL(BY_THE_CLOCK, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "walletfreeze",
            models.CheckConstraint(
                name="freeze_ends_by_both",
                condition=models.Q(lifted_at=None, until_line=None)
                | models.Q(lifted_at__isnull=False, until_line__gte=models.F("after_line")),
            ),
        ),
        migrations.RunSQL(
            "CREATE OR REPLACE TRIGGER freeze_stays BEFORE UPDATE OF id, wallet_id, mode, reason, actor, frozen_at, after_line "
            "ON wallets_walletfreeze FOR EACH STATEMENT EXECUTE FUNCTION wallets_stays();",
            migrations.RunSQL.noop,
        ),
    ]
