"""What payers agree to beforehand."""

import django.db.models.deletion
import walletdesk.foundation.clock.public
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('customers', '0004_testers'),
        ('merchants', '0002_test_twins'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.UUIDField(default=walletdesk.foundation.clock.public.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key_id', models.UUIDField(null=True, unique=True)),
                ('title', models.CharField(max_length=60)),
                ('asset_code', models.CharField(max_length=12)),
                ('max_single_minor', models.BigIntegerField()),
                ('max_day_minor', models.BigIntegerField()),
                ('proposed_at', models.DateTimeField()),
                ('proposal_ends_at', models.DateTimeField()),
                ('valid_until', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(blank=True, default='', max_length=10)),
                ('day', models.DateField(help_text='of which day used_minor speaks', null=True)),
                ('used_minor', models.BigIntegerField(default=0)),
                ('customer', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.customer')),
                ('merchant', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='merchants.merchant')),
            ],
            options={
                'indexes': [models.Index(fields=['merchant', 'id'], name='agreements_of_shop'), models.Index(fields=['customer', 'accepted_at'], name='agreements_of_customer')],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='agreement_has_a_title'), models.CheckConstraint(condition=models.Q(models.Q(('key_id', None), ('merchant__isnull', False)), models.Q(('key_id__isnull', False), ('merchant', None)), _connector='OR'), name='agreement_of_a_shop_or_a_key'), models.CheckConstraint(condition=models.Q(('max_day_minor__gte', models.F('max_single_minor')), ('max_single_minor__gt', 0)), name='agreement_caps_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at', None), ('customer', None)), models.Q(('accepted_at__isnull', False), ('customer__isnull', False)), _connector='OR'), name='agreement_accepted_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', '')), models.Q(('ended_at__isnull', False), ('ended_by__in', ['customer', 'merchant'])), _connector='OR'), name='agreement_ended_by_somebody'), models.CheckConstraint(condition=models.Q(('used_minor__gte', 0), ('used_minor__lte', models.F('max_day_minor')), models.Q(('used_minor', 0), models.Q(('accepted_at__isnull', False), ('day__isnull', False)), _connector='OR')), name='agreement_within_its_day')],
            },
        ),
    ]
