"""The second agent looks at photos of documents: yes, or what is to be taken again."""

from __future__ import annotations

import uuid

from walletdesk.service.agent_actions.errors import CaseNotInHand
from walletdesk.service.cases.public import case
from walletdesk.trust.verification import public as verification
from walletdesk.trust.verification.public import PapersNotFound, PapersView, papers


def accept_papers(employee_id: uuid.UUID, papers_id: uuid.UUID) -> PapersView:
    """The second agent says yes. Refuses as ``verification.accept_papers``; a case that is closed (``CaseNotInHand``)."""
    return verification.accept_papers(employee_id, papers_id, _handler(papers_id))


def send_back_papers(employee_id: uuid.UUID, papers_id: uuid.UUID, reason: str) -> PapersView:
    """The second agent says what to take again. Refuses as ``verification.reject_papers``."""
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
