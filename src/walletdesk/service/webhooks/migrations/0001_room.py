"""Where to tell, what was told, and each try; what was said stays said."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.schema.public import RoomMigration, sql_files


class Migration(RoomMigration):
    replaces = [("webhooks", "0001_initial"), ("webhooks", "0002_guards")]
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Endpoint",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("owner_kind", models.CharField(max_length=10)),
                ("owner_id", models.UUIDField()),
                ("mode", models.CharField(max_length=4)),
                ("name", models.CharField(blank=True, default="", max_length=60)),
                ("address", models.CharField(max_length=2000)),
                ("types", ArrayField(base_field=models.CharField(max_length=40), default=list)),
                ("state", models.CharField(default="enabled", max_length=8)),
                ("disabled_because", models.CharField(blank=True, default="", max_length=5)),
                ("sealed_secret", models.TextField()),
                ("sealed_old_secret", models.TextField(null=True)),
                ("old_secret_until", models.DateTimeField(null=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("rests_until", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=now)),
                ("changed_at", models.DateTimeField(default=now)),
                ("removed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(condition=Q(("removed_at", None)), fields=["owner_kind", "owner_id"], name="webhook_of_owner")
                ],
                "constraints": [
                    models.CheckConstraint(condition=Q(("owner_kind__in", ("merchant", "customer"))), name="webhook_owner_known"),
                    models.CheckConstraint(condition=Q(("mode__in", ("live", "test"))), name="webhook_mode_known"),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("disabled_because", ""), ("state", "enabled")),
                            Q(("disabled_because__in", ("owner", "gone")), ("state", "disabled")),
                            _connector="OR",
                        ),
                        name="webhook_disabled_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("old_secret_until", None), ("sealed_old_secret", None)),
                            Q(("old_secret_until__isnull", False), ("sealed_old_secret__isnull", False)),
                            _connector="OR",
                        ),
                        name="webhook_old_secret_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.UUIDField(default=uuid7, editable=False, unique=True)),
                ("owner_kind", models.CharField(max_length=10)),
                ("owner_id", models.UUIDField()),
                ("mode", models.CharField(max_length=4)),
                ("type", models.CharField(max_length=40)),
                ("object_kind", models.CharField(max_length=20)),
                ("object_id", models.UUIDField()),
                ("about", models.CharField(max_length=120)),
                ("occurred_at", models.DateTimeField()),
                ("written_at", models.DateTimeField(default=now)),
                ("body", models.TextField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["owner_id", "owner_kind", "number"], name="webhook_feed"),
                    models.Index(fields=["written_at"], name="webhook_event_age"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("about", "type", "owner_id", "owner_kind"), name="webhook_event_written_once"),
                    models.CheckConstraint(
                        condition=Q(("owner_kind__in", ("merchant", "customer"))), name="webhook_event_owner_known"
                    ),
                    models.CheckConstraint(condition=Q(("mode__in", ("live", "test"))), name="webhook_event_mode_known"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("matter_id", models.UUIDField()),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "replay_of",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=models.PROTECT, related_name="+", to="webhooks.delivery"
                    ),
                ),
                (
                    "endpoint",
                    models.ForeignKey(db_index=False, on_delete=models.PROTECT, related_name="deliveries", to="webhooks.endpoint"),
                ),
                ("event", models.ForeignKey(on_delete=models.PROTECT, related_name="deliveries", to="webhooks.event")),
            ],
            options={
                "indexes": [
                    models.Index(condition=Q(("state", "waiting")), fields=["endpoint", "due_at", "event"], name="webhook_due"),
                    models.Index(
                        condition=Q(("state__in", ("waiting", "sending"))),
                        fields=["endpoint", "matter_id", "event"],
                        name="webhook_one_at_a_time",
                    ),
                    models.Index(condition=Q(("state", "sending")), fields=["endpoint", "claimed_at"], name="webhook_sending"),
                    models.Index(fields=["endpoint", "-id"], name="webhook_log"),
                    models.Index(condition=Q(("state", "waiting")), fields=["expires_at"], name="webhook_over_time"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("state__in", ("waiting", "sending", "delivered", "given_up"))),
                        name="webhook_delivery_state_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("ended_at", None), ("state__in", ("waiting", "sending"))),
                            Q(("ended_at__isnull", False), ("state__in", ("delivered", "given_up"))),
                            _connector="OR",
                        ),
                        name="webhook_delivery_ended_when_over",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("state", "sending"), _negated=True),
                            Q(("claimed_at__isnull", False), ("tries__gt", 0)),
                            _connector="OR",
                        ),
                        name="webhook_delivery_claimed_when_sent",
                    ),
                    models.CheckConstraint(
                        condition=Q(("replay_of", None), Q(("replay_of", F("id")), _negated=True), _connector="OR"),
                        name="webhook_delivery_repeats_another",
                    ),
                    models.UniqueConstraint(
                        condition=Q(("replay_of", None)), fields=("event", "endpoint"), name="webhook_delivered_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                ("ended", models.CharField(max_length=12)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("took_ms", models.PositiveIntegerField()),
                ("words", models.CharField(blank=True, default="", max_length=500)),
                ("delivery", models.ForeignKey(on_delete=models.CASCADE, related_name="attempts", to="webhooks.delivery")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("delivery", "number"), name="webhook_attempt_once"),
                    models.CheckConstraint(
                        condition=Q(("ended__in", ("answered", "timed_out", "not_reached", "not_allowed", "broken"))),
                        name="webhook_attempt_ending_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("ended", "answered"), ("status__isnull", False)),
                            Q(Q(("ended", "answered"), _negated=True), ("status", None)),
                            _connector="OR",
                        ),
                        name="webhook_attempt_status_when_answered",
                    ),
                ]
            },
        ),
        sql_files(__file__, "guards"),
    ]
