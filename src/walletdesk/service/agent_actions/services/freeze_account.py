"""An employee lets an account stand still at once, and two of them let it move again, with documents on the table."""

from __future__ import annotations

import uuid
from dataclasses import replace

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.agent_actions.errors import CaseNotInHand, PapersWanted
from walletdesk.service.agent_actions.services.hold_case import agent_with_case
from walletdesk.service.cases.public import (
    Actor,
    CaseNotFound,
    CaseView,
    Entry,
    ReasonMissing,
    case,
    note_events,
    proposal_entry,
    the_agent,
    wait_for,
)
from walletdesk.service.conversations.public import say
from walletdesk.service.freezes.public import (
    FreezeState,
    NotFrozenAtAll,
    freeze_by_staff,
    freeze_state,
    lift_by_two,
)
from walletdesk.trust.approvals.public import (
    ProposalView,
    approve,
    attempts_reported,
    proposal,
    propose,
    reject,
    withdraw,
)
from walletdesk.trust.customers.public import customers
from walletdesk.trust.staff.public import EmployeeView
from walletdesk.trust.verification.public import papers_accepted_since

KIND = "unfreeze"
FROZEN = Words("客服先冻结了账户：{reason}", "An agent froze the account first: {reason}")
PAPERS_WANTED = Words(
    "要解开账户，请在“我的 › 冻结账户 › 交证件”里拍证件正面和您拿着证件的照片。只在应用里交，不要发给别人；由两位工作人员核对。",
    "To lift the freeze, take a photo of your document and one of you holding it, under Me › Freeze › Hand in documents. Only "
    "in the app, to nobody else; two of us look at them.",
)
LONGEST_REASON = 200
LINES = {
    "proposed": Words(
        "工号 {number} {name}提议解冻，等第二个人批准",
        "Agent {number}, {name}, proposed to lift the freeze; a second person decides",
    ),
    "approved": Words("第二个人批准解冻，工号 {number}", "Second person approved the lifting, agent {number}"),
    "rejected": Words("第二个人退回了，工号 {number}：{reason}", "Sent back by agent {number}: {reason}"),
    "withdrawn": Words("解冻的提议撤回，工号 {number}", "Proposal to lift withdrawn, agent {number}"),
}


def freeze_account(employee_id: uuid.UUID, case_id: uuid.UUID, mode: str, reason: str) -> FreezeState:
    """At once and by one person: standing still harms nobody. The customer reads ``reason`` and who it was.

    Refuses, in this order: as :func:`agent_with_case` for ``freeze_wallet``; ``ReasonMissing``; ``FreezeModeUnknown``.
    """
    employee, found = agent_with_case(employee_id, case_id, "freeze_wallet")
    reason = _tidy(reason)
    with transaction.atomic():
        state = freeze_by_staff(found.customer_id, mode, reason, employee.id, found.id)
        note_events([Entry(found.id, "account_frozen", FROZEN.both(reason=reason), _actor(employee))])
        record_act(
            f"employee:{employee.id}", "freeze_wallet", f"customer:{found.customer_id}", reason, found.id,
            found.customer_id, {"mode": mode},
        )  # fmt: skip
    return state


def ask_for_papers(employee_id: uuid.UUID, case_id: uuid.UUID) -> None:
    """The customer reads in the case, and is told, which documents are wanted and where they go in.

    Refuses, in this order: as :func:`agent_with_case` for ``freeze_wallet``; ``NotFrozenAtAll``.
    """
    employee, found = agent_with_case(employee_id, case_id, "freeze_wallet")
    if not freeze_state(found.customer_id).frozen:
        raise NotFrozenAtAll()
    language = customers([found.customer_id])[found.customer_id].language
    with transaction.atomic():
        say(found.id, _actor(employee), PAPERS_WANTED.in_language(language))
        wait_for(found.id, "customer")


