"""A customer objects to one act of staff: a case of its own, which the one complained about neither sees nor handles."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from walletdesk.foundation.audit.public import act_on_customer
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.cases.public import CaseView, case, open_case, the_customer
from walletdesk.service.conversations.public import say
from walletdesk.service.oversight.errors import ActNotFound, WatchReasonMissing
from walletdesk.service.oversight.models import Objection
from walletdesk.trust.staff.public import employees

TITLE = Words("对工号 {number} 的一次操作有异议", "Objection to an act of agent {number}")
LONGEST = 1_000


def object_to_act(customer_id: UUID, act_number: int, words: str) -> CaseView:
    """The case. Objecting to the same act again answers the case that stands.

    Refuses, in this order: an act that is not staff's on this customer (``ActNotFound``); no words
    (``WatchReasonMissing``).
    """
    act = act_on_customer(customer_id, act_number)
    if act is None or not act.actor.startswith("employee:"):
        raise ActNotFound()
    employee_id = UUID(act.actor.removeprefix("employee:"))
    employee = employees([employee_id]).get(employee_id)
    if employee is None:
        raise ActNotFound()
    said = words.strip()[:LONGEST]
    if not said:
        raise WatchReasonMissing()
    with transaction.atomic():
        lock_act(act_number)
        standing = Objection.objects.filter(pk=act_number).first()
        if standing is not None:
            return case(standing.case_id)
        title = TITLE.both(number=employee.employee_number)
        opened = open_case("objection", customer_id, title=title, about_employee_id=employee_id)
        say(opened.id, the_customer(customer_id), said)
        Objection.objects.create(
            act_number=act_number, customer_id=customer_id, employee_id=employee_id, case_id=opened.id, made_at=now()
        )
    return case(opened.id)


def lock_act(act_number: int) -> None:
    """Two taps on one button wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"objection:{act_number}"])
