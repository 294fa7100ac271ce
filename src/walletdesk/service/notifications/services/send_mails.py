"""Send the mails that wait, each at most once.

A mail is claimed ("sending") in a transaction of its own before the mail server hears of it. Whoever dies in between
leaves a claim behind that nobody takes up: after ten minutes it reads "unknown", because the mail may have gone.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.service.notifications.mail_server import hand_to_server, outcome_of
from walletdesk.service.notifications.models import Mail
from walletdesk.service.notifications.rules.delivery import NOT_REACHED, SENDING, UNKNOWN, WAITING, after
from walletdesk.service.notifications.services.compose_mail import compose

log = logging.getLogger(__name__)
HANGING = timedelta(minutes=10)
_hand_over = hand_to_server


def send_due_mails(limit: int = 50) -> int:
    """Send what is due; how many were tried. Call it outside of any transaction: a claim has to be committed first."""
    give_up_hanging()
    mails = _claim(limit)
    for mail in mails:
        _send(mail)
    return len(mails)


def give_up_hanging() -> int:
    """Claims of processes that died: perhaps sent, so never sent again."""
    moment = now()
    hanging = Mail.objects.filter(state=SENDING, changed_at__lt=moment - HANGING)
    return hanging.update(state=UNKNOWN, changed_at=moment, last_answer="the sender stopped half-way")


def _claim(limit: int) -> list[Mail]:
    moment = now()
    with transaction.atomic():
        mails = list(
            Mail.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(state=WAITING, due_at__lte=moment)
            .order_by("due_at")[:limit]
        )
        for mail in mails:
            mail.state, mail.tries, mail.changed_at = SENDING, mail.tries + 1, moment
        Mail.objects.bulk_update(mails, ["state", "tries", "changed_at"])
    return mails


def _send(mail: Mail) -> None:
    try:
        message = _composed(mail)
    except NotComposed as ours:
        outcome, answer = NOT_REACHED, f"not composed: {ours}"
    else:
        outcome, answer = outcome_of(lambda: _hand_over(message))
    (state, pause), moment = after(outcome, mail.tries), now()
    Mail.objects.filter(id=mail.id, state=SENDING).update(
        state=state, changed_at=moment, due_at=moment + timedelta(seconds=pause), last_answer=answer
    )


class NotComposed(Exception):
    """The mail could not be written: our own fault, and nothing has gone out."""


def _composed(mail: Mail) -> EmailMultiAlternatives:
    try:
        return compose(mail)
    except Exception as error:
        log.exception("mail %s could not be composed", mail.id)
        raise NotComposed(type(error).__name__) from error
