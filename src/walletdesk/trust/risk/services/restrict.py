"""Put a mark on a customer or a payee, and take marks off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish
from walletdesk.foundation.profiles.public import value
from walletdesk.trust.risk.errors import MarkNeedsReason, ReviewedAlready
from walletdesk.trust.risk.events import RestrictionMade
from walletdesk.trust.risk.models import RiskMark
from walletdesk.trust.risk.queries.marks import in_force
from walletdesk.trust.risk.rules.marks import STOPPING, Kind
from walletdesk.trust.risk.rules.reports import REVIEW, REVIEW_PAUSE


def restrict(customer_id: UUID, kind: Kind, until: datetime | None, reason: str, by: str = "system") -> UUID:
    """The mark's id; a customer who is frozen already keeps the first. Refuses: ``MarkNeedsReason``.

    Publishes ``RestrictionMade`` for what stops the customer's own money.
    """
    if not reason.strip():
        raise MarkNeedsReason()
    moment = now()
    with transaction.atomic():
        if kind == "frozen":
            standing = RiskMark.objects.filter(subject_id=customer_id, kind=kind, ended_at=None).first()
            if standing is not None:
                return standing.id
        row = RiskMark.objects.create(
            subject_id=customer_id, kind=kind, until=until, reason=reason.strip()[:300], made_by=by, made_at=moment
        )
        if kind in STOPPING:
            publish(RestrictionMade(customer_id, kind, until, moment))
    return row.id


def lift_restrictions(customer_id: UUID, kinds: Iterable[Kind], by: str) -> int:
    """End these marks, however many there are; how many there were."""
    moment = now()
    rows = in_force(moment).filter(subject_id=customer_id, kind__in=list(kinds))
    return rows.update(ended_at=moment, ended_by=by)


def put_under_review(payee_id: UUID, reason: str, by: str) -> datetime:
    """One person's mark: payers are warned for ``risk.review_seconds``; until when.

    Refuses, in this order: ``MarkNeedsReason``; ``ReviewedAlready`` within a week, whoever made the first.
    """
    if not reason.strip():
        raise MarkNeedsReason()
    moment = now()
    until = moment + timedelta(seconds=value("risk.review_seconds", moment))
    with transaction.atomic():
        _one_at_a_time(payee_id)
        if RiskMark.objects.filter(subject_id=payee_id, kind=REVIEW, made_at__gt=moment - REVIEW_PAUSE).exists():
            raise ReviewedAlready()
        restrict(payee_id, "in_review", until, reason, by)
    return until


def _one_at_a_time(payee_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"risk:review:{payee_id}"])
