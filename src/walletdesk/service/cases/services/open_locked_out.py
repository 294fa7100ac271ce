"""The case of somebody who cannot get in: one for a customer, however often they ask for help."""

from __future__ import annotations

import uuid

from django.db import connection, transaction

from walletdesk.service.cases.models import Case
from walletdesk.service.cases.queries import CaseView, case
from walletdesk.service.cases.rules.actor import THE_SYSTEM, Actor, the_customer
from walletdesk.service.cases.services.open_cases import open_case
from walletdesk.trust.verification.public import attach_case, recovery

LOCKED_OUT = "locked_out"


def open_locked_out(recovery_id: uuid.UUID, opened_by: Actor | None = None) -> tuple[CaseView | None, bool]:
    """The open case about this customer's lock, and whether it is new; the way back belongs to it from now on.

    Opened by the customer, unless told otherwise or nothing was proven yet; None when the way back is nobody's or over.
    Refuses nothing.
    """
    way = recovery(recovery_id)
    if way is None or way.customer_id is None or not way.is_open:
        return None, False
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"locked_out:{way.customer_id}"])
        standing = Case.objects.filter(customer_id=way.customer_id, kind=LOCKED_OUT).exclude(state="closed").first()
        case_id = way.case_id or (standing.id if standing else None)
        fresh = case_id is None
        if case_id is None:
            opener = opened_by or (the_customer(way.customer_id) if way.kinds else THE_SYSTEM)
            case_id = open_case(LOCKED_OUT, way.customer_id, opened_by=opener).id
        attach_case(recovery_id, case_id)
    return case(case_id), fresh
