"""Open cases: at once with a reference, a promise with its clock, and the first line of the timeline."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.foundation.profiles.public import value
from walletdesk.money.merchants.public import merchants
from walletdesk.money.payments.public import payments
from walletdesk.service.cases.errors import CaseKindUnknown, CaseNotFound
from walletdesk.service.cases.events import CaseOpened
from walletdesk.service.cases.models import Case, CasePayment, Promise, TimelineEvent
from walletdesk.service.cases.queries import CaseView, views
from walletdesk.service.cases.rules.actor import Actor
from walletdesk.service.cases.rules.queue_order import queue_at
from walletdesk.service.cases.rules.titles import ANSWER, URGENT, knows, title
from walletdesk.service.cases.services.note_events import Entry, note_events, rows_of
from walletdesk.trust.customers.public import customers

# Waiting in the order of the keys keeps two batches from waiting for each other.
_LOCK = (
    "SELECT pg_advisory_xact_lock(k) FROM (SELECT hashtextextended(t, 0) AS k FROM unnest(%s::text[]) t ORDER BY 1) s"
)

OPENED = {
    "system": Words("系统发现问题，建立了案件", "The system found it and opened this case"),
    "customer": Words("您建立了案件", "You opened this case"),
    "employee": Words("客服为您建立了案件", "An agent opened this case for you"),
    "merchant": Words("商户建立了案件", "The shop opened this case"),
}


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """A case to be opened.

    ``title`` is made from the kind and the shop unless given; ``words`` and ``detail`` are the first line of the
    timeline; ``at`` is now unless told. ``about_employee_id``: whom the case complains about, who never handles it.
    """

    kind: str
    customer_id: uuid.UUID
    opened_by: Actor
    payment_ids: tuple[uuid.UUID, ...] = ()
    title: dict[str, str] | None = None
    device: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    at: datetime | None = None
    about_employee_id: uuid.UUID | None = None


def open_case(
    kind: str,
    customer_id: uuid.UUID,
    payment_ids: Iterable[uuid.UUID] = (),
    opened_by: Actor | None = None,
    title: dict[str, str] | None = None,
    device: dict[str, str] | None = None,
    about_employee_id: uuid.UUID | None = None,
) -> CaseView:
    """A batch of one; without ``opened_by`` the customer opens it. What the customer says first is said afterwards
    (``conversations.say``). Refuses as :func:`open_cases`.
    """
    actor = opened_by or Actor("customer", customer_id)
    draft = CaseDraft(kind, customer_id, actor, tuple(payment_ids), title, device or {})
    return open_cases([replace(draft, about_employee_id=about_employee_id)])[0]


def open_cases(drafts: Sequence[CaseDraft]) -> list[CaseView]:
    """The cases of ``drafts``, in their order. One payment has one open case of a kind: a second opening answers the
    first, and brings to it the payments that it did not know yet.

    Refuses, in this order: a kind without a promised time (``CaseKindUnknown``); a customer or a payment that does not
    exist, or a payment of another customer (``CaseNotFound``: the same answer).
    """
    if not drafts:
        return []
    promise_seconds: dict[str, int] = value("case.promise_seconds")
    for draft in drafts:
        if not knows(draft.kind) or draft.kind not in promise_seconds:
            raise CaseKindUnknown(kind=draft.kind)
    people = customers({draft.customer_id for draft in drafts})
    paid = payments({payment for draft in drafts for payment in draft.payment_ids})
    _check_owners(drafts, people, paid)
    shops = merchants({payment.merchant_id for payment in paid.values()})
    with transaction.atomic():
        lock_matters((draft.kind, payment) for draft in drafts for payment in draft.payment_ids)
        opening = _Opening(_already_open(drafts), promise_seconds, people, paid, shops)
        case_ids = [opening.case_for(draft) for draft in drafts]
        opening.save()
        found = {view.id: view for view in views(Case.objects.filter(id__in=case_ids))}
    return [found[case_id] for case_id in case_ids]


def _check_owners(drafts: Sequence[CaseDraft], people: dict, paid: dict) -> None:
    for draft in drafts:
        if draft.customer_id not in people:
            raise CaseNotFound()
        for payment in draft.payment_ids:
            if payment not in paid or paid[payment].customer_id != draft.customer_id:
                raise CaseNotFound()


def lock_matters(matters: Iterable[tuple[str, uuid.UUID]]) -> None:
    """Until the transaction ends, nobody else opens or reopens a case about these (kind, payment)."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [[f"case:{kind}:{payment}" for kind, payment in matters]])