def propose_unfreeze(employee_id: uuid.UUID, case_id: uuid.UUID, reason: str) -> ProposalView:
    """The first of two. Refuses, in this order: as :func:`agent_with_case` for ``freeze_wallet``; ``ReasonMissing``;
    ``NotFrozenAtAll``; no documents accepted by a second agent since it was frozen (``PapersWanted``); approvals.
    """
    employee, found = agent_with_case(employee_id, case_id, "freeze_wallet")
    reason = _tidy(reason)
    state = freeze_state(found.customer_id)
    if not state.frozen:
        raise NotFrozenAtAll()
    seen = papers_accepted_since(found.customer_id, "unlock", state.since or found.created_at)
    if seen is None:
        raise PapersWanted()
    payload = {
        "customer_id": str(found.customer_id),
        "freeze_id": str(state.id),
        "reason": reason,
        "papers": str(seen.id),
    }
    with transaction.atomic():
        made = propose(KIND, str(found.customer_id), payload, employee.id, found.id, found.customer_id)
        _note(found, made, "proposed", employee)
    return made


def approve_unfreeze(checker_id: uuid.UUID, proposal_id: uuid.UUID, payload_hash: str) -> ProposalView:
    """The second: approval and lifting are one transaction. Refuses: the two-person rule (an attempt against it is
    reported); a closed case (``CaseNotInHand``); ``NotFrozenAtAll``, also for a freeze that came after the proposal.
    """
    with attempts_reported(proposal_id, checker_id), transaction.atomic():
        decided = approve(proposal_id, checker_id, payload_hash)
        found, checker = _case_of(decided), decided.checker
        assert checker is not None
        if str(freeze_state(found.customer_id).id) != decided.payload["freeze_id"]:
            raise NotFrozenAtAll()
        _note(found, decided, "approved", checker)
        lift_by_two(found.customer_id, decided.payload["reason"], _actor(checker))
        record_act(
            f"employee:{checker.id}", "unfreeze_wallet", f"customer:{found.customer_id}",
            decided.payload["reason"], found.id, found.customer_id, {"proposal": str(decided.id)},
        )  # fmt: skip
    return decided


def reject_unfreeze(checker_id: uuid.UUID, proposal_id: uuid.UUID, reason: str) -> ProposalView:
    """Back to the maker with a reason; refuses as ``approvals.reject``."""
    with attempts_reported(proposal_id, checker_id), transaction.atomic():
        decided = reject(proposal_id, checker_id, reason)
        assert decided.checker is not None
        _note(_case_of(decided), decided, "rejected", decided.checker)
    return decided


def withdraw_unfreeze(employee_id: uuid.UUID, proposal_id: uuid.UUID) -> ProposalView:
    """The maker takes it back."""
    old = proposal(proposal_id)
    if old is None or old.kind != KIND:
        raise CaseNotFound()
    employee, found = agent_with_case(employee_id, old.case_id, "freeze_wallet")
    with transaction.atomic():
        taken_back = withdraw(proposal_id, employee.id)
        _note(found, taken_back, "withdrawn", employee)
    return taken_back


def _tidy(reason: str) -> str:
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if not reason:
        raise ReasonMissing()
    return reason


def _case_of(decided: ProposalView) -> CaseView:
    if decided.case_id is None:
        raise CaseNotInHand()
    found = case(decided.case_id)
    if not found.is_open:
        raise CaseNotInHand()
    return found


def _actor(employee: EmployeeView) -> Actor:
    return the_agent(employee.id, employee.employee_number, employee.name_zh, employee.name_en)


def _note(found: CaseView, made: ProposalView, state: str, employee: EmployeeView) -> None:
    """The line that every proposal writes, in words about this one."""
    line = proposal_entry(found.id, made.id, state, _actor(employee), made.reason)
    words = LINES[state].both(number=employee.employee_number, name=employee.name, reason=made.reason)
    note_events([replace(line, words=words)])
