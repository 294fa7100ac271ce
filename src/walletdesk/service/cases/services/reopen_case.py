"""Not solved after all: a case that waited for confirmation, or was closed, is in hand again."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.profiles.public import value
from walletdesk.service.cases.errors import AboutYou, OpenedElsewhere
from walletdesk.service.cases.models import Case, CaseBill, CasePayment, Promise
from walletdesk.service.cases.queries import CaseView, case
from walletdesk.service.cases.rules.actor import Actor, the_customer
from walletdesk.service.cases.rules.promises import needs_new_promise
from walletdesk.service.cases.rules.titles import ANSWER
from walletdesk.service.cases.services.check_agent import agent_who_may
from walletdesk.service.cases.services.move_case import locked_case, move, place_in_queue, promises_of
from walletdesk.service.cases.services.note_events import Entry
from walletdesk.service.cases.services.open_cases import lock_matters

NOT_YET = Words("您说还没有解决", "You said that it is not solved yet")
REOPENED = Words("案件重新打开", "The case was reopened")


def not_solved(customer_id: uuid.UUID, case_id: uuid.UUID) -> CaseView:
    """The customer, asked to confirm, says no. Refuses: ``CaseNotFound``; a case not waiting for it (``CaseEventRefused``)."""
    with transaction.atomic():
        row = locked_case(case_id, customer_id=customer_id)
        _again_in_hand(row, "not_solved", Entry(case_id, "not_solved", NOT_YET.both(), the_customer(customer_id)))
    return case(case_id)


def reopen(case_id: uuid.UUID, customer_id: uuid.UUID | None = None, employee_id: uuid.UUID | None = None) -> CaseView:
    """A closed case is in hand again, by its customer or by an agent. Its promises stand as they stood.

    Refuses, in this order: an agent who does not work cases (``ActNotAllowed``); another customer's case
    (``CaseNotFound``); one that complains about this agent (``AboutYou``); one that is not closed (``CaseEventRefused``);
    when the same matter has been opened anew meanwhile (``OpenedElsewhere``).
    """
    by: Actor = the_customer(customer_id) if customer_id else agent_who_may(_given(employee_id), "work_cases")
    with transaction.atomic():
        links = list(CasePayment.objects.filter(case_id=case_id))
        bills = list(CaseBill.objects.filter(case_id=case_id))
        lock_matters(
            [(link.case_kind, link.payment_id) for link in links] + [(bill.case_kind, bill.bill_id) for bill in bills]
        )
        row = locked_case(case_id, **({"customer_id": customer_id} if customer_id else {}))
        if employee_id is not None and row.about_employee_id == employee_id:
            raise AboutYou()
        if row.state == "closed":
            _refuse_twin(row, [link.payment_id for link in links], [bill.bill_id for bill in bills])
        at = now()
        _again_in_hand(
            row, "reopened", Entry(case_id, "reopened", REOPENED.both(), by, at=at), closed_at=None, since=at
        )
    return case(case_id)


def _given(employee_id: uuid.UUID | None) -> uuid.UUID:
    if employee_id is None:
        raise TypeError("reopen needs a customer or an employee")
    return employee_id


def _refuse_twin(row: Case, payments: list[uuid.UUID], bills: list[uuid.UUID]) -> None:
    same = {"case_kind": row.kind, "case_open": True}
    twin = (
        CasePayment.objects.filter(payment_id__in=payments, **same).first()
        or CaseBill.objects.filter(bill_id__in=bills, **same).first()
    )
    if twin is not None:
        raise OpenedElsewhere(reference=twin.case.reference)


def _again_in_hand(row: Case, event: str, entry: Entry, **changes: datetime | None) -> None:
    """Move first, so that a refusal leaves no promise behind; a new answer is promised when none is outstanding."""
    move(row, event, now(), [entry], **changes)
    if needs_new_promise(clock for _, clock in promises_of(row.id)):
        at = now()
        due = at + timedelta(seconds=value("case.promise_seconds")[row.kind])
        Promise.objects.create(case_id=row.id, kind="answer", words=ANSWER, made_at=at, due_at=due)
    Case.objects.filter(id=row.id).update(queue_at=place_in_queue(row))
