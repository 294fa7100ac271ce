"""A higher tier takes two looks at the papers: the first proposes, somebody of another team looks as well and decides.

The papers wait until the second has decided, so that both see the photos; then they go.
"""

from __future__ import annotations

import uuid

from django.db import transaction

from walletdesk.trust.approvals.public import (
    ProposalNotFound,
    ProposalView,
    approve,
    attempts_reported,
    open_proposal_for,
    proposal,
    propose,
    reject,
    withdraw,
)
from walletdesk.trust.verification import public as verification
from walletdesk.trust.verification.public import TIER_BY_PAPERS, PapersView

KIND = "tier"


def propose_tier(employee_id: uuid.UUID, papers_id: uuid.UUID) -> ProposalView:
    """The first look. Refuses, in this order: as ``verification.accept_papers``; approvals (``AlreadyProposed``)."""
    found = verification.could_accept(employee_id, papers_id)
    payload = {"papers": str(found.id), "document": found.document, "tier": TIER_BY_PAPERS}
    return propose(KIND, str(found.customer_id), payload, employee_id, None, found.customer_id)


def tier_proposal(papers: PapersView) -> ProposalView | None:
    """The first look at these papers, while it waits for the second."""
    made = open_proposal_for(KIND, str(papers.customer_id))
    return made if made and made.payload["papers"] == str(papers.id) else None


def approve_tier(checker_id: uuid.UUID, proposal_id: uuid.UUID, payload_hash: str) -> ProposalView:
    """The second look: approval, papers and tier are one transaction.

    Refuses, in this order: ``ProposalNotFound``; the two-person rule (an attempt is reported); as
    ``verification.accept_papers``.
    """
    _of_this_kind(proposal_id)
    with attempts_reported(proposal_id, checker_id), transaction.atomic():
        decided = approve(proposal_id, checker_id, payload_hash)
        verification.accept_papers(checker_id, uuid.UUID(decided.payload["papers"]))
    return decided


def reject_tier(checker_id: uuid.UUID, proposal_id: uuid.UUID, reason: str) -> ProposalView:
    """The second says no: the customer reads ``reason`` and hands them in again. Refuses as :func:`approve_tier`."""
    _of_this_kind(proposal_id)
    with attempts_reported(proposal_id, checker_id), transaction.atomic():
        decided = reject(proposal_id, checker_id, reason)
        verification.reject_papers(checker_id, uuid.UUID(decided.payload["papers"]), reason)
    return decided


def withdraw_tier(employee_id: uuid.UUID, proposal_id: uuid.UUID) -> ProposalView:
    """The first takes it back; the papers wait for somebody else. Refuses: ``ProposalNotFound``, as approvals."""
    _of_this_kind(proposal_id)
    return withdraw(proposal_id, employee_id)


def _of_this_kind(proposal_id: uuid.UUID) -> None:
    found = proposal(proposal_id)
    if found is None or found.kind != KIND:
        raise ProposalNotFound()
