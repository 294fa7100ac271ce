from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import walletdesk.foundation.clock.public

GUARDS = Path(__file__).resolve().parent.parent / "sql" / "resend_guards.sql"


class Migration(migrations.Migration):
    dependencies = [("api_keys", "0002_guards")]
    operations = [
        migrations.CreateModel(
            name="ApiResend",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=walletdesk.foundation.clock.public.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("request_id", models.UUIDField()),
                ("ticket_hash", models.CharField(max_length=64)),
                ("method", models.CharField(max_length=8)),
                ("path", models.CharField(max_length=300)),
                ("query", models.CharField(blank=True, default="", max_length=1000)),
                ("body_hash", models.CharField(max_length=64)),
                ("made_by", models.CharField(max_length=100)),
                ("made_at", models.DateTimeField()),
                ("good_until", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "key",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="api_keys.apikey",
                    ),
                ),
            ],
            options={
                "db_table": "api_resend",
                "constraints": [
                    models.UniqueConstraint(name="api_resend_ticket_once", fields=["ticket_hash"]),
                    models.CheckConstraint(
                        name="api_resend_hashes_are_sha256",
                        condition=models.Q(
                            ("ticket_hash__regex", "^[0-9a-f]{64}$"), ("body_hash__regex", "^[0-9a-f]{64}$")
                        ),
                    ),
                    models.CheckConstraint(name="api_resend_by_somebody", condition=~models.Q(made_by="")),
                    models.CheckConstraint(
                        name="api_resend_in_its_minute",
                        condition=models.Q(used_at=None)
                        | models.Q(used_at__gte=models.F("made_at"), used_at__lte=models.F("good_until")),
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARDS.read_text(), "DROP FUNCTION api_resend_once CASCADE;"),
    ]
