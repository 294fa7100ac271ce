"""Proposals that nobody decided in time run out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.trust.approvals.events import ProposalExpired
from walletdesk.trust.approvals.models import Proposal
from walletdesk.trust.approvals.rules import EXPIRED, PROPOSED


def expire_due(limit: int = 500) -> int:
    """Close what is overdue and publish ``ProposalExpired`` for each; how many. Safe to run twice and side by side."""
    return expire(Proposal.objects.all(), now(), limit)


def expire(among: QuerySet[Proposal], moment: datetime, limit: int = 500) -> int:
    """The same, among some proposals only. One that is being decided at this moment is left alone."""
    with transaction.atomic():
        overdue = list(
            among.filter(state=PROPOSED, expires_at__lte=moment).select_for_update(skip_locked=True, of=("self",))[
                :limit
            ]
        )
        if not overdue:
            return 0
        Proposal.objects.filter(pk__in=[row.pk for row in overdue]).update(state=EXPIRED, decided_at=moment)
        publish_many(
            [ProposalExpired(row.id, row.kind, row.subject, row.case_id, row.maker_id, moment) for row in overdue]
        )
    return len(overdue)
