"""Keys of programs, what they opened, and tickets to send a request again."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations, models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.schema.public import RoomMigration, sql_files


class Migration(RoomMigration):
    replaces = [("api_keys", "0001_initial"), ("api_keys", "0002_guards"), ("api_keys", "0003_resend")]
    dependencies = [("clock", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("owner_kind", models.CharField(max_length=10)),
                ("owner_id", models.UUIDField()),
                ("name", models.CharField(max_length=60)),
                ("mode", models.CharField(max_length=4)),
                ("scopes", ArrayField(base_field=models.CharField(max_length=30))),
                ("addresses", ArrayField(base_field=models.CharField(max_length=50), default=list)),
                ("secret_hash", models.CharField(max_length=64)),
                ("secret_end", models.CharField(max_length=4)),
                ("expires_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField(default=now)),
                ("made_by", models.CharField(max_length=100)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("revoked_by", models.CharField(blank=True, default="", max_length=100)),
                ("last_used_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "api_key",
                "indexes": [models.Index(fields=["owner_kind", "owner_id", "made_at"], name="api_keys_of_owner")],
                "constraints": [
                    models.CheckConstraint(condition=Q(("owner_kind__in", ("merchant", "customer"))), name="api_key_owner_kind"),
                    models.CheckConstraint(condition=Q(("mode__in", ("live", "test"))), name="api_key_mode"),
                    models.CheckConstraint(condition=Q(("name", ""), _negated=True), name="api_key_has_a_name"),
                    models.CheckConstraint(condition=Q(("scopes__len__gt", 0)), name="api_key_opens_something"),
                    models.CheckConstraint(condition=Q(("secret_hash__regex", "^[0-9a-f]{64}$")), name="api_key_hash_is_sha256"),
                    models.CheckConstraint(condition=Q(("made_by", ""), _negated=True), name="api_key_made_by_somebody"),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("revoked_at", None), ("revoked_by", "")),
                            Q(Q(("revoked_at", None), _negated=True), Q(("revoked_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="api_key_revoked_by_somebody",
                    ),
                    models.UniqueConstraint(fields=("secret_hash",), name="api_key_secret_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiRequest",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("owner_kind", models.CharField(max_length=10)),
                ("owner_id", models.UUIDField()),
                ("mode", models.CharField(max_length=4)),
                ("at", models.DateTimeField()),
                ("method", models.CharField(max_length=8)),
                ("path", models.CharField(max_length=300)),
                ("query", models.CharField(blank=True, default="", max_length=1000)),
                ("status", models.SmallIntegerField()),
                ("code", models.CharField(blank=True, default="", max_length=60)),
                ("microseconds", models.IntegerField()),
                ("address", models.CharField(blank=True, default="", max_length=45)),
                ("idempotency_key", models.CharField(blank=True, default="", max_length=255)),
                ("replayed", models.BooleanField(default=False)),
                ("request_body", models.TextField(blank=True, default="")),
                ("answer_body", models.TextField(blank=True, default="")),
                ("whole", models.BooleanField()),
                (
                    "key",
                    models.ForeignKey(
                        db_constraint=False, db_index=False, on_delete=models.PROTECT, related_name="+", to="api_keys.apikey"
                    ),
                ),
            ],
            options={
                "db_table": "api_request",
                "indexes": [
                    models.Index(fields=["owner_id", "id"], name="api_requests_of_owner"),
                    BrinIndex(fields=["at"], name="api_request_age"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiResend",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
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
                ("key", models.ForeignKey(db_index=False, on_delete=models.PROTECT, related_name="+", to="api_keys.apikey")),
            ],
            options={
                "db_table": "api_resend",
                "constraints": [
                    models.UniqueConstraint(fields=("ticket_hash",), name="api_resend_ticket_once"),
                    models.CheckConstraint(
                        condition=Q(("ticket_hash__regex", "^[0-9a-f]{64}$"), ("body_hash__regex", "^[0-9a-f]{64}$")),
                        name="api_resend_hashes_are_sha256",
                    ),
                    models.CheckConstraint(condition=Q(("made_by", ""), _negated=True), name="api_resend_by_somebody"),
                    models.CheckConstraint(
                        condition=Q(
                            ("used_at", None), Q(("used_at__gte", F("made_at")), ("used_at__lte", F("good_until"))), _connector="OR"
                        ),
                        name="api_resend_in_its_minute",
                    ),
                ],
            },
        ),
        sql_files(__file__, "guards", "resend_guards"),
    ]
