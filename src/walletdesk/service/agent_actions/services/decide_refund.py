"""The second person: approve, and the ledger moves in the same transaction; or send back with a reason."""

from __future__ import annotations

import uuid

from django.db import transaction

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.ledger.public import asset
from walletdesk.money.payments.public import known_outcome
from walletdesk.money.refunds.public import Refunded, RefundIntent, refund_once
from walletdesk.service.agent_actions.errors import CaseNotInHand
from walletdesk.service.agent_actions.rules.refund_checks import message_after
from walletdesk.service.cases.public import (
    THE_SYSTEM,
    Actor,
    CaseView,
    ask_confirmation,
    case,
    keep_promise,
    note_events,
    proposal_entry,
    refund_entry,
    the_agent,
)
from walletdesk.service.conversations.public import say
from walletdesk.service.notifications.public import NoticeDraft, tell_many
from walletdesk.trust.approvals.public import (
    AlreadyDecided,
    ProposalView,
    approve,
    attempts_reported,
    proposal,
    reject,
)
from walletdesk.trust.customers.public import customers
from walletdesk.trust.staff.public import EmployeeView, may

APPROVED = Words("{amount} 的退款批准了，账本已动", "The refund of {amount} was approved; the ledger has moved")
REJECTED = Words("{amount} 的退款被退回：{reason}", "The refund of {amount} was sent back: {reason}")


def approve_refund(checker_id: uuid.UUID, proposal_id: uuid.UUID, payload_hash: str) -> ProposalView:
    """Approval, posting, timeline, the customer's message, the kept promise and the question to confirm: all or nothing.

    Refuses, in this order: the two-person rule (approvals: ``ProposalNotFound``, ``AlreadyDecided``, ``Expired``,
    ``ChangedSince``, ``SamePerson``, ``SameTeam``, ``IsBeneficiary``, ``MayNot``; an attempt against it is reported); a
    case that is closed meanwhile (``CaseNotInHand``); what the refund room refuses. Nothing has happened then, and the
    proposal is open as before. ``OutcomeUnknown`` when the line to the database broke twice around the commit: the proposal
    says which it was.
    """

    def once() -> ProposalView:
        return _approved(approve(proposal_id, checker_id, payload_hash))

    def again() -> ProposalView:
        """After a lost answer: what this checker is found to have approved was done then."""
        try:
            return once()
        except AlreadyDecided:
            stands = proposal(proposal_id)
            if stands and stands.state == "approved" and stands.checker and stands.checker.id == checker_id:
                return stands
            raise

    with attempts_reported(proposal_id, checker_id):
        return known_outcome(once, again)


def reject_refund(checker_id: uuid.UUID, proposal_id: uuid.UUID, reason: str) -> ProposalView:
    """Back to the maker, with a reason. Refuses as ``approvals.reject``; an attempt against the rule is reported."""
    with attempts_reported(proposal_id, checker_id), transaction.atomic():
        decided = reject(proposal_id, checker_id, reason)
        found, amount = case(_case_id(decided)), _amount(decided)
        note_events([proposal_entry(found.id, decided.id, "rejected", _checker(decided), decided.reason)])
        _tell_maker(decided, found, REJECTED.both(amount=amount, reason=decided.reason))
    return decided


def _approved(decided: ProposalView) -> ProposalView:
    """What follows from an approval, in its transaction."""
    found = case(_case_id(decided))
    if not found.is_open:
        raise CaseNotInHand()
    amount, payment_id, reason = _amount(decided), uuid.UUID(decided.payload["payment_id"]), decided.payload["reason"]
    posted = _post(decided, payment_id, amount, reason)
    note_events(
        [
            proposal_entry(found.id, decided.id, "approved", _checker(decided)),
            refund_entry(found.id, posted.refund_id, posted.number, payment_id, amount),
        ]
    )
    maker = _agent(decided.maker) if may(decided.maker, "work_cases") else THE_SYSTEM
    language = customers([found.customer_id])[found.customer_id].language
    say(found.id, maker, message_after(amount, reason, decided.maker.employee_number).in_language(language))
    keep_promise(found.id, "answer", maker)
    ask_confirmation(found.id, maker)
    _tell_maker(decided, found, APPROVED.both(amount=amount))
    return decided


def _post(decided: ProposalView, payment_id: uuid.UUID, amount: Amount, reason: str) -> Refunded:
    """The ledger moves. The key is the proposal: one approval is one refund, however often it is sent."""
    return refund_once(
        RefundIntent(
            key=f"proposal:{decided.id}",
            payment_id=payment_id,
            amount_minor=amount.minor,
            authority="approval",
            approval_id=decided.id,
            reason=reason,
        )
    )


def _case_id(decided: ProposalView) -> uuid.UUID:
    if decided.case_id is None:
        raise CaseNotInHand()
    return decided.case_id


def _amount(decided: ProposalView) -> Amount:
    return Amount(decided.payload["amount_minor"], asset(decided.payload["asset"]))


def _agent(employee: EmployeeView) -> Actor:
    return the_agent(employee.id, employee.employee_number, employee.name_zh, employee.name_en)


def _checker(decided: ProposalView) -> Actor:
    assert decided.checker is not None
    return _agent(decided.checker)


def _tell_maker(decided: ProposalView, found: CaseView, words: dict[str, str]) -> None:
    more = Words(f"案件 {found.reference}", f"Case {found.reference}").both()
    link = f"/desk/cases/{found.reference}/"
    tell_many([NoticeDraft("employee", decided.maker.id, "proposal_decided", words, more, link, str(decided.id))])
