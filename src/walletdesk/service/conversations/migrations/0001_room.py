"""Messages about a case, and what is attached; both are only added."""

from django.db import migrations, models
from django.db.models import Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.schema.public import RoomMigration, sql_files


class Migration(RoomMigration):
    replaces = [("conversations", "0001_initial"), ("conversations", "0002_guards")]
    dependencies = [("cases", "0001_room"), ("files", "0001_room")]
    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("author_kind", models.CharField(max_length=10)),
                ("author_id", models.UUIDField(null=True)),
                ("author_number", models.CharField(blank=True, default="", max_length=20)),
                ("author_name", models.JSONField(default=dict)),
                ("audience", models.CharField(max_length=10)),
                ("text", models.TextField(blank=True)),
                ("once", models.CharField(max_length=64, null=True)),
                ("sent_at", models.DateTimeField(default=now)),
                ("case", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="cases.case")),
            ],
            options={
                "indexes": [models.Index(fields=["case", "sent_at", "id"], name="message_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("author_kind__in", ("system", "customer", "employee", "merchant"))),
                        name="message_author_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("author_kind__in", ("system", "employee")), ("audience__in", ("customer", "merchant", "staff"))),
                            Q(("audience", "customer"), ("author_kind", "customer")),
                            Q(("audience", "merchant"), ("author_kind", "merchant")),
                            _connector="OR",
                        ),
                        name="message_in_own_thread",
                    ),
                    models.CheckConstraint(condition=Q(("text__length__lte", 4000)), name="message_length"),
                    models.UniqueConstraint(fields=("case", "author_kind", "author_id", "once"), name="message_said_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("place", models.PositiveSmallIntegerField(default=0)),
                ("file", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="files.storedfile")),
                ("message", models.ForeignKey(on_delete=models.PROTECT, related_name="attachments", to="conversations.message")),
            ],
        ),
        sql_files(__file__, "guards"),
    ]
