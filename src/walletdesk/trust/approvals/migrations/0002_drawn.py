"""Who decides is drawn by lot from those on shift, and has some time alone."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from walletdesk.foundation.schema.public import figures, sql_files


class Migration(migrations.Migration):
    dependencies = [("approvals", "0001_room"), ("profiles", "0001_room"), ("staff", "0001_room")]
    operations = [
        migrations.AddField(
            "proposal",
            "drawn",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.employee"
            ),
        ),
        migrations.AddField("proposal", "drawn_until", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "proposal",
            models.CheckConstraint(
                name="drawn_for_a_while",
                condition=Q(drawn=None, drawn_until=None)
                | Q(drawn__isnull=False, drawn_until__gt=F("made_at"), drawn_until__lte=F("expires_at"))
                & ~Q(drawn=F("maker")),
            ),
        ),
        migrations.AddConstraint(
            "proposal",
            models.CheckConstraint(
                name="decided_by_whom_the_lot_fell_on",
                condition=Q(checker=None)
                | Q(drawn=None)
                | Q(checker=F("drawn"))
                | Q(decided_at__gte=F("drawn_until")),
            ),
        ),
        sql_files(__file__, "drawn"),
        figures("Walletdesk 0.1 defaults", {"proposal.drawn_seconds": 900}),
    ]
