"""A floor of agents and a line of callers, as the hotline's tables would hold them after some minutes of calls.

Rows are made directly: what a call does on its way here is the hotline's own tests' matter.
"""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from tests.factories.trust import an_employee
from walletdesk.foundation.clock.public import now
from walletdesk.service.hotline.models import Call, CallPromise, Contact, Engagement, Presence, QueuePlace
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.staff.public import EmployeeView

_numbers = itertools.count(2001)


@transaction.atomic
def an_agent_at(
    state: str, since: datetime | None = None, employee: EmployeeView | None = None, **more: Any
) -> EmployeeView:
    """Somebody with a soft-phone, in this state; who is on a call is with a caller since then."""
    agent = employee or an_employee("agent", "care", number=str(next(_numbers)))
    seat = "" if state in ("logged_off", "paused") else f"agent:{agent.id}:page"
    reason, moment = more.pop("reason", "break" if state == "paused" else ""), since or now()
    Presence.objects.update_or_create(
        employee_id=agent.id, defaults={"state": state, "since": moment, "seat": seat, "reason": reason}
    )
    if state == "on_call":
        a_call(moment - timedelta(seconds=30), waited=30, agent=agent, **more)
    return agent


@transaction.atomic
def a_call(at: datetime, *, topic: str = "payments", waited: float | None = None, talked: float = 0.0,
           outcome: str = "", place: str = "waiting", customer: CustomerView | None = None,
           agent: EmployeeView | None = None) -> Call:  # fmt: skip
    """A call that joined the line at ``at``: answered after ``waited`` when it ``talked``, given up when it did not, still
    there without ``waited``."""
    answered = at + timedelta(seconds=waited) if waited is not None and (talked or agent) else None
    open_still = waited is None or (agent is not None and not talked)
    ended = None if open_still else (answered or at + timedelta(seconds=waited or 0)) + timedelta(seconds=talked)
    call = Call.objects.create(
        kind="telephone", place="talking" if answered and open_still else place if open_still else "ended", flow={},
        topic=topic, language="zh-hans", arrived_at=at, queued_at=at, agent_at=answered, ended_at=ended,
        outcome=(outcome or ("answered" if answered else "abandoned")) if ended else "",
        customer_id=customer.id if customer else None,
    )  # fmt: skip
    if ended is not None:
        Contact.objects.create(call=call, outcome=call.outcome, at=ended)
    if agent is not None:
        Engagement.objects.create(call=call, employee_id=agent.id, began_at=answered, ended_at=ended)
    return call


@transaction.atomic
def a_place(at: datetime, *, topic: str = "payments", customer: CustomerView | None = None,
            due: datetime | None = None) -> QueuePlace:  # fmt: skip
    """A caller in the line since ``at``; with a promise when ``due`` is given."""
    place = QueuePlace.objects.create(
        call=a_call(at, topic=topic, customer=customer), customer_id=customer.id if customer else None, topic=topic,
        language="zh-hans", joined_at=at, order_at=at,
    )  # fmt: skip
    if due is not None and customer is not None:
        CallPromise.objects.create(place=place, customer_id=customer.id, made_at=at, due_at=due)
    return place
