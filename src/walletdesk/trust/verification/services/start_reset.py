"""An agent lets a reset begin. The code goes to the customer's own verified address; the agent never sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.identity.public import verified_addresses
from walletdesk.foundation.outbox.public import publish
from walletdesk.trust.customers.public import customers
from walletdesk.trust.staff.public import employees, insist
from walletdesk.trust.verification.errors import ResetNotPossible
from walletdesk.trust.verification.events import ResetStarted
from walletdesk.trust.verification.models import IdentityPapers, Recovery, ResetOrder
from walletdesk.trust.verification.queries.levels import level_of
from walletdesk.trust.verification.queries.recoveries import RecoveryView, locks_of, recovery_of_case
from walletdesk.trust.verification.rules.codes import TOKEN
from walletdesk.trust.verification.rules.locks import first_that_stays
from walletdesk.trust.verification.services.begin_recovery import begin_for_case
from walletdesk.trust.verification.services.make_code import make_code
from walletdesk.trust.verification.services.open_reset import RESET, subject_of
from walletdesk.trust.verification.services.prove_recovery import CodeToSend, add_proof

NO_ADDRESS = Words("客户没有这种已验证的地址", "The customer has no verified address of that kind")
NOT_PROVEN = Words("还没有两样凭证", "Two proofs have not been given yet")
OWN_PAPERS = Words(
    "证件是您自己核对的，重设要由同事开始", "You accepted the papers yourself; a colleague starts the reset"
)
LOCK_STAYS = Words("账户上的锁要证件才能解开", "The lock on the account opens with papers only")


@dataclass(frozen=True, slots=True)
class ResetSheet:
    """Whether this agent may start the reset now, and why not; ``channels`` with their masked addresses."""

    recovery: RecoveryView | None
    kinds: tuple[str, ...]
    objection: Words | None
    channels: tuple[tuple[str, str], ...]


def reset_sheet(employee_id: UUID, case_id: UUID, customer_id: UUID) -> ResetSheet:
    """What stands for and against a reset from this case, by this agent, now."""
    way = recovery_of_case(case_id)
    way = way if way is not None and way.is_open else None
    kinds = _kinds(case_id, way)
    person = customers([customer_id])[customer_id]
    channels = tuple((one.kind, one.masked) for one in verified_addresses(person.user_id))
    return ResetSheet(way, kinds, _objection(employee_id, case_id, customer_id, way, kinds, channels), channels)


def _kinds(case_id: UUID, way: RecoveryView | None) -> tuple[str, ...]:
    """The proofs of the way back, and the own device's yes when this case has it."""
    standing = level_of(case_id)
    own = standing is not None and standing.level >= 2 and standing.how == "own_device"
    given = way.kinds if way else ()
    return given if not own or "own_device" in given else ("own_device", *given)


def _objection(
    employee_id: UUID,
    case_id: UUID,
    customer_id: UUID,
    way: RecoveryView | None,
    kinds: tuple[str, ...],
    channels: tuple[tuple[str, str], ...],
) -> Words | None:
    standing = level_of(case_id)
    if standing is None or standing.level < 2 or not kinds or (way is None and "own_device" not in kinds):
        return NOT_PROVEN
    accepted = IdentityPapers.objects.filter(case_id=case_id, customer_id=customer_id, state="accepted")
    if accepted.filter(reviewer_id=employee_id).exists():
        return OWN_PAPERS
    if first_that_stays({lock.reason for lock in locks_of(customer_id)}, kinds) is not None:
        return LOCK_STAYS
    return None if channels else NO_ADDRESS


def start_reset(
    employee_id: UUID, case_id: UUID, customer_id: UUID, channel: str, language: str, since: datetime
) -> CodeToSend:
    """A reset code for the customer's verified address of ``channel``; whoever calls sends it. ``since``: when the matter
    began, for the time to restore.

    Refuses, in this order: a role that may not (``ActNotAllowed``); ``ResetNotPossible`` (``why``: not two proofs, no
    such verified address, papers that this agent accepted, a lock that stays); ``TooManyCodes``.
    Publishes ``ResetStarted``.
    """
    employee = insist(employees([employee_id]).get(employee_id), "start_reset")
    sheet = reset_sheet(employee_id, case_id, customer_id)
    if sheet.objection is not None:
        raise ResetNotPossible(why=sheet.objection)
    person = customers([customer_id])[customer_id]
    address = next((one for one in verified_addresses(person.user_id) if one.kind == channel), None)
    if address is None:
        raise ResetNotPossible(why=NO_ADDRESS)
    with transaction.atomic():
        way = sheet.recovery or begin_for_case(case_id, customer_id, language, since)
        row = Recovery.objects.select_for_update(of=("self",)).get(id=way.id)
        if "own_device" in sheet.kinds:
            add_proof(row, "own_device", now())
        made = make_code(RESET, subject_of(row.id), channel, TOKEN)
        ResetOrder.objects.create(
            recovery=row, case_id=case_id, employee_id=employee.id, channel=channel, made_at=now()
        )
        record_act(
            f"employee:{employee.id}", "start_reset", f"customer:{customer_id}", case_id=case_id, customer_id=customer_id,
            detail={"channel": channel, "proofs": list(sheet.kinds)},
        )  # fmt: skip
        publish(ResetStarted(row.id, customer_id, case_id, employee.id, channel, address.masked, now()))
    return CodeToSend(channel, address.value, language, made)
