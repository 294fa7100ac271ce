"""The front door of approvals.

    propose(kind, subject, payload, maker, case_id, beneficiary_customer_id, beneficiary_user_id=None) -> ProposalView
        KindUnknown, PayloadNotUsable, MayNot, BeneficiaryUnknown, IsBeneficiary, AlreadyProposed
    approve(proposal_id, checker, payload_hash) -> ProposalView
        ProposalNotFound, AlreadyDecided, Expired, ChangedSince, SamePerson, SameTeam, IsBeneficiary, MayNot, SomebodyElseDrawn
    reject(proposal_id, checker, reason) -> ProposalView            the same but ChangedSince; then ReasonMissing
    revise(proposal_id, maker, payload) -> ProposalView             the old one dies
        ProposalNotFound, AlreadyDecided, Expired, NotMaker, MayNot, PayloadNotUsable
    withdraw(proposal_id, maker) -> ProposalView                    ProposalNotFound, AlreadyDecided, Expired, NotMaker
    report_attempt(proposal_id, checker, refusal: TwoPersonRule)    after roll-back: audit and alarm
    with attempts_reported(proposal_id, checker): …                 the same, around the transaction of a decision
    expire_due() -> int                                             for the timer
    proposal(id), open_proposal_for(kind, subject) -> ProposalView | None
    open_proposals(limit), decided_proposals(since, limit), proposals_of_case(case_id)
    objections_to(proposal_ids, checker) -> {id: refusal | None}    why each may not be decided by this employee
    kinds_of(employee) -> {kind}                                    what this employee has a part in, or may read
    proposals_of_maker(maker, kind, since)                          but those that died; for a cap per day
    decided_pairs(kind, since) -> [DecidedPair]                     who decided whose, how often

``maker`` and ``checker`` are employees' ids. Each kind's acts stand in ``rules.KINDS``; its payload is the affair of the
room that acts.
Facts: ``ProposalMade``, ``ProposalDecided``, ``ProposalExpired``, ``TwoPersonRuleTried``.
"""

from walletdesk.trust.approvals.errors import AlreadyDecided, ProposalNotFound, TwoPersonRule
from walletdesk.trust.approvals.events import ProposalDecided, ProposalExpired, ProposalMade, TwoPersonRuleTried
from walletdesk.trust.approvals.queries import (
    DecidedPair,
    ProposalView,
    decided_pairs,
    decided_proposals,
    kinds_of,
    objections_to,
    open_proposal_for,
    open_proposals,
    proposal,
    proposal_kinds,
    proposals_of_case,
    proposals_of_maker,
)
from walletdesk.trust.approvals.rules import KINDS
from walletdesk.trust.approvals.services.decide import approve, reject
from walletdesk.trust.approvals.services.expire_due import expire_due
from walletdesk.trust.approvals.services.propose import propose
from walletdesk.trust.approvals.services.report_attempt import attempts_reported, report_attempt
from walletdesk.trust.approvals.services.withdraw import revise, withdraw

__all__ = [
    "KINDS",
    "AlreadyDecided",
    "DecidedPair",
    "ProposalDecided",
    "ProposalExpired",
    "ProposalMade",
    "ProposalNotFound",
    "ProposalView",
    "TwoPersonRule",
    "TwoPersonRuleTried",
    "approve",
    "attempts_reported",
    "decided_pairs",
    "decided_proposals",
    "expire_due",
    "kinds_of",
    "objections_to",
    "open_proposal_for",
    "open_proposals",
    "proposal",
    "proposal_kinds",
    "proposals_of_case",
    "proposals_of_maker",
    "propose",
    "reject",
    "report_attempt",
    "revise",
    "withdraw",
]
