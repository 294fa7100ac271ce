"""Signing out elsewhere: one device, or everywhere. The rows go, so the next request of such a session finds nothing."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.errors import DeviceNotFound
from walletdesk.foundation.identity.events import DeviceEnded
from walletdesk.foundation.identity.models import Device, Session
from walletdesk.foundation.identity.services.enrol_device import hash_of
from walletdesk.foundation.outbox.public import publish, publish_many


def end_device(user_id: UUID, device_id: UUID) -> int:
    """Refuses: ``DeviceNotFound`` (also for another's, or one that was ended). Answers how many sessions died with it.

    If it signs in again it is a new device, with all that this means. Publishes ``DeviceEnded``.
    """
    moment = now()
    with transaction.atomic():
        row = Device.objects.select_for_update().filter(pk=device_id, user_id=user_id, ended_at=None).first()
        if row is None:
            raise DeviceNotFound()
        row.ended_at = moment
        row.save(update_fields=["ended_at"])
        died, _ = Session.objects.filter(user_id=user_id, device_id=device_id).delete()
        publish(DeviceEnded(user_id, device_id, row.name, moment))
    return died


def forget_devices(user_id: UUID, but_token: str = "") -> int:
    """No device is known any more, but the one whose cookie holds ``but_token``; each is new when it comes again. Answers how
    many there were. Publishes ``DeviceEnded`` for each.
    """
    moment = now()
    with transaction.atomic():
        rows = Device.objects.select_for_update().filter(user_id=user_id, ended_at=None)
        others = list(rows.exclude(token_hash=hash_of(but_token)) if but_token else rows)
        Device.objects.filter(pk__in=[row.pk for row in others]).update(ended_at=moment)
        Session.objects.filter(user_id=user_id, device_id__in=[row.pk for row in others]).delete()
        publish_many([DeviceEnded(user_id, row.pk, row.name, moment) for row in others])
    return len(others)


def end_all_sessions(user_id: UUID, but_session: str | None = None) -> int:
    """Every session of this user dies, but the one with this key; its devices stay known. Answers how many died."""
    died, _ = Session.objects.filter(user_id=user_id).exclude(session_key=but_session or "").delete()
    return died
