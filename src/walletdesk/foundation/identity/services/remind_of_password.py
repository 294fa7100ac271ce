"""A wish to be reminded of an old password, and the reminder when it is due."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.errors import PeriodUnknown
from walletdesk.foundation.identity.events import PasswordDue
from walletdesk.foundation.identity.models import PasswordReminder
from walletdesk.foundation.identity.rules.password_age import PERIODS, reminded_before
from walletdesk.foundation.outbox.public import publish_many

MOST_AT_ONCE = 500


def choose_password_reminder(user_id: UUID, months: int) -> None:
    """Every ``months`` (6, 12) from now on, or never with 0. Choosing the same again reminds nobody twice.

    Refuses: ``PeriodUnknown``.
    """
    if months and months not in PERIODS:
        raise PeriodUnknown()
    if months:
        PasswordReminder.objects.update_or_create(user_id=user_id, defaults={"months": months})
    else:
        PasswordReminder.objects.filter(user_id=user_id).delete()


def remind_of_passwords(most: int = MOST_AT_ONCE) -> int:
    """How many were reminded now; the rest when the timer comes round again. Publishes ``PasswordDue`` for each."""
    return sum(_remind(months, most) for months in PERIODS)


def _remind(months: int, most: int) -> int:
    moment = now()
    before = reminded_before(months, moment)
    with transaction.atomic():
        due = PasswordReminder.objects.select_for_update(of=("self",), skip_locked=True).select_related("user")
        due = due.filter(months=months, user__is_active=True, user__password_set_at__lte=before)
        rows = list(due.filter(Q(reminded_at=None) | Q(reminded_at__lte=before)).order_by("pk")[:most])
        PasswordReminder.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=moment)
        publish_many([PasswordDue(row.user_id, months, row.user.password_set_at, moment) for row in rows])
    return len(rows)
