"""Notices and messages, the lock on the log of what was sent, and the figures of telling people."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.schema.public import RoomMigration, figures, sql_files

FIGURES = {
    "notifications.codes_per_hour": 10,
    "notifications.alert_fresh_seconds": 3600,
    "notifications.alert_lifetime_seconds": 6 * 3600,
}


class Migration(RoomMigration):
    replaces = [("notifications", "0001_initial"), ("notifications", "0002_messages"), ("notifications", "0003_guards_and_figures")]
    dependencies = [("customers", "0001_room"), ("profiles", "0001_room")]
    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("audience", models.CharField(max_length=10)),
                ("audience_id", models.UUIDField()),
                ("kind", models.CharField(max_length=40)),
                ("about", models.CharField(max_length=120)),
                ("words", models.JSONField()),
                ("more", models.JSONField(default=dict)),
                ("link", models.CharField(blank=True, default="", max_length=200)),
                ("safety", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=now)),
                ("read_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["audience", "audience_id", "-created_at", "-id"], name="notice_inbox"),
                    models.Index(condition=Q(("read_at__isnull", True)), fields=["audience", "audience_id"], name="notice_unread"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("audience__in", ("customer", "merchant", "employee"))), name="notice_audience_known"
                    ),
                    models.CheckConstraint(
                        condition=Q(("link", ""), ("link__startswith", "/"), _connector="OR"), name="notice_link_stays_here"
                    ),
                    models.UniqueConstraint(fields=("audience", "audience_id", "kind", "about"), name="notice_told_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("address", models.CharField(max_length=254)),
                ("kind", models.CharField(max_length=40)),
                ("about", models.CharField(max_length=120)),
                ("language", models.CharField(max_length=10)),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField(default=now)),
                ("last_answer", models.CharField(blank=True, default="", max_length=200)),
                ("created_at", models.DateTimeField(default=now)),
                ("changed_at", models.DateTimeField(default=now)),
                ("customer", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="customers.customer")),
            ],
            options={
                "indexes": [
                    models.Index(condition=Q(("state", "waiting")), fields=["due_at"], name="mail_due"),
                    models.Index(condition=Q(("state", "sending")), fields=["changed_at"], name="mail_hanging"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("state__in", ("waiting", "sending", "sent", "refused", "unknown"))), name="mail_state_known"
                    ),
                    models.UniqueConstraint(fields=("customer", "kind", "about"), name="mail_sent_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AlertChoices",
            fields=[
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=models.PROTECT, primary_key=True, related_name="+", serialize=False, to="customers.customer"
                    ),
                ),
                ("debit", ArrayField(base_field=models.CharField(max_length=5))),
                ("credit", ArrayField(base_field=models.CharField(max_length=5))),
                ("cases", ArrayField(base_field=models.CharField(max_length=5))),
                ("threshold_minor", models.BigIntegerField(default=0)),
                ("asset", models.CharField(default="CNY", max_length=12)),
                ("quiet_from", models.TimeField(null=True)),
                ("quiet_to", models.TimeField(null=True)),
                ("debits_pass_quiet", models.BooleanField(default=True)),
                ("changed_at", models.DateTimeField(default=now)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(
                            ("debit__contained_by", ["push", "sms", "email"]),
                            ("credit__contained_by", ["push", "sms", "email"]),
                            ("cases__contained_by", ["push", "sms", "email"]),
                        ),
                        name="alert_channels_known",
                    ),
                    models.CheckConstraint(condition=Q(("threshold_minor__gte", 0)), name="alert_threshold_not_negative"),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("quiet_from__isnull", True), ("quiet_to__isnull", True)),
                            Q(
                                ("quiet_from__isnull", False),
                                ("quiet_to__isnull", False),
                                Q(("quiet_from", F("quiet_to")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="quiet_hours_whole",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("channel", models.CharField(max_length=5)),
                ("address", models.CharField(max_length=254)),
                ("kind", models.CharField(max_length=40)),
                ("about", models.CharField(max_length=120)),
                ("language", models.CharField(max_length=10)),
                ("sealed", models.BinaryField(null=True)),
                ("urgent", models.BooleanField(default=False)),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField(default=now)),
                ("expires_at", models.DateTimeField()),
                ("last_answer", models.CharField(blank=True, default="", max_length=200)),
                ("provider_reference", models.CharField(blank=True, default="", max_length=80)),
                ("created_at", models.DateTimeField(default=now)),
                ("changed_at", models.DateTimeField(default=now)),
                ("customer", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="customers.customer")),
            ],
            options={
                "indexes": [
                    models.Index(condition=Q(("state", "waiting")), fields=["-urgent", "due_at"], name="message_due"),
                    models.Index(condition=Q(("state", "sending")), fields=["changed_at"], name="message_hanging"),
                    models.Index(condition=Q(("channel", "sms"), ("state", "sent")), fields=["due_at"], name="message_on_its_way"),
                    models.Index(fields=["address", "-created_at"], name="message_to_address"),
                    models.Index(fields=["customer", "-created_at"], name="message_of_customer"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=Q(("channel__in", ("push", "sms", "email"))), name="message_channel_known"),
                    models.CheckConstraint(
                        condition=Q(
                            ("state__in", ("waiting", "sending", "sent", "delivered", "lost", "refused", "unknown", "expired"))
                        ),
                        name="message_state_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("sealed__isnull", False), ("state__in", ("waiting", "sending"))),
                            Q(Q(("state__in", ("waiting", "sending")), _negated=True), ("sealed__isnull", True)),
                            _connector="OR",
                        ),
                        name="message_wiped_when_gone",
                    ),
                    models.UniqueConstraint(fields=("channel", "address", "kind", "about"), name="message_sent_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PushSubscription",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("device_id", models.UUIDField(null=True)),
                ("name", models.CharField(max_length=80)),
                ("endpoint", models.CharField(max_length=1000)),
                ("sealed_keys", models.BinaryField()),
                ("created_at", models.DateTimeField(default=now)),
                ("reached_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.CharField(blank=True, default="", max_length=20)),
                ("customer", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="customers.customer")),
            ],
            options={
                "indexes": [models.Index(condition=Q(("ended_at__isnull", True)), fields=["customer"], name="push_of_customer")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("ended_at__isnull", True)), fields=("endpoint",), name="push_endpoint_once"
                    ),
                    models.CheckConstraint(
                        condition=Q(("ended_at__isnull", True), Q(("end_reason", ""), _negated=True), _connector="OR"),
                        name="push_end_has_a_reason",
                    ),
                ],
            },
        ),
        sql_files(__file__, "guards"),
        figures("Walletdesk 0.1 defaults, 2026-11-22", FIGURES),
    ]
