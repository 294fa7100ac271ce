"""A case ends: by its customer's word, by time, or by an agent with a reason. The summary is written by rule."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.service.cases.errors import AboutYou, ReasonMissing
from walletdesk.service.cases.events import CaseClosed
from walletdesk.service.cases.models import Case, TimelineEvent
from walletdesk.service.cases.queries import CaseView, case
from walletdesk.service.cases.rules.actor import Actor, the_customer
from walletdesk.service.cases.rules.summary import Promised, Told, summarise
from walletdesk.service.cases.services.check_agent import agent_who_may
from walletdesk.service.cases.services.keep_promise import fulfil_promises
from walletdesk.service.cases.services.move_case import locked_case, move, promises_of
from walletdesk.service.cases.services.note_events import Entry
from walletdesk.trust.customers.public import customers

CLOSED = {
    "customer": Words("您确认已经解决，案件结案", "You confirmed that it is solved; the case is closed"),
    "time": Words("等您确认的时间已过，案件自动结案", "The time to confirm has passed; the case closed by itself"),
    "agent": Words("客服结案：{reason}", "Closed by an agent: {reason}"),
    "restored": Words(
        "账户已恢复，用时 {reason}，案件结案", "The account is restored after {reason}; the case is closed"
    ),
}


def confirm_solved(customer_id: uuid.UUID, case_id: uuid.UUID) -> CaseView:
    """The customer says that it is solved. What was promised and not yet done counts as done by this word.

    Refuses: a case that is not this customer's (``CaseNotFound``); a closed one (``CaseEventRefused``).
    """
    with transaction.atomic():
        row = locked_case(case_id, customer_id=customer_id)
        customer = the_customer(customer_id)
        if row.state != "closed":
            fulfil_promises(row, customer)
        close(row, "confirmed", "customer", customer)
    return case(case_id)


def close_case(employee_id: uuid.UUID, case_id: uuid.UUID, reason: str) -> CaseView:
    """An agent ends a case. Promises that are not fulfilled run on: closing does not stop a clock.

    Refuses, in this order: a role without ``close_case`` (``ActNotAllowed``); no reason (``ReasonMissing``);
    ``CaseNotFound``; a case that complains about this agent (``AboutYou``); a closed case (``CaseEventRefused``).
    """
    agent = agent_who_may(employee_id, "close_case")
    if not reason.strip():
        raise ReasonMissing()
    with transaction.atomic():
        row = locked_case(case_id)
        if row.about_employee_id == employee_id:
            raise AboutYou()
        close(row, "closed_by_agent", "agent", agent, reason.strip()[:500])
    return case(case_id)


def close(row: Case, event: str, closed_by: str, actor: Actor, reason: str | Words = "") -> None:
    """Close a locked case by ``event`` and write its summary."""
    at = now()
    summary = _summary(row, closed_by, at)
    detail = {"closing": row.closings + 1, "summary": summary}
    entry = Entry(row.id, "closed", CLOSED[closed_by].both(reason=reason), actor, detail, at=at)
    move(row, event, at, [entry], closed_at=at, confirm_by=None, closings=row.closings + 1, summary=summary)
    publish_many([CaseClosed(row.id, row.customer_id, row.merchant_id, row.reference, closed_by, at)])


def _summary(row: Case, closed_by: str, at: datetime) -> dict[str, Any]:
    told = [
        Told(line.at, line.kind, line.words, line.audience == "staff", line.actor_number, line.actor_name)
        for line in TimelineEvent.objects.filter(case_id=row.id).order_by("at", "id")
    ]
    promised = [Promised(promise.words, clock) for promise, clock in promises_of(row.id)]
    zone = customers([row.customer_id])[row.customer_id].time_zone
    return summarise(told, promised, closed_by, at, zone)
