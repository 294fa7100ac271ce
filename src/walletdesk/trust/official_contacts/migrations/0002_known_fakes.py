"""Imitations of us that two persons have looked at."""

from django.db import migrations, models
from django.db.models import Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.schema.public import sql_files


class Migration(migrations.Migration):
    dependencies = [("official_contacts", "0001_room")]
    operations = [
        migrations.CreateModel(
            name="KnownFake",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("channel", models.CharField(max_length=10)),
                ("value", models.CharField(max_length=90)),
                ("note_zh", models.CharField(max_length=200)),
                ("note_en", models.CharField(max_length=200)),
                ("listed_at", models.DateTimeField(default=now)),
                ("listed_by", models.CharField(max_length=100)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, default="", max_length=100)),
            ],
            options={
                "db_table": "official_contacts_known_fake",
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("ended_at", None)), fields=("channel", "value"), name="fake_listed_once"
                    ),
                    models.CheckConstraint(
                        condition=Q(("channel__in", ("phone", "web", "email", "social"))), name="fake_channel"
                    ),
                    models.CheckConstraint(
                        condition=~Q(value="") & ~Q(note_zh="") & ~Q(note_en=""), name="fake_says_what"
                    ),
                    models.CheckConstraint(
                        condition=Q(ended_at=None, ended_by="") | Q(ended_at__isnull=False) & ~Q(ended_by=""),
                        name="fake_ended_by_somebody",
                    ),
                ],
            },
        ),
        sql_files(__file__, "fake_guards"),
    ]
