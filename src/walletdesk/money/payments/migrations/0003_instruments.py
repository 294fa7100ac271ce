from pathlib import Path

from django.db import migrations, models

GUARDS = Path(__file__).resolve().parent.parent / "sql" / "instrument_guards.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0002_guards'),
        ('wallets', '0004_limit_figures'),
    ]

    operations = [
        migrations.AddField(
            model_name='payment',
            name='instrument',
            field=models.CharField(default='dynamic_code', help_text='under which the limits counted it', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('instrument__in', ('static_code', 'dynamic_code', 'tap'))), name='payment_instrument_known'),
        ),
        migrations.RunSQL(GUARDS.read_text(), "DROP TRIGGER payment_instrument_stays ON payments_payment;"),
    ]
