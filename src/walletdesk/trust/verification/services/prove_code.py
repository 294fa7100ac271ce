"""Somebody types a code.

A wrong try has to outlive its refusal: it is counted and committed in a transaction of its own before the refusal is
raised (``durable``: called inside another transaction this verb fails loudly rather than forgetting a try).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.errors import Refusal
from walletdesk.trust.verification.code_hash import code_matches
from walletdesk.trust.verification.errors import CodeRunOut, CodeWrong
from walletdesk.trust.verification.models import OneTimeCode
from walletdesk.trust.verification.models.codes import OPEN, SPENT, USED
from walletdesk.trust.verification.rules.codes import TRIES, read_typed


@dataclass(frozen=True, slots=True)
class CodeProof:
    """The code for this purpose and subject was right at this moment, and is used up. Made by :func:`prove_code` alone."""

    code_id: UUID
    purpose: str
    subject: str
    channel: str
    at: datetime


def prove_code(purpose: str, subject: str, typed: str) -> CodeProof:
    """Refuses, in this order: ``CodeRunOut`` (none was made, it was used or replaced, its ten minutes or five tries are
    over), ``CodeWrong`` (``tries_left``). Never call it inside a transaction.
    """
    with transaction.atomic(durable=True):
        outcome = judge(purpose, subject, typed, now())
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


def judge(purpose: str, subject: str, typed: str, moment: datetime) -> CodeProof | Refusal:
    """One try, counted, in the transaction of the caller, who must commit it whatever the answer is."""
    row = OneTimeCode.objects.select_for_update().filter(purpose=purpose, subject=subject, state=OPEN).first()
    if row is None or row.expires_at <= moment:
        return CodeRunOut()
    code = read_typed(row.shape, typed)
    if code is not None and code_matches(row.hash, row.id, code):
        row.state, row.closed_at = USED, moment
        row.save(update_fields=["state", "closed_at"])
        return CodeProof(row.id, purpose, subject, row.channel, moment)
    row.wrong_tries += 1
    if row.wrong_tries >= TRIES:
        row.state, row.closed_at = SPENT, moment
    row.save(update_fields=["state", "closed_at", "wrong_tries"])
    return CodeWrong(tries_left=TRIES - row.wrong_tries)
