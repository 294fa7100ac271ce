"""Money set aside: for an order until the shop captures it, and for a transfer until its moment."""

from datetime import UTC, datetime
from pathlib import Path

import django.db.models.deletion
import walletdesk.foundation.clock.public
from django.db import migrations, models


SQL = Path(__file__).resolve().parent.parent / "sql"
ALWAYS = datetime(2020, 1, 1, tzinfo=UTC)
OURS = "Walletdesk 0.1 defaults, 2026-11-22"
ROWS: tuple[tuple[str, object], ...] = (
    ("hold.lifetime_seconds", 7 * 24 * 3600),
    ("transfer.longest_days", 90),
    ("transfer.late_seconds", 3 * 24 * 3600),
)


def lay_out(apps, schema_editor):
    """How long a shop may hold, how far ahead one plans, how late the worker may be before the money is free again."""
    profile = apps.get_model("profiles", "Profile")
    profile.objects.bulk_create(
        profile(key=key, value=value, valid_from=ALWAYS, source=OURS, set_at=datetime.now(UTC)) for key, value in ROWS
    )


class Migration(migrations.Migration):

    dependencies = [
        ('profiles', '0002_guards'),
        ('customers', '0004_testers'),
        ('merchants', '0002_test_twins'),
        ('payments', '0003_instruments'),
        ('wallets', '0004_limit_figures'),
    ]

    operations = [
        migrations.CreateModel(
            name='Authorisation',
            fields=[
                ('id', models.UUIDField(default=walletdesk.foundation.clock.public.uuid7, editable=False, primary_key=True, serialize=False)),
                ('payee_zh', models.CharField(max_length=60)),
                ('payee_en', models.CharField(max_length=60)),
                ('amount_minor', models.BigIntegerField()),
                ('asset_code', models.CharField(max_length=12)),
                ('instrument', models.CharField(max_length=12)),
                ('hold_id', models.UUIDField(help_text='the funds hold in the books', unique=True)),
                ('state', models.CharField(default='authorised', max_length=10)),
                ('captured_minor', models.BigIntegerField(default=0)),
                ('authorised_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ScheduledTransfer',
            fields=[
                ('id', models.UUIDField(default=walletdesk.foundation.clock.public.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('from_name', models.CharField(max_length=60)),
                ('to_name', models.CharField(max_length=60)),
                ('amount_minor', models.BigIntegerField()),
                ('asset_code', models.CharField(max_length=12)),
                ('note', models.CharField(blank=True, default='', max_length=140)),
                ('hold_id', models.UUIDField(help_text='the funds hold in the books', unique=True)),
                ('state', models.CharField(default='waiting', max_length=10)),
                ('code', models.CharField(blank=True, default='', max_length=64)),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='order',
            name='order_state_known',
        ),
        migrations.RemoveConstraint(
            model_name='order',
            name='order_ended_when_over',
        ),
        migrations.AddField(
            model_name='payment',
            name='authorised_at',
            field=models.DateTimeField(help_text='when the limits counted it, if before the capture', null=True),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'authorised', 'paid', 'cancelled'])), name='order_state_known'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state__in', ['waiting', 'authorised'])), models.Q(models.Q(('state__in', ['waiting', 'authorised']), _negated=True), models.Q(('ended_at', None), _negated=True)), _connector='OR'), name='order_ended_when_over'),
        ),
        migrations.AddField(
            model_name='authorisation',
            name='customer',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.customer'),
        ),
        migrations.AddField(
            model_name='authorisation',
            name='merchant',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='merchants.merchant'),
        ),
        migrations.AddField(
            model_name='authorisation',
            name='order',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='authorisation', to='payments.order'),
        ),
        migrations.AddField(
            model_name='authorisation',
            name='wallet',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wallets.wallet'),
        ),
        migrations.AddField(
            model_name='scheduledtransfer',
            name='from_customer',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.customer'),
        ),
        migrations.AddField(
            model_name='scheduledtransfer',
            name='to_customer',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.customer'),
        ),
        migrations.AddIndex(
            model_name='authorisation',
            index=models.Index(fields=['merchant', 'id'], name='holds_of_shop'),
        ),
        migrations.AddIndex(
            model_name='authorisation',
            index=models.Index(fields=['customer', 'authorised_at'], name='holds_of_customer'),
        ),
        migrations.AddIndex(
            model_name='authorisation',
            index=models.Index(condition=models.Q(('state', 'authorised')), fields=['expires_at'], name='holds_due'),
        ),
        migrations.AddConstraint(
            model_name='authorisation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('authorised', 'captured', 'voided', 'expired'))), name='hold_state_known'),
        ),
        migrations.AddConstraint(
            model_name='authorisation',
            constraint=models.CheckConstraint(condition=models.Q(('instrument__in', ('static_code', 'dynamic_code', 'tap'))), name='hold_instrument_known'),
        ),
        migrations.AddConstraint(
            model_name='authorisation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'authorised')), models.Q(('ended_at__isnull', False), ('state__in', ('captured', 'voided', 'expired'))), _connector='OR'), name='hold_ended_when_over'),
        ),
        migrations.AddConstraint(
            model_name='authorisation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('captured_minor__gt', 0), ('captured_minor__lte', models.F('amount_minor')), ('state', 'captured')), models.Q(models.Q(('state', 'captured'), _negated=True), ('captured_minor', 0)), _connector='OR'), name='hold_captured_within'),
        ),
        migrations.AddIndex(
            model_name='scheduledtransfer',
            index=models.Index(fields=['from_customer', 'due_at'], name='later_from'),
        ),
        migrations.AddIndex(
            model_name='scheduledtransfer',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['due_at'], name='later_due'),
        ),
        migrations.AddConstraint(
            model_name='scheduledtransfer',
            constraint=models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='later_amount_positive'),
        ),
        migrations.AddConstraint(
            model_name='scheduledtransfer',
            constraint=models.CheckConstraint(condition=models.Q(('from_customer', models.F('to_customer')), _negated=True), name='later_between_two'),
        ),
        migrations.AddConstraint(
            model_name='scheduledtransfer',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('waiting', 'made', 'cancelled', 'failed'))), name='later_state_known'),
        ),
        migrations.AddConstraint(
            model_name='scheduledtransfer',
            constraint=models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('asked_at'))), name='later_is_later'),
        ),
        migrations.AddConstraint(
            model_name='scheduledtransfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'waiting')), models.Q(('ended_at__isnull', False), ('state__in', ('made', 'cancelled', 'failed'))), _connector='OR'), name='later_ended_when_over'),
        ),
        migrations.AddConstraint(
            model_name='scheduledtransfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), models.Q(('code', ''), _negated=True)), models.Q(models.Q(('state', 'failed'), _negated=True), ('code', '')), _connector='OR'), name='later_failed_says_why'),
        ),
        migrations.RunSQL((SQL / "holding_guards.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "activity_with_holds.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunPython(lay_out, migrations.RunPython.noop),
    ]
