import django.contrib.postgres.fields
import django.db.models.deletion
import walletdesk.foundation.clock.public
import walletdesk.money.wallets.models
from pathlib import Path

from django.db import migrations, models

GUARDS = Path(__file__).resolve().parent.parent / "sql" / "limit_guards.sql"
UNDO = """
DROP TRIGGER counter_begins ON wallets_wallet;
DROP FUNCTION wallets_counter_begins;
DROP FUNCTION wallets_raise_waits CASCADE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('wallets', '0002_guards'),
        ('customers', '0003_tiers'),
    ]

    operations = [
        migrations.CreateModel(
            name='LimitCounter',
            fields=[
                ('wallet', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='wallets.wallet')),
                ('day', models.DateField(null=True)),
                ('month', models.DateField(null=True)),
                ('year', models.DateField(null=True)),
                ('day_used', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=walletdesk.money.wallets.models.no_sums, size=None)),
                ('month_used', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=walletdesk.money.wallets.models.no_sums, size=None)),
                ('year_used', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=walletdesk.money.wallets.models.no_sums, size=None)),
                ('lifetime_used', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=walletdesk.money.wallets.models.no_sums, size=None)),
                ('incoming_minor', models.BigIntegerField(default=0)),
                ('has_own_limits', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('incoming_minor__gte', 0)), name='incoming_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='OwnLimit',
            fields=[
                ('id', models.UUIDField(default=walletdesk.foundation.clock.public.uuid7, editable=False, primary_key=True, serialize=False)),
                ('group', models.CharField(max_length=20)),
                ('window', models.CharField(max_length=10)),
                ('minor', models.BigIntegerField(null=True)),
                ('asked_at', models.DateTimeField()),
                ('holds_from', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_how', models.CharField(blank=True, default='', max_length=10)),
                ('wallet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='own_limits', to='wallets.wallet')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('group__in', ('out', 'transfer')), ('window__in', ('single', 'day', 'month'))), name='own_limit_known'), models.CheckConstraint(condition=models.Q(('minor', None), ('minor__gte', 0), _connector='OR'), name='own_limit_not_negative'), models.CheckConstraint(condition=models.Q(('holds_from__gte', models.F('asked_at'))), name='own_limit_begins_when_asked'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_how', '')), models.Q(('ended_at__isnull', False), ('ended_how', 'replaced')), models.Q(('ended_at__lt', models.F('holds_from')), ('ended_how', 'cancelled')), _connector='OR'), name='own_limit_ends_in_a_way'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('wallet', 'group', 'window', 'holds_from'), name='one_own_limit_begins_at_a_time')],
            },
        ),
        migrations.RunSQL(GUARDS.read_text(), UNDO),
    ]
