"""Decisions for the desk, and their counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum

from walletdesk.foundation.clock.public import now
from walletdesk.trust.risk.models import RiskDecision
from walletdesk.trust.risk.rules.asks import OUTCOMES
from walletdesk.trust.risk.rules.looks import Look


@dataclass(frozen=True, slots=True)
class DecisionView:
    id: UUID
    customer_id: UUID
    kind: str
    payee_id: UUID
    amount_minor: int
    asset: str
    outcome: str
    reasons: tuple[str, ...]
    score: int
    rule_version: int
    inputs: dict[str, Any]
    channel: str
    done: bool
    at: datetime


def _views(rows: Iterable[RiskDecision]) -> list[DecisionView]:
    return [
        DecisionView(
            row.id, row.customer_id, row.kind, row.payee_id, row.amount_minor, row.asset, row.outcome,
            tuple(row.reasons or ()), row.score, row.rule_version, Look.from_stored(row.inputs).in_full(), row.channel,
            row.done, row.at,
        )
        for row in rows
    ]  # fmt: skip


def decision(decision_id: UUID) -> DecisionView | None:
    return next(iter(_views(RiskDecision.objects.filter(id=decision_id))), None)


def stopped_lately(limit: int = 50, customer_id: UUID | None = None) -> list[DecisionView]:
    """The last asks that were not simply allowed, newest first; of one customer, if one is named."""
    rows = RiskDecision.objects.exclude(outcome="allow").order_by("-at", "-id")
    return _views((rows.filter(customer_id=customer_id) if customer_id else rows)[:limit])


def payees_new_since(customer_id: UUID, since: datetime, limit: int = 20) -> list[DecisionView]:
    """The first payment to each payee whom this payer began to pay after ``since``, the latest first."""
    rows = RiskDecision.objects.filter(customer_id=customer_id, at__gt=since, done=True, new_payee=True)
    return _views(rows.order_by("-at", "-id")[:limit])


def paid_to(customer_id: UUID, payee_id: UUID, asset: str, since: datetime | None = None) -> int:
    """What this payer has paid this payee (minor units), as far as risk remembers; from a moment on, if one is named."""
    rows = RiskDecision.objects.filter(customer_id=customer_id, payee_id=payee_id, asset=asset, done=True)
    rows = rows.filter(at__gte=since) if since else rows
    return rows.aggregate(total=Sum("amount_minor"))["total"] or 0


def outcomes_since(hours: int = 24) -> dict[str, int]:
    """``{outcome: how many}`` of the last hours; each outcome is there."""
    rows = RiskDecision.objects.filter(at__gt=now() - timedelta(hours=hours)).values("outcome")
    found = {row["outcome"]: row["n"] for row in rows.annotate(n=Count("id")).order_by()}
    return {outcome: found.get(outcome, 0) for outcome in OUTCOMES}
