"""Tiers: everybody begins, and everybody who was here already goes on, as one who is known by an address only."""

import django.db.models.deletion
from pathlib import Path

from django.db import migrations, models

GUARDS = Path(__file__).resolve().parent.parent / "sql" / "tier_guards.sql"
UNDO = "DROP FUNCTION customers_tier_is_told, customers_tier_record_stays CASCADE;"


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0002_guards'),
    ]

    operations = [
        migrations.AddField(
            model_name='customer',
            name='tier',
            field=models.PositiveSmallIntegerField(default=4),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.CheckConstraint(condition=models.Q(('tier__in', (4, 3, 2, 1))), name='customer_tier_known'),
        ),
        migrations.CreateModel(
            name='TierChange',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('before', models.PositiveSmallIntegerField()),
                ('after', models.PositiveSmallIntegerField()),
                ('by', models.CharField(help_text='an actor: employee:<id>, city, …', max_length=100)),
                ('reason', models.CharField(max_length=500)),
                ('changed_at', models.DateTimeField()),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tier_changes', to='customers.customer')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('after__in', (4, 3, 2, 1)), ('before__in', (4, 3, 2, 1))), name='tier_change_known'), models.CheckConstraint(condition=models.Q(('before', models.F('after')), _negated=True), name='tier_change_changes'), models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('by', ''), _negated=True)), name='tier_change_says_why')],
            },
        ),
        migrations.RunSQL(GUARDS.read_text(), UNDO),
    ]
