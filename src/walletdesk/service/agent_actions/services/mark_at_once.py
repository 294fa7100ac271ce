"""One person alone warns payers of a payee for a short time, and one person ends what stands: each with its reason.

What lasts, or stops money, needs two (``mark_payee.py``).
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.notifications.public import NoticeDraft, tell_many
from walletdesk.trust.customers.public import customers
from walletdesk.trust.risk.public import WARNING_MARKS, MarkNeedsReason, lift_restrictions, put_under_review
from walletdesk.trust.staff.public import employees, insist

ACT = "edit_rules"
LONGEST_REASON = 300
WHO_LOOKED = "/wallet/me/who-looked/"
_WARNED = Words("付款给您的人会先看到提醒", "Whoever pays you is warned first")
_WARNED_MORE = Words(
    "两位同事核对过才这样做。不对的话，请在“谁看过我”里提出异议",
    "Two of us decided so. If it is wrong, object to it under “who looked”",
)
_ENDED = Words("付款给您时的一个提醒撤掉了", "A warning about paying you was taken off")
_ENDED_MORE = Words(
    "谁做的、什么时候，都在“谁看过我”里；不对可以提出异议",
    "Who did what and when stands under “who looked”; you may object to it",
)


def warn_of_payee(employee_id: uuid.UUID, payee_id: uuid.UUID, reason: str) -> datetime:
    """Until when payers are warned. Refuses, in this order: ``ActNotAllowed``; as ``risk.put_under_review``."""
    insist(employees([employee_id]).get(employee_id), ACT)
    actor, said = f"employee:{employee_id}", reason.strip()[:LONGEST_REASON]
    with transaction.atomic():
        until = put_under_review(payee_id, said, actor)
        write_down(actor, "mark_in_review", payee_id, said)
    return until


def unmark_payee(employee_id: uuid.UUID, payee_id: uuid.UUID, kind: str, reason: str) -> bool:
    """Whether such a mark stood; if none, nothing is written down. A customer is told.

    Refuses, in this order: ``ActNotAllowed``; ``MarkNeedsReason``.
    """
    assert kind in WARNING_MARKS
    insist(employees([employee_id]).get(employee_id), ACT)
    actor, said = f"employee:{employee_id}", reason.strip()[:LONGEST_REASON]
    if not said:
        raise MarkNeedsReason()
    with transaction.atomic():
        if not lift_restrictions(payee_id, [kind], actor):  # type: ignore[list-item]
            return False
        number = write_down(actor, f"unmark_{kind}", payee_id, said)
        tell_marked(payee_id, number, ended=True)
    return True


def write_down(actor: str, verb: str, payee_id: uuid.UUID, reason: str) -> int:
    """Under the name of the customer whom it concerns; a shop is none. The act's number."""
    customer_id = payee_id if customers([payee_id]) else None
    return record_act(actor, verb, f"payee:{payee_id}", reason=reason, customer_id=customer_id)


def tell_marked(payee_id: uuid.UUID, act_number: int, *, ended: bool) -> None:
    """A customer learns that a warning stands, or no longer does; a shop has no such list to look at."""
    if not customers([payee_id]):
        return
    words, more = (_ENDED, _ENDED_MORE) if ended else (_WARNED, _WARNED_MORE)
    kind = "payee_unmarked" if ended else "payee_marked"
    tell_many(
        [NoticeDraft("customer", payee_id, kind, words.both(), more.both(), WHO_LOOKED, str(act_number), safety=True)]
    )
