"""A shop has a twin for testing."""

from pathlib import Path

import django.db.models.deletion
import walletdesk.foundation.clock.public
from django.db import migrations, models


GUARDS = Path(__file__).resolve().parent.parent / "sql" / "twin_guards.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('merchants', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='TestTwin',
            fields=[
                ('merchant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='merchants.merchant')),
                ('made_at', models.DateTimeField(default=walletdesk.foundation.clock.public.now)),
                ('twin', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='merchants.merchant')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('merchant', models.F('twin')), _negated=True), name='nobody_is_their_own_twin')],
            },
        ),
        migrations.RunSQL(GUARDS.read_text(), "DROP FUNCTION merchants_twin_stays, merchants_twin_is_fit CASCADE;"),
    ]
