"""A new figure from a moment on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.profiles.errors import ProfileDatedTwice
from walletdesk.foundation.profiles.models import Profile
from walletdesk.foundation.profiles.queries import forget_remembered


def set_value(key: str, value: Any, valid_from: datetime | None = None, source: str = "") -> None:
    """From ``valid_from`` (now if none) on, ``key`` is ``value`` (any JSON). Refuses ``ProfileDatedTwice``."""
    try:
        with transaction.atomic():
            moment = now()
            Profile.objects.create(key=key, value=value, valid_from=valid_from or moment, source=source, set_at=moment)
            forget_remembered()
            transaction.on_commit(forget_remembered)
    except IntegrityError as refusal:
        raise ProfileDatedTwice(key=key) from refusal
