"""Reading the list, and proving that it is whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from walletdesk.foundation.audit.models import Act

VERIFY = (Path(__file__).parent / "sql" / "verify_chain.sql").read_text()


@dataclass(frozen=True, slots=True)
class ActView:
    id: int
    at: datetime
    actor: str
    verb: str
    subject: str
    reason: str
    case_id: UUID | None
    customer_id: UUID | None
    detail: dict[str, Any]
    hash: str


def acts_on_customer(customer_id: UUID, limit: int = 100) -> list[ActView]:
    """What was done about one customer, newest first: what the customer may see under "who looked"."""
    return [_view(row) for row in Act.objects.filter(customer_id=customer_id).order_by("-id")[:limit]]


def acts_of_case(case_id: UUID, limit: int = 200) -> list[ActView]:
    """What was done in one case, oldest first."""
    return [_view(row) for row in Act.objects.filter(case_id=case_id).order_by("id")[:limit]]


def act_on_customer(customer_id: UUID, number: int) -> ActView | None:
    """One act about this customer by its number; None for another's as for none."""
    row = Act.objects.filter(id=number, customer_id=customer_id).first()
    return _view(row) if row else None


def acts_of_actor(actor: str, limit: int = 100) -> list[ActView]:
    """What one person did, newest first."""
    return [_view(row) for row in Act.objects.filter(actor=actor).order_by("-at", "-id")[:limit]]


def acts_on_subject(subject: str, limit: int = 100) -> list[ActView]:
    """What was done to one thing by the few who may, newest first; for subjects that are few, such as a person's post."""
    return [_view(row) for row in Act.objects.filter(subject=subject).order_by("-id")[:limit]]


def count_acts(actor: str, verbs: Iterable[str], since: datetime, *, by_customer: bool = False) -> int:
    """How often one person did these things since a moment; ``by_customer``: to how many different customers."""
    rows = Act.objects.filter(actor=actor, at__gte=since, verb__in=list(verbs))
    return rows.values("customer_id").distinct().count() if by_customer else rows.count()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for among the acts; an empty field asks for nothing. ``before``: only acts with a lower number."""

    actor: str = ""
    verb: str = ""
    customer_id: UUID | None = None
    case_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


def search_acts(wanted: Wanted, limit: int = 50) -> list[ActView]:
    """All acts of everybody that answer to all of it, newest first."""
    asked = {
        "actor": wanted.actor,
        "verb": wanted.verb,
        "customer_id": wanted.customer_id,
        "case_id": wanted.case_id,
        "at__gte": wanted.since,
        "at__lt": wanted.until,
        "id__lt": wanted.before,
    }
    rows = Act.objects.filter(**{field: sought for field, sought in asked.items() if sought})
    return [_view(row) for row in rows.order_by("-id")[:limit]]


def acted_since(actor: str, verb: str, subject: str, customer_id: UUID, since: datetime) -> bool:
    """Whether this person did this to this thing of this customer since a moment."""
    rows = Act.objects.filter(actor=actor, at__gte=since, verb=verb, subject=subject, customer_id=customer_id)
    return rows.exists()


def verify_chain() -> int | None:
    """The number of the first act that is changed or missing; None when the chain is whole (I15).

    Whoever owns the database could rewrite acts, seals and head together: against that, print or send away the head
    (``chain_head``) from time to time and compare.
    """
    with connection.cursor() as cursor:
        cursor.execute(VERIFY)
        ((first_bad,),) = cursor.fetchall()
    return first_bad


def chain_head() -> tuple[int, str]:
    """Number and hash of the last act, to be kept somewhere else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_id, last_hash FROM audit_chain_head")
        ((number, seal),) = cursor.fetchall()
    return number, seal


def _view(row: Act) -> ActView:
    return ActView(
        id=row.id,
        at=row.at,
        actor=row.actor,
        verb=row.verb,
        subject=row.subject,
        reason=row.reason,
        case_id=row.case_id,
        customer_id=row.customer_id,
        detail=row.detail,
        hash=row.hash,
    )
