"""Notices in the app; mails and short messages with the state of their delivery; where a browser is pushed; who wants what."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from walletdesk.foundation.clock.public import now, uuid7


class Notice(models.Model):
    """One sentence for one reader, in both languages. ``about`` names the happening: it is told once. ``user``: what is
    about the sign-in of somebody who is no customer, such as staff and the people of a shop.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    audience = models.CharField(max_length=10)
    audience_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=120)
    words = models.JSONField()
    more = models.JSONField(default=dict)
    link = models.CharField(max_length=200, default="", blank=True)
    safety = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="notice_audience_known", condition=Q(audience__in=("customer", "merchant", "employee", "user"))
            ),
            models.CheckConstraint(name="notice_link_stays_here", condition=Q(link="") | Q(link__startswith="/")),
            models.UniqueConstraint(name="notice_told_once", fields=["audience", "audience_id", "kind", "about"]),
        ]
        indexes: ClassVar = [
            models.Index(name="notice_inbox", fields=["audience", "audience_id", "-created_at", "-id"]),
            models.Index(name="notice_unread", fields=["audience", "audience_id"], condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.audience}"


class Mail(models.Model):
    """One mail to one customer about one happening, and how far it has come.

        waiting ─→ sending ─→ sent
           ↑          ├─────→ waiting     the server said no before taking it: tried again, six times
           │          ├─────→ refused     it said no for good, or the tries are used up
           └ never ── └─────→ unknown     the answer was lost: perhaps sent, so never sent again

    The text is made when it is sent and is not kept: it can be made again from ``kind`` and ``about``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=254)
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=120)
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=now)
    last_answer = models.CharField(max_length=200, default="", blank=True)
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="mail_state_known", condition=Q(state__in=("waiting", "sending", "sent", "refused", "unknown"))
            ),
            models.UniqueConstraint(name="mail_sent_once", fields=["customer", "kind", "about"]),
        ]
        indexes: ClassVar = [
            models.Index(name="mail_due", fields=["due_at"], condition=Q(state="waiting")),
            models.Index(name="mail_hanging", fields=["changed_at"], condition=Q(state="sending")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"


CHANNELS = ("push", "sms", "email")


class Message(models.Model):
    """One short message by one channel to one address: a code or an alert, and how far it has come.

        waiting ─→ sending ─→ sent ─→ delivered | lost      where the provider tells (text messages)
           ↑          ├─────→ waiting                       they clearly did not take it: again, six times
           │          ├─────→ refused
           └ never ── └─────→ unknown                       the answer was lost: perhaps sent, so never again
        waiting ─→ expired                                  its time was over before it could go

    ``sealed`` holds the words while they wait and nothing afterwards: the log knows that something was said, not what.
    ``address`` is an E.164 number, a mail address, or the id of a push subscription.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=5)
    address = models.CharField(max_length=254)
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=120)
    language = models.CharField(max_length=10)
    sealed = models.BinaryField(null=True)
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    last_answer = models.CharField(max_length=200, default="", blank=True)
    provider_reference = models.CharField(max_length=80, default="", blank=True)
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="message_channel_known", condition=Q(channel__in=CHANNELS)),
            models.CheckConstraint(
                name="message_state_known",
                condition=Q(
                    state__in=(
                        "waiting",
                        "sending",
                        "sent",
                        "delivered",
                        "lost",
                        "refused",
                        "unknown",
                        "expired",
                    )
                ),
            ),
            models.CheckConstraint(
                name="message_wiped_when_gone",
                condition=Q(state__in=("waiting", "sending"), sealed__isnull=False)
                | (~Q(state__in=("waiting", "sending")) & Q(sealed__isnull=True)),
            ),
            models.UniqueConstraint(name="message_sent_once", fields=["channel", "address", "kind", "about"]),
        ]
        indexes: ClassVar = [
            models.Index(name="message_due", fields=["-urgent", "due_at"], condition=Q(state="waiting")),
            models.Index(name="message_hanging", fields=["changed_at"], condition=Q(state="sending")),
            models.Index(name="message_on_its_way", fields=["due_at"], condition=Q(state="sent", channel="sms")),
            models.Index(name="message_to_address", fields=["address", "-created_at"]),
            models.Index(name="message_of_customer", fields=["customer", "-created_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.channel} ({self.state})"


class PushSubscription(models.Model):
    """One browser that its owner allowed us to speak to. ``device_id`` is the device it lives on, as sign-in knows it;
    ``sealed_keys`` the browser's key and secret. An ended subscription never comes back: the browser makes a new one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    device_id = models.UUIDField(null=True)
    name = models.CharField(max_length=80)
    endpoint = models.CharField(max_length=1000)
    sealed_keys = models.BinaryField()
    created_at = models.DateTimeField(default=now)
    reached_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=20, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="push_endpoint_once", fields=["endpoint"], condition=Q(ended_at__isnull=True)),
            models.CheckConstraint(
                name="push_end_has_a_reason", condition=Q(ended_at__isnull=True) | ~Q(end_reason="")
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="push_of_customer", fields=["customer"], condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.name


class AlertChoices(models.Model):
    """What a customer wants to hear outside of the app; no row, no wish: see ``rules/alerts.py`` for what holds then.

    The threshold is in minor units of ``asset``: debits below it stay in the inbox. Quiet hours are hours of the reader's
    own clock; from 22:00 to 07:00 goes over midnight.
    """

    customer = models.OneToOneField("customers.Customer", primary_key=True, on_delete=models.PROTECT, related_name="+")
    debit = ArrayField(models.CharField(max_length=5))
    credit = ArrayField(models.CharField(max_length=5))
    cases = ArrayField(models.CharField(max_length=5))
    threshold_minor = models.BigIntegerField(default=0)
    asset = models.CharField(max_length=12, default="CNY")
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    debits_pass_quiet = models.BooleanField(default=True)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="alert_channels_known",
                condition=Q(debit__contained_by=list(CHANNELS))
                & Q(credit__contained_by=list(CHANNELS))
                & Q(cases__contained_by=list(CHANNELS)),
            ),
            models.CheckConstraint(name="alert_threshold_not_negative", condition=Q(threshold_minor__gte=0)),
            models.CheckConstraint(
                name="quiet_hours_whole",
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | (Q(quiet_from__isnull=False, quiet_to__isnull=False) & ~Q(quiet_from=models.F("quiet_to"))),
            ),
        ]

    def __str__(self) -> str:
        return str(self.customer_id)
