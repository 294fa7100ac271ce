"""A browser becomes one of a user's devices, or is recognised as one."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.events import DeviceAdded
from walletdesk.foundation.identity.models import Device, User
from walletdesk.foundation.identity.queries import DeviceView, as_device
from walletdesk.foundation.identity.rules.device_names import device_name
from walletdesk.foundation.identity.rules.new_devices import limited_until
from walletdesk.foundation.outbox.public import publish
from walletdesk.foundation.profiles.public import value


@dataclass(frozen=True, slots=True)
class EnrolledDevice:
    """``token`` is what the browser keeps in its cookie; nobody else ever sees it."""

    view: DeviceView
    token: str


def hash_of(token: str) -> str:
    """How a token is stored and looked for: 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def known_device(user_id: UUID, token: str) -> DeviceView | None:
    """The device of this user whose cookie holds ``token``, unless it was ended."""
    if not token:
        return None
    row = Device.objects.filter(user_id=user_id, token_hash=hash_of(token), ended_at=None).first()
    return as_device(row) if row else None


def enrol_device(user_id: UUID, user_agent: str, proof: str, token: str = "") -> EnrolledDevice:
    """The device behind ``token`` when it is known, else a new one, for which ``DeviceAdded`` is published.

    ``proof``: by what its user was let in (``rules/new_devices.py``); it decides until when the device may do less. The
    first device that a user ever has, has no limits. A browser that serves two people keeps one token for both; one that
    was ended is given a new token.
    """
    known = known_device(user_id, token)
    if known is not None:
        return EnrolledDevice(known, token)
    moment = now()
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user_id)  # two first devices at once: one is the second
        devices = Device.objects.filter(user_id=user_id)
        ended_before = bool(token) and devices.filter(token_hash=hash_of(token)).exists()
        kept = token if token and len(token) >= 40 and not ended_before else secrets.token_urlsafe(32)
        row = Device.objects.create(
            user_id=user_id,
            token_hash=hash_of(kept),
            name=device_name(user_agent),
            proof=proof,
            added_at=moment,
            last_seen_at=moment,
            limits_until=limited_until(
                proof,
                first=not devices.exists(),
                at=moment,
                cooling=value("device.cooling_seconds", moment),
                weak_cooling=value("device.weak_cooling_seconds", moment),
            ),
        )
        publish(DeviceAdded(user_id, row.id, row.name, moment, row.limits_until))
    return EnrolledDevice(as_device(row), kept)
