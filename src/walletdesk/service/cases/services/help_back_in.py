"""What the way back asks of the desk's side, done in the background: a code sent, a case opened.

A page that took longer for a name that exists would say that it exists. So the page only leaves a task, the same for
every name, and the worker finds out whether there is anybody to help.
"""

from __future__ import annotations

import uuid

from django.db import transaction

from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.jobs.public import enqueue
from walletdesk.service.cases.queries import CaseView
from walletdesk.service.cases.services.open_locked_out import open_locked_out
from walletdesk.service.notifications.public import NoticeDraft, post_code, tell_many
from walletdesk.trust.verification.public import (
    RecoveryOver,
    TooManyCodes,
    make_recovery_code,
    recovery,
)

SEND_CODE, HELP = "cases.send_recovery_code", "cases.help_locked_out"
ASKED = Words(
    "有人说进不去您的账户，请客服帮忙", "Somebody says they are locked out of your account and asks us for help"
)
ASKED_MORE = Words(
    "案件 {reference}。不是您？请马上打官方热线；没有您的两样凭证，谁也进不来。",
    "Case {reference}. Not you? Call the official line at once; nobody gets in without two proofs of yours.",
)


def ask_for_code(recovery_id: uuid.UUID, channel: str) -> None:
    """A code for the verified address of that channel, if there is one. Refuses nothing; takes the same time for all."""
    enqueue(SEND_CODE, recovery_id=str(recovery_id), channel=channel)


def ask_for_help(recovery_id: uuid.UUID) -> None:
    """A case at the desk, if the name is somebody's. Refuses nothing; takes the same time for all."""
    enqueue(HELP, recovery_id=str(recovery_id))


def send_recovery_code(recovery_id: uuid.UUID, channel: str) -> None:
    """The worker's part. A way back that is over, and a fourth code within ten minutes, are passed over in silence."""
    try:
        with transaction.atomic():
            made = make_recovery_code(recovery_id, channel)
            if made.address:
                post_code(channel, made.address, "recover", made.code.digits, made.language, made.code.minutes)
    except (RecoveryOver, TooManyCodes):
        return


def help_locked_out(recovery_id: uuid.UUID) -> CaseView | None:
    """The worker's part: the customer's one open case about it, and word of it to every address when it is new."""
    way = recovery(recovery_id)
    if way is None or way.customer_id is None:
        return None
    with transaction.atomic():
        found, fresh = open_locked_out(recovery_id)
        if found is not None and fresh:
            more = ASKED_MORE.both(reference=found.reference)
            link = f"/wallet/cases/{found.reference}/"
            tell_many(
                [
                    NoticeDraft(
                        "customer",
                        found.customer_id,
                        "locked_out",
                        ASKED.both(),
                        more,
                        link,
                        str(found.id),
                        safety=True,
                    )
                ]
            )
    return found
