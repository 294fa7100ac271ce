"""The maker takes a proposal back, or makes a better one in its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish
from walletdesk.trust.approvals.errors import BY_NAME, MayNot, NotMaker, ProposalNotFound
from walletdesk.trust.approvals.events import ProposalDecided
from walletdesk.trust.approvals.models import Proposal
from walletdesk.trust.approvals.queries import ProposalView, as_views, envelope_of
from walletdesk.trust.approvals.rules import KINDS, REPLACED, WITHDRAWN, standing
from walletdesk.trust.approvals.services.propose import make, seal
from walletdesk.trust.staff.public import employees, may


def withdraw(proposal_id: UUID, maker: UUID) -> ProposalView:
    """Refuses, in this order: ``ProposalNotFound``, ``AlreadyDecided``, ``Expired``, ``NotMaker``."""
    with transaction.atomic():
        row = _own_open(proposal_id, maker)
        _close(row, WITHDRAWN)
        return as_views([row])[0]


def revise(proposal_id: UUID, maker: UUID, payload: Mapping[str, Any]) -> ProposalView:
    """A changed proposal is a new one: the old one dies, the new one has an id, a hash and a time of its own, and
    nobody's approval of the old one counts for it.

    Refuses, in this order: ``ProposalNotFound``, ``AlreadyDecided``, ``Expired``, ``NotMaker``, ``MayNot``,
    ``PayloadNotUsable``.
    """
    with transaction.atomic():
        old = _own_open(proposal_id, maker)
        employee = employees([maker])[maker]
        if not may(employee, KINDS[old.kind].propose):
            raise MayNot()
        new = Proposal(
            kind=old.kind,
            subject=old.subject,
            case_id=old.case_id,
            payload=dict(payload),
            payload_hash=seal(old.kind, old.subject, payload),
            beneficiary_id=old.beneficiary_id,
            beneficiary_user_id=old.beneficiary_user_id,
            replaces=old,
        )
        _close(old, REPLACED)
        return as_views([make(new, employee)])[0]


def _own_open(proposal_id: UUID, maker: UUID) -> Proposal:
    row = Proposal.objects.select_for_update(of=("self",)).filter(pk=proposal_id).first()
    if row is None:
        raise ProposalNotFound()
    if closed := standing(envelope_of(row), now()):
        raise BY_NAME[closed]()
    if row.maker_id != maker:
        raise NotMaker()
    return row


def _close(row: Proposal, state: str) -> None:
    row.state, row.decided_at = state, now()
    row.save(update_fields=["state", "decided_at"])
    record_act(
        f"employee:{row.maker_id}", state, f"proposal:{row.id}", case_id=row.case_id, customer_id=row.beneficiary_id
    )
    publish(ProposalDecided(row.id, row.kind, row.subject, row.case_id, state, row.maker_id, None, "", row.decided_at))
