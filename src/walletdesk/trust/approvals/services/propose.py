"""The first person proposes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from secrets import randbelow
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish
from walletdesk.foundation.profiles.public import value
from walletdesk.trust.approvals.errors import (
    AlreadyProposed,
    BeneficiaryUnknown,
    IsBeneficiary,
    KindUnknown,
    MayNot,
    PayloadNotUsable,
)
from walletdesk.trust.approvals.events import ProposalMade
from walletdesk.trust.approvals.models import Proposal
from walletdesk.trust.approvals.queries import ProposalView, as_checker, as_views, envelope_of
from walletdesk.trust.approvals.rules import KINDS, PROPOSED, able_of, by_lot, payload_hash
from walletdesk.trust.approvals.services.expire_due import expire
from walletdesk.trust.customers.public import customers
from walletdesk.trust.staff.public import EmployeeView, employees, may, shifts_between

LOTS, STAYS = 2**32, timedelta(days=1)
"""``STAYS``: for how long a matter that is proposed again keeps its lot."""


def propose(
    kind: str,
    subject: str,
    payload: Mapping[str, Any],
    maker: UUID,
    case_id: UUID | None,
    beneficiary_customer_id: UUID | None,
    beneficiary_user_id: UUID | None = None,
) -> ProposalView:
    """``maker`` is an employee's id, ``subject`` the matter (such as the payment's id), ``payload`` what will be done.
    Who gains is a customer, or, where it is none, the sign-in ``beneficiary_user_id``; neither maker nor checker may be.

    Refuses, in this order: ``KindUnknown``, ``PayloadNotUsable``, ``MayNot``, ``BeneficiaryUnknown``,
    ``IsBeneficiary``, ``AlreadyProposed``. Publishes ``ProposalMade``.
    """
    if kind not in KINDS:
        raise KindUnknown(kind=kind)
    sealed_hash = seal(kind, subject, payload)
    employee = employees([maker]).get(maker)
    if employee is None or not may(employee, KINDS[kind].propose):
        raise MayNot()
    if beneficiary_customer_id is not None:
        beneficiary = customers([beneficiary_customer_id]).get(beneficiary_customer_id)
        if beneficiary is None:
            raise BeneficiaryUnknown()
        beneficiary_user_id = beneficiary.user_id
    if employee.user_id == beneficiary_user_id:
        raise IsBeneficiary()
    row = Proposal(
        kind=kind,
        subject=subject,
        case_id=case_id,
        payload=dict(payload),
        payload_hash=sealed_hash,
        beneficiary_id=beneficiary_customer_id,
        beneficiary_user_id=beneficiary_user_id,
    )
    return as_views([make(row, employee)])[0]


def _draw(row: Proposal, moment: datetime) -> int:
    """Who decides it for a while is drawn from those on shift; where nobody there may, it is anybody's who may. From how many."""
    lasts = timedelta(seconds=value("proposal.drawn_seconds", moment))
    if not lasts:
        return 0
    on_shift = employees({one.employee_id for one in shifts_between(moment, moment + timedelta(seconds=1))})
    people = [person for one in on_shift.values() if one.enrolled and (person := as_checker(row.kind, one))]
    able = able_of(envelope_of(row), people, moment)
    same = Proposal.objects.filter(kind=row.kind, subject=row.subject, made_at__gt=moment - STAYS, drawn__isnull=False)
    before = same.order_by("-made_at", "-id").values_list("drawn_id", flat=True).first() if able else None
    row.drawn_id = by_lot(able, randbelow(LOTS), before)
    row.drawn_until = min(moment + lasts, row.expires_at) if row.drawn_id else None
    return len(able)


def seal(kind: str, subject: str, payload: Mapping[str, Any]) -> str:
    """The hash over what is proposed, or ``PayloadNotUsable``."""
    try:
        return payload_hash(kind, subject, payload)
    except (TypeError, ValueError) as broken:
        raise PayloadNotUsable() from broken


def make(row: Proposal, maker: EmployeeView) -> Proposal:
    """Write a new envelope down for its maker, with its time and its lot. An open one that has run out makes room first."""
    moment = now()
    row.maker_id, row.maker_user_id, row.maker_team_id = maker.id, maker.user_id, maker.team_id
    row.made_at = moment
    row.expires_at = moment + timedelta(seconds=value("proposal.lifetime_seconds", moment))
    drawn_of = _draw(row, moment)
    try:
        with transaction.atomic():
            expire(Proposal.objects.filter(kind=row.kind, subject=row.subject), moment)
            row.save(force_insert=True)
            record_act(
                f"employee:{maker.id}",
                "propose",
                f"proposal:{row.id}",
                case_id=row.case_id,
                customer_id=row.beneficiary_id,
                detail={
                    "kind": row.kind,
                    "subject": row.subject,
                    "payload_hash": row.payload_hash,
                    "drawn": str(row.drawn_id) if row.drawn_id else None,
                    "drawn_of": drawn_of,
                },
            )
            publish(
                ProposalMade(
                    row.id, row.kind, row.subject, row.case_id, maker.id, row.expires_at, moment, row.replaces_id
                )
            )
    except IntegrityError as broken:
        standing = Proposal.objects.filter(kind=row.kind, subject=row.subject, state=PROPOSED).first()
        if standing is None:
            raise
        raise AlreadyProposed(proposal_id=str(standing.id)) from broken
    return row
