"""Reads about users, their addresses, devices and second factors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.models import Device, FormerAddress, PasswordReminder, Session, User
from walletdesk.foundation.identity.rules.addresses import EMAIL, SMS, mask_address, read_address

TOLD_AFTER_REPLACING = timedelta(days=30)
KIND_OF = {"webauthn": "passkey", "totp": "totp", "recovery_codes": "recovery_code"}


@dataclass(frozen=True, slots=True)
class UserView:
    """A user as other rooms see one; addresses are empty texts where there are none."""

    id: UUID
    email: str
    phone: str
    email_verified: bool
    phone_verified: bool
    language: str
    time_zone: str
    active: bool
    password_set_at: datetime


@dataclass(frozen=True, slots=True)
class VerifiedAddress:
    """``kind``: email or sms."""

    kind: str
    value: str
    masked: str


@dataclass(frozen=True, slots=True)
class DeviceView:
    """``limits_until`` is None when the limits are over or never were; ``current`` is the reader's own."""

    id: UUID
    user_id: UUID
    name: str
    proof: str
    added_at: datetime
    last_seen_at: datetime
    limits_until: datetime | None
    current: bool = False


@dataclass(frozen=True, slots=True)
class FactorView:
    """``kind``: passkey, totp or recovery_code. ``left``: how many recovery codes are unused."""

    id: int
    kind: str
    name: str
    added_at: datetime
    last_used_at: datetime | None
    left: int = 0


def _as_user(row: User) -> UserView:
    return UserView(
        row.id,
        row.email or "",
        row.phone or "",
        row.email_verified_at is not None,
        row.phone_verified_at is not None,
        row.language,
        row.time_zone,
        row.is_active,
        row.password_set_at,
    )


def user(user_id: UUID) -> UserView | None:
    row = User.objects.defer("password").filter(pk=user_id).first()
    return _as_user(row) if row else None


def password_reminder(user_id: UUID) -> int:
    """Every how many months they wish to be reminded of their password; 0 is never."""
    return PasswordReminder.objects.filter(user_id=user_id).values_list("months", flat=True).first() or 0


def users_by_address(text: str) -> list[UserView]:
    """Whoever signs in with exactly this address, written in any way: nobody, or one."""
    read = read_address(text)
    if read is None:
        return []
    same = Q(email__iexact=read[1]) if read[0] == EMAIL else Q(phone=read[1])
    return [_as_user(row) for row in User.objects.defer("password").filter(same)]


def _verified(row: User) -> list[VerifiedAddress]:
    kinds = ((EMAIL, row.email, row.email_verified_at), (SMS, row.phone, row.phone_verified_at))
    return [VerifiedAddress(kind, one, mask_address(kind, one)) for kind, one, known in kinds if one and known]


def addresses_of_many(user_ids: Iterable[UUID], former: bool = False) -> dict[UUID, tuple[VerifiedAddress, ...]]:
    """Where a code would reach each of these people, e-mail first; with ``former`` also the addresses that were replaced in
    the last thirty days: a thief cannot silence the owner. Two statements at most; an id that is nobody's is absent.
    """
    ids = set(user_ids)
    found = {row.id: _verified(row) for row in User.objects.defer("password").filter(pk__in=ids)}
    if former:
        since = now() - TOLD_AFTER_REPLACING
        rows = FormerAddress.objects.filter(user_id__in=ids, replaced_at__gte=since).order_by("-replaced_at")
        for row in rows:
            one = VerifiedAddress(row.kind, row.address, mask_address(row.kind, row.address))
            if one not in found[row.user_id]:
                found[row.user_id].append(one)
    return {user_id: tuple(addresses) for user_id, addresses in found.items()}


def verified_addresses(user_id: UUID) -> tuple[VerifiedAddress, ...]:
    """Where a code would reach this person, e-mail first."""
    return addresses_of_many([user_id]).get(user_id, ())


