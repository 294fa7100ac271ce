"""Somebody types the code that the desk let go out: sixteen letters and digits, eighty bits.

Its tries are not counted on the code itself, so that nobody else can use them up; they count on the way back in which it
is typed. A code that was never sent and one that is over are answered alike.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.trust.verification.code_hash import code_matches
from walletdesk.trust.verification.errors import CodeRunOut, RecoveryOver
from walletdesk.trust.verification.models import OneTimeCode, Recovery
from walletdesk.trust.verification.models.codes import OPEN as CODE_OPEN
from walletdesk.trust.verification.models.codes import USED
from walletdesk.trust.verification.models.recoveries import OPEN
from walletdesk.trust.verification.queries.recoveries import RecoveryView, as_view
from walletdesk.trust.verification.rules.codes import TOKEN, read_typed
from walletdesk.trust.verification.services.prove_recovery import count_wrong, open_row

RESET = "reset"


def open_reset(recovery_id: UUID, typed: str) -> RecoveryView:
    """The way back of the desk that this code opens for the customer of ``recovery_id``. The code is used up by it.

    Refuses, in this order: ``RecoveryOver``, ``CodeRunOut``. Never call it inside a transaction.
    """
    with transaction.atomic(durable=True):
        here = open_row(recovery_id)
        opened = _opened_by(here.customer_id, typed) if here else None
        if here is not None and opened is None:
            count_wrong(here)
    if here is None:
        raise RecoveryOver()
    if opened is None:
        raise CodeRunOut()
    return as_view(opened)


def _opened_by(customer_id: UUID | None, typed: str) -> Recovery | None:
    moment, code = now(), read_typed(TOKEN, typed)
    if code is None or customer_id is None:
        return None
    ways = Recovery.objects.filter(customer_id=customer_id, state=OPEN, expires_at__gt=moment)
    by_subject = {subject_of(way.id): way for way in ways}
    codes = OneTimeCode.objects.select_for_update().filter(
        purpose=RESET, subject__in=by_subject, state=CODE_OPEN, expires_at__gt=moment
    )
    for row in codes:
        if code_matches(row.hash, row.id, code):
            row.state, row.closed_at = USED, moment
            row.save(update_fields=["state", "closed_at"])
            return by_subject[row.subject]
    return None


def subject_of(recovery_id: UUID) -> str:
    return f"recovery:{recovery_id}"
