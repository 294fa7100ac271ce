"""Send the short messages that wait, each handed over at most once, codes before alerts.

As with mails (``send_mails.py``): a message is claimed in a transaction of its own before anybody outside hears of it, and a
claim whose sender died reads "unknown" after ten minutes. Whatever leaves the line is wiped in the same statement.
"""

from __future__ import annotations

import logging
import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.sealing.public import SealBroken
from walletdesk.service.notifications.models import Message, PushSubscription
from walletdesk.service.notifications.ports import Answer
from walletdesk.service.notifications.rules.delivery import (
    EXPIRED,
    SENDING,
    SENT,
    SHORT_PAUSES,
    UNKNOWN,
    WAITING,
    after,
)
from walletdesk.service.notifications.sealing import unseal
from walletdesk.service.notifications.services.hand_over import hand_over

log = logging.getLogger(__name__)
HANGING = timedelta(minutes=10)
ASK_AFTER = timedelta(seconds=5)
AT_ONCE, ROUNDS = 20, 50


def send_due_messages() -> int:
    """Send what is due; how many were tried. Call it outside of any transaction: a claim has to be committed first."""
    give_up_hanging_messages()
    tried = 0
    for _ in range(ROUNDS):
        messages = _claim()
        for message in messages:
            _send(message)
        tried += len(messages)
        if len(messages) < AT_ONCE:
            break
    return tried


def give_up_hanging_messages() -> None:
    """Claims of senders that died are perhaps sent, so never sent again; what nobody needs any more is not sent."""
    moment = now()
    Message.objects.filter(state=SENDING, changed_at__lt=moment - HANGING).update(
        state=UNKNOWN, sealed=None, changed_at=moment, last_answer="the sender stopped half-way"
    )
    Message.objects.filter(state=WAITING, due_at__lte=moment, expires_at__lte=moment).update(
        state=EXPIRED, sealed=None, changed_at=moment
    )


def _claim() -> list[Message]:
    moment = now()
    with transaction.atomic():
        messages = list(
            Message.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(state=WAITING, due_at__lte=moment, expires_at__gt=moment)
            .order_by("-urgent", "due_at")[:AT_ONCE]
        )
        for message in messages:
            message.state, message.tries, message.changed_at = SENDING, message.tries + 1, moment
        Message.objects.filter(id__in=[message.id for message in messages]).update(
            state=SENDING, tries=F("tries") + 1, changed_at=moment
        )
    return messages


def _send(message: Message) -> None:
    answer = _answer(message)
    state, pause = after(answer.outcome, message.tries, SHORT_PAUSES)
    moment = now()
    changes = {} if state == WAITING else {"sealed": None}
    Message.objects.filter(id=message.id, state=SENDING).update(
        state=state,
        changed_at=moment,
        due_at=moment + (ASK_AFTER if state == SENT else timedelta(seconds=pause)),
        last_answer=answer.code[:200],
        provider_reference=answer.reference[:80],
        **changes,
    )
    if message.channel == "push":
        _note_on_subscription(message.address, answer, state)


def _answer(message: Message) -> Answer:
    try:
        return hand_over(message, unseal(message.sealed or b"", str(message.id)))
    except SealBroken:
        return Answer("for_good", "the seal does not open")
    except Exception as ours:
        log.exception("message %s could not be handed over", message.id)
        return Answer("not_reached", f"our own fault: {type(ours).__name__}")


def _note_on_subscription(subscription: str, answer: Answer, state: str) -> None:
    rows = PushSubscription.objects.filter(id=uuid.UUID(subscription), ended_at=None)
    if answer.gone:
        rows.update(ended_at=now(), end_reason="gone")
    elif state == SENT:
        rows.update(reached_at=now())
