"""What happened to somebody's sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.outbox.public import Fact, fact


class _OfUser(Fact):
    user_id: UUID

    def topics(self) -> list[str]:
        return [f"user:{self.user_id}"]


@fact("device_added")
@dataclass(frozen=True)
class DeviceAdded(_OfUser):
    """Somebody signed in on a device that was not known. ``limits_until`` is None for the first device of all."""

    user_id: UUID
    device_id: UUID
    name: str
    at: datetime
    limits_until: datetime | None = None


@fact("device_ended")
@dataclass(frozen=True)
class DeviceEnded(_OfUser):
    user_id: UUID
    device_id: UUID
    name: str
    at: datetime


@fact("password_changed")
@dataclass(frozen=True)
class PasswordChanged(_OfUser):
    user_id: UUID
    at: datetime


@fact("password_due")
@dataclass(frozen=True)
class PasswordDue(_OfUser):
    """They wished to hear of it when their password is ``months`` old. Nothing is closed by it."""

    user_id: UUID
    months: int
    set_at: datetime
    at: datetime


@fact("factor_added")
@dataclass(frozen=True)
class FactorAdded(_OfUser):
    """``kind``: passkey, totp or recovery_code (a new sheet of them)."""

    user_id: UUID
    kind: str
    at: datetime


@fact("factor_removed")
@dataclass(frozen=True)
class FactorRemoved(_OfUser):
    user_id: UUID
    kind: str
    at: datetime


@fact("address_changed")
@dataclass(frozen=True)
class AddressChanged(_OfUser):
    """``kind``: email or sms. ``old`` in full, so that it can be told; empty when there was none before."""

    user_id: UUID
    kind: str
    old: str
    new_masked: str
    at: datetime


@fact("sign_in_locked")
@dataclass(frozen=True)
class SignInLocked(_OfUser):
    """``reason``: wrong_password (too many from one place), stuffing (from many places) or factor."""

    user_id: UUID
    reason: str
    until: datetime
    at: datetime


@fact("sign_in_asked")
@dataclass(frozen=True)
class SignInAsked(_OfUser):
    """A device asks the others: is it you? ``place`` is the network address it comes from."""

    user_id: UUID
    approval_id: UUID
    device_name: str
    place: str
    expires_at: datetime
    at: datetime


@fact("sign_in_denied")
@dataclass(frozen=True)
class SignInDenied(_OfUser):
    """One of the user's own devices said "not me": somebody knows the password. ``said`` is False where only a wrong number
    was typed, which its owner may have misread.
    """

    user_id: UUID
    approval_id: UUID
    device_name: str
    place: str
    at: datetime
    said: bool = True


@fact("sign_in_answered")
@dataclass(frozen=True)
class SignInAnswered(_OfUser):
    """For pages that wait; what was answered stands in the row."""

    user_id: UUID
    approval_id: UUID
    at: datetime