def addresses_to_tell(user_id: UUID) -> tuple[VerifiedAddress, ...]:
    """Every address on file, and each that was replaced in the last thirty days."""
    return addresses_of_many([user_id], former=True).get(user_id, ())


def as_device(row: Device, current: UUID | None = None) -> DeviceView:
    limited = row.limits_until if row.limits_until and row.limits_until > now() else None
    return DeviceView(
        row.id, row.user_id, row.name, row.proof, row.added_at, row.last_seen_at, limited, row.id == current
    )


def devices_of(user_id: UUID, current: UUID | None = None) -> list[DeviceView]:
    """The devices that are not ended, the reader's own first, then the one seen last."""
    rows = Device.objects.filter(user_id=user_id, ended_at=None).order_by("-last_seen_at")
    return sorted((as_device(row, current) for row in rows), key=lambda one: not one.current)


def device(user_id: UUID, device_id: UUID) -> DeviceView | None:
    """One device of this user that is not ended."""
    row = Device.objects.filter(pk=device_id, user_id=user_id, ended_at=None).first()
    return as_device(row) if row else None


def sessions_of(user_id: UUID) -> dict[UUID | None, int]:
    """By device how many sessions live; under None those that no device is known of."""
    rows = Session.objects.filter(user_id=user_id, expire_date__gt=timezone.now())
    return dict(rows.values_list("device_id").annotate(n=Count("session_key")).order_by())


def has_devices(user_id: UUID) -> bool:
    """Whether this user ever had a device, ended ones included."""
    return Device.objects.filter(user_id=user_id).exists()


def new_devices_of(user_ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Devices in their first hours, by user; who has none is absent."""
    rows = Device.objects.filter(user__in=list(user_ids), limits_until__gt=now(), ended_at=None)
    found: dict[UUID, set[UUID]] = {}
    for user_id, device_id in rows.values_list("user_id", "id"):
        found.setdefault(user_id, set()).add(device_id)
    return {user_id: frozenset(devices) for user_id, devices in found.items()}


def not_seen_since(moment: datetime, after: UUID | None = None, limit: int = 500) -> list[UUID]:
    """Users as whom nobody has signed in since ``moment``, on any device; the oldest first, those that follow ``after``."""
    seen = Device.objects.filter(user_id=OuterRef("pk"), last_seen_at__gte=moment)
    rows = User.objects.filter(~Exists(seen), is_active=True, date_joined__lt=moment).exclude(last_login__gte=moment)
    rows = rows.filter(pk__gt=after) if after else rows
    return list(rows.order_by("pk").values_list("pk", flat=True)[:limit])


def session_lives(session_key: str) -> bool:
    """Whether a session with this key exists and is not over."""
    return Session.objects.filter(session_key=session_key, expire_date__gt=timezone.now()).exists()


def factors_of(user_id: UUID) -> list[FactorView]:
    """The second factors that somebody has set up, passkeys first."""
    rows = Authenticator.objects.filter(user_id=user_id).order_by("created_at", "pk")
    order = {"webauthn": 0, "totp": 1, "recovery_codes": 2}
    return [_as_factor(row) for row in sorted(rows, key=lambda row: order[row.type])]


def _as_factor(row: Authenticator) -> FactorView:
    left = len(row.data.get("hashes", ())) if row.type == "recovery_codes" else 0
    return FactorView(row.pk, KIND_OF[row.type], row.data.get("name", ""), row.created_at, row.last_used_at, left)


def factor_kinds(user_id: UUID) -> frozenset[str]:
    """Of ``passkey``, ``totp``, ``recovery_code``; the last only while a code is unused."""
    return frozenset(one.kind for one in factors_of(user_id) if one.kind != "recovery_code" or one.left)


def strong_factors_of(user_id: UUID) -> frozenset[str]:
    """Of ``passkey`` and ``totp``: what proves somebody without a message that others could read."""
    return factor_kinds(user_id) & {"passkey", "totp"}
