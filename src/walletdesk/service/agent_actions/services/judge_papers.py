"""Photos of documents are looked at: yes, or what is to be taken again. For a tier the yes is the first of two."""

from __future__ import annotations

import uuid

from django.db import transaction

from walletdesk.service.agent_actions.errors import CaseNotInHand
from walletdesk.service.agent_actions.services.raise_tier import propose_tier, reject_tier, tier_proposal, withdraw_tier
from walletdesk.service.cases.public import case
from walletdesk.trust.verification import public as verification
from walletdesk.trust.verification.public import PapersNotFound, PapersView, papers

TIER = "tier"


def accept_papers(employee_id: uuid.UUID, papers_id: uuid.UUID) -> PapersView:
    """The second agent says yes; for a tier, the first of two does (``raise_tier.py``) and the papers go on waiting.

    Refuses as ``verification.accept_papers``; a case that is closed (``CaseNotInHand``); approvals (``AlreadyProposed``).
    """
    found = papers(papers_id)
    if found is not None and found.purpose == TIER:
        propose_tier(employee_id, papers_id)
        return found
    return verification.accept_papers(employee_id, papers_id, _handler(papers_id))


def send_back_papers(employee_id: uuid.UUID, papers_id: uuid.UUID, reason: str) -> PapersView:
    """What to take again. One is enough for this: a look that waits for a second one ends with it.

    Refuses as ``verification.reject_papers``; for papers that somebody else proposed, the two-person rule too.
    """
    found = papers(papers_id)
    standing = tier_proposal(found) if found and found.purpose == TIER else None
    if found is not None and standing is not None:
        if standing.maker_id != employee_id:
            reject_tier(employee_id, standing.id, reason)
            return papers(papers_id) or found
        with transaction.atomic():
            withdraw_tier(employee_id, standing.id)
            return verification.reject_papers(employee_id, papers_id, reason)
    return verification.reject_papers(employee_id, papers_id, reason, _handler(papers_id))


def _handler(papers_id: uuid.UUID) -> uuid.UUID | None:
    """Who has the case that these papers belong to; for a tier there is no case."""
    found = papers(papers_id)
    if found is None:
        raise PapersNotFound()
    if found.case_id is None:
        return None
    of_case = case(found.case_id)
    if not of_case.is_open:
        raise CaseNotInHand()
    return of_case.assigned_id
