"""``User``: the one who signs in, by e-mail address or telephone number; their devices, sessions, and questions between devices.

Rooms above attach a customer, a merchant member or an employee to a user. Second factors themselves are allauth's
``Authenticator`` rows; what is secret in them is sealed or hashed by this room (``services/``).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.module_loading import import_string

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.identity.rules.addresses import read_address
from walletdesk.foundation.identity.rules.new_devices import PROOFS
from walletdesk.foundation.identity.rules.password_age import PERIODS

E164 = r"^\+[1-9][0-9]{5,14}$"
SHA256_HEX = "^[0-9a-f]{64}$"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str | None, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower() if email else None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        read = read_address(username or "")
        return self.get(phone=read[1]) if read and read[0] == "sms" else self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """One person who can sign in, by an address and a password. ``is_staff`` opens the administrator's door only.

    ``email`` in small letters, ``phone`` in E.164; at least one of them. ``…_verified_at``: when a code that was sent
    there came back.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(max_length=254, unique=True, null=True)
    phone = models.CharField(max_length=20, unique=True, null=True)
    email_verified_at = models.DateTimeField(null=True)
    phone_verified_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=10, default="zh-hans")
    time_zone = models.CharField(max_length=64, default="Asia/Shanghai")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=now)
    password_set_at = models.DateTimeField(default=now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="one_user_per_address"),
            models.CheckConstraint(
                name="user_has_an_address", condition=Q(email__isnull=False) | Q(phone__isnull=False)
            ),
            models.CheckConstraint(name="user_phone_is_e164", condition=Q(phone=None) | Q(phone__regex=E164)),
            models.CheckConstraint(
                name="only_an_address_is_verified",
                condition=(Q(email_verified_at=None) | Q(email__isnull=False))
                & (Q(phone_verified_at=None) | Q(phone__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PasswordReminder(models.Model):
    """Somebody wishes to be reminded of an old password. No row: never; and nobody is ever made to change one."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, primary_key=True, related_name="+")
    months = models.PositiveSmallIntegerField()
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="password_reminder_months", condition=Q(months__in=tuple(PERIODS)))
        ]

    def __str__(self) -> str:
        return f"{self.user_id} every {self.months} months"


class FormerAddress(models.Model):
    """An address that was replaced. It is told of every change for a while: a thief's first act is to replace it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5)
    address = models.CharField(max_length=254)
    replaced_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="former_address_kind", condition=Q(kind__in=("email", "sms")))
        ]

    def __str__(self) -> str:
        return str(self.id)


class Device(models.Model):
    """One browser of one user. ``token_hash`` is the SHA-256 of what its cookie holds; the token is stored nowhere.

    ``limits_until``: until then it may do less (``rules/new_devices.py``). ``proof``: by what it was let in.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="devices")
    token_hash = models.CharField(max_length=64)
    name = models.CharField(max_length=60)
    proof = models.CharField(max_length=16)
    added_at = models.DateTimeField(default=now)
    last_seen_at = models.DateTimeField(default=now)
    limits_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_device_per_user_and_cookie", fields=["user", "token_hash"]),
            models.CheckConstraint(name="device_token_is_hashed", condition=Q(token_hash__regex=SHA256_HEX)),
            models.CheckConstraint(name="device_proof_is_known", condition=Q(proof__in=PROOFS)),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Session(AbstractBaseSession):
    """A session that knows whose it is and on which device, so that ending a device or a person ends it at once."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    device = models.ForeignKey(Device, null=True, on_delete=models.SET_NULL, related_name="+")

    @classmethod
    def get_session_store_class(cls) -> type[DatabaseSessions]:
        return import_string("walletdesk.foundation.identity.sessions.SessionStore")


class Approval(models.Model):
    """A question to the other devices of a user: is that you, over there? Answered once, by one of them, within minutes.

    ``asker`` names the session that asks (SHA-256 of its key), so that only it can use the answer, once.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asker = models.CharField(max_length=64)
    purpose = models.CharField(max_length=8)
    device_name = models.CharField(max_length=60)
    place = models.CharField(max_length=64)
    number = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    answer = models.CharField(max_length=8, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Device, null=True, on_delete=models.PROTECT, related_name="+")
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(name="approvals_by_user", fields=["user", "asked_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="approval_number", condition=Q(number__gte=10, number__lte=99)),
            models.CheckConstraint(name="approval_purpose", condition=Q(purpose__in=("sign_in", "step_up"))),
            models.CheckConstraint(name="approval_answer", condition=Q(answer__in=("", "approved", "denied"))),
            models.CheckConstraint(
                name="approval_answered_whole",
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(name="only_a_yes_is_used", condition=Q(used_at=None) | Q(answer="approved")),
        ]

    def __str__(self) -> str:
        return str(self.id)


class FactorTries(models.Model):
    """How often a second factor of this user was wrong in a row, over all of them and all places."""

    user = models.OneToOneField(User, primary_key=True, on_delete=models.PROTECT, related_name="+")
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.user_id)