def _already_open(drafts: Sequence[CaseDraft]) -> dict[tuple[uuid.UUID, str], uuid.UUID]:
    """(payment, kind) → the open case that has it."""
    links = CasePayment.objects.filter(
        payment_id__in={payment for draft in drafts for payment in draft.payment_ids},
        case_kind__in={draft.kind for draft in drafts},
        case_open=True,
    )
    return {(link.payment_id, link.case_kind): link.case_id for link in links}


class _Opening:
    """Collects what a batch adds; :meth:`save` writes it, one statement per table."""

    def __init__(self, taken: dict, promise_seconds: dict[str, int], people: dict, paid: dict, shops: dict) -> None:
        self.taken = taken
        self.promise_seconds, self.people, self.paid, self.shops = promise_seconds, people, paid, shops
        self.cases: list[Case] = []
        self.links: list[CasePayment] = []
        self.promises: list[Promise] = []
        self.first_lines: list[Entry] = []
        self.further_lines: list[Entry] = []

    def case_for(self, draft: CaseDraft) -> uuid.UUID:
        """The id of the case that answers a draft: one that is open already, or a new one."""
        known = [
            self.taken[payment, draft.kind] for payment in draft.payment_ids if (payment, draft.kind) in self.taken
        ]
        if not known:
            return self._new(draft)
        self._bring_payments(known[0], draft)
        return known[0]

    def _new(self, draft: CaseDraft) -> uuid.UUID:
        at = draft.at or now()
        due = at + timedelta(seconds=self.promise_seconds[draft.kind])
        priority = URGENT.get(draft.kind, 0)
        shop = self.shops.get(self.paid[draft.payment_ids[0]].merchant_id) if draft.payment_ids else None
        name = Words(shop.name_zh, shop.name_en) if shop else None
        row = Case(
            kind=draft.kind,
            title=draft.title or title(draft.kind, name),
            customer_id=draft.customer_id,
            merchant_id=shop.id if shop else None,
            about_employee_id=draft.about_employee_id,
            opened_by=draft.opened_by.kind,
            priority=priority,
            device=draft.device,
            language=self.people[draft.customer_id].language,
            created_at=at,
            since=at,
            changed_at=at,
            queue_at=queue_at([due], at, priority),
        )
        self.cases.append(row)
        self.promises.append(Promise(case_id=row.id, kind="answer", words=ANSWER, made_at=at, due_at=due))
        words = draft.words or OPENED[draft.opened_by.kind].both()
        detail = draft.detail or self._named(draft.payment_ids)
        self.first_lines.append(Entry(row.id, "opened", words, draft.opened_by, detail, once="opened", at=at))
        self._link(row.id, draft, draft.payment_ids, 0)
        return row.id

    def _named(self, payment_ids: Sequence[uuid.UUID]) -> dict[str, Any]:
        """The payments as the timeline shows them: whoever takes the case sees at once what it is about."""
        rows = [
            {
                "id": str(payment),
                "receipt_number": self.paid[payment].receipt_number,
                "at": self.paid[payment].captured_at.isoformat(),
                "amount_minor": self.paid[payment].amount.minor,
                "asset": self.paid[payment].amount.asset.code,
            }
            for payment in payment_ids
        ]
        return {"payments": rows} if rows else {}

    def _bring_payments(self, case_id: uuid.UUID, draft: CaseDraft) -> None:
        missing = [payment for payment in draft.payment_ids if (payment, draft.kind) not in self.taken]
        if not missing:
            return
        self._link(case_id, draft, missing, 100)
        numbers = "、".join(self.paid[payment].receipt_number for payment in missing)
        words = Words("又有付款归入本案：{numbers}", "Another payment joined this case: {numbers}").both(
            numbers=numbers
        )
        detail = {"payment_ids": [str(payment) for payment in missing]}
        self.further_lines.append(Entry(case_id, "payment_joined", words, draft.opened_by, detail, at=draft.at))

    def _link(self, case_id: uuid.UUID, draft: CaseDraft, payment_ids: Iterable[uuid.UUID], start: int) -> None:
        for place, payment in enumerate(payment_ids, start):
            self.links.append(CasePayment(case_id=case_id, payment_id=payment, place=place, case_kind=draft.kind))
            self.taken[payment, draft.kind] = case_id

    def save(self) -> None:
        Case.objects.bulk_create(self.cases)
        CasePayment.objects.bulk_create(self.links)
        Promise.objects.bulk_create(self.promises)
        TimelineEvent.objects.bulk_create(rows_of(self.first_lines))
        publish_many(
            [
                CaseOpened(row.id, row.customer_id, row.merchant_id, row.reference, row.kind, row.created_at)
                for row in self.cases
            ]
        )
        note_events(self.further_lines)
