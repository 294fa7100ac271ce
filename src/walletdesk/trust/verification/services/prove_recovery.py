"""Proofs on the way back: a code to a verified address, an authenticator, a recovery code, papers, the own device.

Wrong answers have to outlive their refusal: they are counted and committed before it is raised. For a name that is
nobody's every answer is wrong, after the same work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.identity.public import (
    FactorLocked,
    factor_kinds,
    prove_totp,
    use_recovery_code,
    verified_addresses,
)
from walletdesk.foundation.outbox.public import publish
from walletdesk.trust.customers.public import customers
from walletdesk.trust.verification.errors import CodeWrong, ProofWrong, RecoveryOver
from walletdesk.trust.verification.events import CustomerVerified, ProofGiven
from walletdesk.trust.verification.models import Recovery, RecoveryProof, VerificationPrompt, VerificationRecord
from walletdesk.trust.verification.models.prompts import GENUINE
from walletdesk.trust.verification.models.recoveries import ENDED, OPEN
from walletdesk.trust.verification.queries.levels import level_of
from walletdesk.trust.verification.queries.recoveries import RecoveryView, as_view
from walletdesk.trust.verification.rules.levels import level_of_proofs
from walletdesk.trust.verification.rules.proofs import CODE_KINDS, MOST_WRONG, WITH_A_CASE
from walletdesk.trust.verification.services.make_code import MadeCode, make_code
from walletdesk.trust.verification.services.prove_code import judge

PURPOSE = "recover"
_FACTORS = {"totp": prove_totp, "recovery_code": use_recovery_code}


@dataclass(frozen=True, slots=True)
class CodeToSend:
    """``address`` is empty when there is nobody to send it to; nothing else tells the two apart."""

    channel: str
    address: str
    language: str
    code: MadeCode


def make_recovery_code(recovery_id: UUID, channel: str) -> CodeToSend:
    """A code for the verified address of that channel; whoever calls sends it with ``notifications.post_code``.

    Refuses, in this order: ``RecoveryOver``, ``TooManyCodes``.
    """
    row = Recovery.objects.filter(id=recovery_id).first()
    if row is None or row.state != OPEN or row.expires_at <= now():
        raise RecoveryOver()
    made = make_code(PURPOSE, _subject(row.id, channel), channel)
    return CodeToSend(channel, address_of(row.customer_id, channel), row.language, made)


def address_of(customer_id: UUID | None, channel: str) -> str:
    """The verified address of this customer for ``email`` or ``sms``; empty when there is none."""
    person = customers([customer_id]).get(customer_id) if customer_id else None
    addresses = verified_addresses(person.user_id) if person else ()
    return next((one.value for one in addresses if one.kind == channel), "")


def channels_left(way: RecoveryView) -> tuple[str, ...]:
    """``sms`` and ``email``, as far as the customer has such a verified address and has not proven it in this attempt."""
    return tuple(
        channel
        for channel in ("sms", "email")
        if CODE_KINDS[channel] not in way.kinds and address_of(way.customer_id, channel)
    )


def prove_by_code(recovery_id: UUID, channel: str, typed: str) -> RecoveryView:
    """Refuses, in this order: ``RecoveryOver``, ``CodeRunOut``, ``CodeWrong``. Never call it inside a transaction."""
    with transaction.atomic(durable=True):
        outcome = try_code(recovery_id, channel, typed)
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


def try_code(recovery_id: UUID, channel: str, typed: str) -> RecoveryView | Refusal:
    """As :func:`prove_by_code`, in the transaction of a caller who commits it whatever the answer is (a call's step)."""
    row = open_row(recovery_id)
    if row is None:
        return RecoveryOver()
    moment = now()
    outcome = judge(PURPOSE, _subject(row.id, channel), typed, moment)
    if not isinstance(outcome, Refusal) and row.customer_id is None:
        outcome = CodeWrong(tries_left=0)
    if isinstance(outcome, Refusal):
        count_wrong(row)
        return outcome
    add_proof(row, CODE_KINDS[channel], moment)
    return as_view(row)


def prove_by_factor(recovery_id: UUID, kind: str, typed: str) -> RecoveryView:
    """``kind``: totp or recovery_code. Refuses, in this order: ``RecoveryOver``, ``ProofWrong`` (also while the factor
    rests after too many tries: that it rests is nobody's business). Never call it inside a transaction.
    """
    row = _open_now(recovery_id)
    return _judged(recovery_id, kind, _factor_is_right(row.customer_id, kind, typed))


def prove_by_passkey(recovery_id: UUID, owner: UUID | None) -> RecoveryView:
    """``owner``: the user whose passkey signed this page's challenge (``identity.prove_passkey``); None if none did.

    Refuses, in this order: ``RecoveryOver``, ``ProofWrong`` (also for the passkey of somebody else, and for a name that is
    nobody's). Never call it inside a transaction.
    """
    row = _open_now(recovery_id)
    asked = row.customer_id or uuid7()
    person = customers([asked]).get(asked)
    return _judged(recovery_id, "passkey", person is not None and owner == person.user_id)


def _open_now(recovery_id: UUID) -> Recovery:
    row = Recovery.objects.filter(id=recovery_id, state=OPEN, expires_at__gt=now()).first()
    if row is None:
        raise RecoveryOver()
    return row


def _judged(recovery_id: UUID, kind: str, right: bool) -> RecoveryView:
    """Write down a right proof or count a wrong one, and then say so."""
    with transaction.atomic(durable=True):
        locked = open_row(recovery_id)
        if locked is not None and right:
            add_proof(locked, kind, now())
        elif locked is not None:
            count_wrong(locked)
    if locked is None:
        raise RecoveryOver()
    if not right:
        raise ProofWrong(tries_left=max(0, MOST_WRONG - locked.wrong_tries))
    return as_view(locked)


def _factor_is_right(customer_id: UUID | None, kind: str, typed: str) -> bool:
    asked = customer_id or uuid7()
    person = customers([asked]).get(asked)
    if person is None:  # as much looking for a name that is nobody's
        return bool(factor_kinds(asked) & factor_kinds(asked))
    try:
        return _FACTORS[kind](person.user_id, typed[:80])
    except FactorLocked:
        return False


def attach_case(recovery_id: UUID, case_id: UUID) -> None:
    """From now on the way back belongs to a case of the desk, and lives as long as the desk needs. Done once."""
    with transaction.atomic():
        row = open_row(recovery_id)
        if row is None or row.case_id is not None:
            return
        row.case_id, row.expires_at = case_id, now() + WITH_A_CASE
        row.save(update_fields=["case_id", "expires_at"])
        _raise_level(row, now())


def add_proof(row: Recovery, kind: str, moment: datetime, papers_id: UUID | None = None) -> None:
    """Write a proof down on a locked row, and raise the level of its case when that is enough. Given twice it counts once."""
    _, fresh = RecoveryProof.objects.get_or_create(
        recovery=row, kind=kind, defaults={"at": moment, "papers_id": papers_id}
    )
    if not fresh or row.case_id is None or row.customer_id is None:
        return
    publish(ProofGiven(row.id, row.customer_id, row.case_id, kind, moment))
    _raise_level(row, moment)


def _raise_level(row: Recovery, moment: datetime) -> None:
    if row.case_id is None or row.customer_id is None:
        return
    kinds = set(RecoveryProof.objects.filter(recovery=row).values_list("kind", flat=True))
    own = VerificationPrompt.objects.filter(case_id=row.case_id, customer_id=row.customer_id, state=GENUINE).exists()
    level, standing = level_of_proofs(kinds, own_device=own), level_of(row.case_id)
    if not kinds or level < 2 or (standing is not None and standing.level >= level):
        return
    how = "papers" if "papers" in kinds else "proofs"
    VerificationRecord.objects.create(
        case_id=row.case_id, customer_id=row.customer_id, level=level, how=how, recovery=row, at=moment
    )
    publish(CustomerVerified(row.case_id, row.customer_id, None, level, how, moment))


def open_row(recovery_id: UUID) -> Recovery | None:
    """The locked row of a way back that is still open."""
    row = Recovery.objects.select_for_update(of=("self",)).filter(id=recovery_id).first()
    return row if row is not None and row.state == OPEN and row.expires_at > now() else None


def count_wrong(row: Recovery) -> None:
    row.wrong_tries += 1
    if row.wrong_tries >= MOST_WRONG:
        row.state = ENDED
    row.save(update_fields=["wrong_tries", "state"])


def _subject(recovery_id: UUID, channel: str) -> str:
    return f"recovery:{recovery_id}:{channel}"
