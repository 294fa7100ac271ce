"""``ApiKey`` and ``ApiRequest``. A key only ever ends; a request is written once and forgotten after thirty days."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.trust.api_keys.rules.scopes import MODES, OWNER_KINDS


class ApiKey(models.Model):
    """``secret_hash`` is the SHA-256 of the whole secret; ``secret_end`` its last four characters, to tell keys apart."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_kind = models.CharField(max_length=10)
    owner_id = models.UUIDField()
    name = models.CharField(max_length=60)
    mode = models.CharField(max_length=4)
    scopes = ArrayField(models.CharField(max_length=30))
    addresses = ArrayField(models.CharField(max_length=50), default=list)
    secret_hash = models.CharField(max_length=64)
    secret_end = models.CharField(max_length=4)
    expires_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=100)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=100, blank=True, default="")
    last_used_at = models.DateTimeField(null=True)
    expiry_told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "api_key"
        indexes: ClassVar = [
            models.Index(name="api_keys_of_owner", fields=["owner_kind", "owner_id", "made_at"]),
            models.Index(
                name="api_keys_that_will_expire",
                fields=["expires_at"],
                condition=Q(revoked_at=None, expiry_told_at=None, expires_at__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="api_key_owner_kind", condition=Q(owner_kind__in=OWNER_KINDS)),
            models.CheckConstraint(name="api_key_mode", condition=Q(mode__in=MODES)),
            models.CheckConstraint(name="api_key_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="api_key_opens_something", condition=Q(scopes__len__gt=0)),
            models.CheckConstraint(
                name="api_key_hash_is_sha256", condition=Q(("secret_hash__regex", "^[0-9a-f]{64}$"))
            ),
            models.CheckConstraint(name="api_key_made_by_somebody", condition=~Q(made_by="")),
            models.CheckConstraint(
                name="api_key_revoked_by_somebody",
                condition=Q(revoked_at=None, revoked_by="") | ~Q(revoked_at=None) & ~Q(revoked_by=""),
            ),
            models.UniqueConstraint(name="api_key_secret_once", fields=["secret_hash"]),
        ]

    def __str__(self) -> str:
        return f"{self.mode} {self.id}"


class ApiRequest(models.Model):
    """``id`` is the request's own, as its answer said in ``Request-Id``. Bodies are kept without what is personal."""

    id = models.UUIDField(primary_key=True, editable=False)
    key = models.ForeignKey(ApiKey, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    owner_kind = models.CharField(max_length=10)
    owner_id = models.UUIDField()
    mode = models.CharField(max_length=4)
    at = models.DateTimeField()
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=300)
    query = models.CharField(max_length=1000, blank=True, default="")
    status = models.SmallIntegerField()
    code = models.CharField(max_length=60, blank=True, default="")
    microseconds = models.IntegerField()
    address = models.CharField(max_length=45, blank=True, default="")
    idempotency_key = models.CharField(max_length=255, blank=True, default="")
    replayed = models.BooleanField(default=False)
    request_body = models.TextField(blank=True, default="")
    answer_body = models.TextField(blank=True, default="")
    whole = models.BooleanField()

    class Meta:
        db_table = "api_request"
        indexes: ClassVar = [
            models.Index(name="api_requests_of_owner", fields=["owner_id", "id"]),
            BrinIndex(name="api_request_age", fields=["at"]),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.status}"


class ApiResend(models.Model):
    """A ticket to send one request of the log again, without the key's secret: for a minute, once, for exactly that request."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request_id = models.UUIDField()
    key = models.ForeignKey(ApiKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    ticket_hash = models.CharField(max_length=64)
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=300)
    query = models.CharField(max_length=1000, blank=True, default="")
    body_hash = models.CharField(max_length=64)
    made_by = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    good_until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "api_resend"
        constraints: ClassVar = [
            models.UniqueConstraint(name="api_resend_ticket_once", fields=["ticket_hash"]),
            models.CheckConstraint(
                name="api_resend_hashes_are_sha256",
                condition=Q(("ticket_hash__regex", "^[0-9a-f]{64}$"), ("body_hash__regex", "^[0-9a-f]{64}$")),
            ),
            models.CheckConstraint(name="api_resend_by_somebody", condition=~Q(made_by="")),
            models.CheckConstraint(
                name="api_resend_in_its_minute",
                condition=Q(used_at=None) | Q(used_at__gte=models.F("made_at"), used_at__lte=models.F("good_until")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"
