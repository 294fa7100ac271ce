"""What a customer wants to hear outside of the app."""

from __future__ import annotations

import uuid

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.notifications.errors import ChoicesNotUsable
from walletdesk.service.notifications.models import AlertChoices
from walletdesk.service.notifications.rules.alerts import (
    CASES,
    CHANNELS,
    CHOSEN_SUBJECTS,
    CREDIT,
    DEBIT,
    DEFAULT_CHOICES,
    Choices,
)
from walletdesk.service.notifications.services.post_alerts import as_choices
from walletdesk.service.notifications.services.tell_many import NoticeDraft, tell_many

CHANGED = Words("您的提醒设置改过了", "Your alerts were changed")
CHANGED_MORE = Words(
    "如果不是您改的，请马上联系我们：有人可能不想让您看到付款提醒",
    "If that was not you, call us now: somebody may not want you to see payments",
)
BIGGEST_THRESHOLD = 100_000_000
"""A million yuan: whoever means “never” says so by choosing no channel."""


def choose_alerts(customer_id: uuid.UUID, choices: Choices) -> None:
    """Keep the choices and tell every address that they changed; the same again changes nothing and tells nobody.

    Refuses ``ChoicesNotUsable``: a channel or subject that is none, a threshold below zero or above a million, quiet hours
    without length.
    """
    if not usable(choices):
        raise ChoicesNotUsable()
    moment = now()
    with transaction.atomic():
        row = AlertChoices.objects.select_for_update().filter(customer=customer_id).first()
        if choices == (as_choices(row) if row else DEFAULT_CHOICES):
            return
        AlertChoices.objects.update_or_create(
            customer_id=customer_id, defaults=_fields(choices) | {"changed_at": moment}
        )
        tell_many(
            [
                NoticeDraft(
                    "customer", customer_id, "alerts_changed", CHANGED.both(), CHANGED_MORE.both(),
                    "/wallet/me/alerts/", moment.isoformat(), safety=True,
                )
            ]
        )  # fmt: skip


def usable(choices: Choices) -> bool:
    return (
        set(choices.channels) == set(CHOSEN_SUBJECTS)
        and all(channels <= set(CHANNELS) for channels in choices.channels.values())
        and 0 <= choices.threshold <= BIGGEST_THRESHOLD
        and (choices.quiet is None or choices.quiet[0] != choices.quiet[1])
    )


def _fields(choices: Choices) -> dict[str, object]:
    begins, ends = choices.quiet or (None, None)
    return {
        "debit": sorted(choices.channels[DEBIT]),
        "credit": sorted(choices.channels[CREDIT]),
        "cases": sorted(choices.channels[CASES]),
        "threshold_minor": choices.threshold,
        "asset": choices.asset,
        "quiet_from": begins,
        "quiet_to": ends,
        "debits_pass_quiet": choices.debits_pass_quiet,
    }
