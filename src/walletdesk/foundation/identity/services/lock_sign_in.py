"""Many wrong passwords for one person: counted over all places, told to the owner once."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from axes.models import AccessAttempt
from django.db.models import Sum

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.events import SignInLocked
from walletdesk.foundation.outbox.public import publish
from walletdesk.foundation.profiles.public import value


def under_attack_until(typed: str) -> datetime | None:
    """Until when nobody but a device that is known may try a password for ``typed`` (in its kept form).

    Failures from all places within the window are added up, for names that nobody has as well; the owner's own devices
    are not asked this, so that nobody can lock somebody else out (A01).
    """
    moment = now()
    window = timedelta(seconds=value("sign_in.window_seconds", moment))
    rows = AccessAttempt.objects.filter(username=typed, attempt_time__gt=moment - window)
    failures = rows.aggregate(sum=Sum("failures_since_start"))["sum"] or 0
    if failures < value("sign_in.failures_of_all", moment):
        return None
    last = rows.order_by("-attempt_time").values_list("attempt_time", flat=True)[0]
    return last + window


def tell_of_lock(user_id: UUID, reason: str, until: datetime) -> None:
    """Publishes ``SignInLocked``: ``wrong_password`` or ``stuffing``."""
    publish(SignInLocked(user_id, reason, until, now()))
