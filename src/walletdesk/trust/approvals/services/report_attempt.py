"""Somebody tried to decide what they may not: the attempt is kept, though the decision was refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish
from walletdesk.trust.approvals.errors import ProposalNotFound, TwoPersonRule
from walletdesk.trust.approvals.events import TwoPersonRuleTried
from walletdesk.trust.approvals.models import Proposal


def report_attempt(proposal_id: UUID, checker: UUID, refusal: TwoPersonRule) -> None:
    """Call it after the refused transaction has rolled back, or the trace is rolled back with it.

    Audited, and published as ``TwoPersonRuleTried``. Refuses: ``ProposalNotFound``.
    """
    row = Proposal.objects.filter(pk=proposal_id).first()
    if row is None:
        raise ProposalNotFound()
    with transaction.atomic():
        record_act(
            f"employee:{checker}",
            "tried_to_decide",
            f"proposal:{row.id}",
            case_id=row.case_id,
            customer_id=row.beneficiary_id,
            detail={"refused": refusal.code},
        )
        publish(TwoPersonRuleTried(row.id, row.case_id, checker, refusal.code, now()))


@contextmanager
def attempts_reported(proposal_id: UUID, checker: UUID) -> Iterator[None]:
    """Around the transaction of a decision: who may not decide is refused as ever, and the attempt is kept."""
    try:
        yield
    except TwoPersonRule as refusal:
        report_attempt(proposal_id, checker, refusal)
        raise
