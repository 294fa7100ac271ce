"""Risk rules change by two persons: one writes and proposes, one of another team reads the same figures and publishes."""

from __future__ import annotations

import uuid

from django.db import transaction

from walletdesk.trust.approvals.public import (
    ProposalView,
    approve,
    attempts_reported,
    propose,
    reject,
    withdraw,
)
from walletdesk.trust.risk.public import publish_rules, rule_version, written
from walletdesk.trust.staff.public import employees, insist

KIND = "risk_rules"


def propose_rules(employee_id: uuid.UUID, number: int) -> ProposalView:
    """The whole rule set stands in the proposal, so that its hash is the hash of what becomes law.

    Refuses, in this order: ``ActNotAllowed``; ``RulesNotFound``; approvals' own (``AlreadyProposed``).
    """
    insist(employees([employee_id]).get(employee_id), "edit_rules")
    found = rule_version(number)
    payload = {"number": number, "note": found.note, "rules": written(found.rules)}
    return propose(KIND, str(number), payload, employee_id, None, None)


def approve_rules(checker_id: uuid.UUID, proposal_id: uuid.UUID, payload_hash: str) -> ProposalView:
    """Approval and publication are one transaction. Refuses: the two-person rule (an attempt is reported); risk's
    ``RulesNotFound``, ``RulesPublished``, ``OwnRules`` (the checker wrote them, somebody else proposed).
    """
    with attempts_reported(proposal_id, checker_id), transaction.atomic():
        decided = approve(proposal_id, checker_id, payload_hash)
        publish_rules(int(decided.payload["number"]), f"employee:{checker_id}")
    return decided


def reject_rules(checker_id: uuid.UUID, proposal_id: uuid.UUID, reason: str) -> ProposalView:
    """Back to the maker with a reason; refuses as ``approvals.reject``."""
    with attempts_reported(proposal_id, checker_id):
        return reject(proposal_id, checker_id, reason)


def withdraw_rules(employee_id: uuid.UUID, proposal_id: uuid.UUID) -> ProposalView:
    """The maker takes it back; refuses as ``approvals.withdraw``."""
    return withdraw(proposal_id, employee_id)
