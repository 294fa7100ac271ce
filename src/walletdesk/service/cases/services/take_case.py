"""An agent takes a case from the queue, or a supervisor gives it to one."""

from __future__ import annotations

import uuid

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.cases.errors import AboutYou, CaseTaken
from walletdesk.service.cases.queries import CaseView, case
from walletdesk.service.cases.services.check_agent import agent_who_may
from walletdesk.service.cases.services.move_case import locked_case, move
from walletdesk.service.cases.services.note_events import Entry
from walletdesk.trust.staff.public import employees

TAKEN = Words("工号 {number} {name}接手", "Agent {number}, {name}, took it")
GIVEN = Words("转给工号 {number} {name}", "Handed to agent {number}, {name}")


def take_case(employee_id: uuid.UUID, case_id: uuid.UUID) -> CaseView:
    """The case is this agent's. Taking one's own again changes nothing.

    Refuses, in this order: a role that does not work cases (``ActNotAllowed``); ``CaseNotFound``; a case that another
    agent has (``CaseTaken``); one that complains about this agent (``AboutYou``); a closed case (``CaseEventRefused``).
    """
    agent = agent_who_may(employee_id, "work_cases")
    with transaction.atomic():
        row = locked_case(case_id)
        if row.assigned_id == employee_id and row.state != "closed":
            return case(case_id)
        if row.assigned_id is not None and row.state != "closed":
            raise CaseTaken(number=employees([row.assigned_id])[row.assigned_id].employee_number)
        if row.about_employee_id == employee_id:
            raise AboutYou()
        words = TAKEN.both(number=agent.number, name=agent.name)
        move(row, "taken", now(), [Entry(case_id, "taken", words, agent)], assigned_id=employee_id)
    return case(case_id)


def assign(by_employee_id: uuid.UUID, case_id: uuid.UUID, to_employee_id: uuid.UUID) -> CaseView:
    """A case changes hands. One's own case may be handed on; another's needs the act ``reassign``.

    Refuses, in this order: a receiver who does not work cases, or a giver who may not (``ActNotAllowed``);
    ``CaseNotFound``; one of the two is whom the case complains about (``AboutYou``); a closed case
    (``CaseEventRefused``).
    """
    receiver = agent_who_may(to_employee_id, "work_cases")
    with transaction.atomic():
        row = locked_case(case_id)
        giver = agent_who_may(by_employee_id, "work_cases" if row.assigned_id == by_employee_id else "reassign")
        if row.about_employee_id in (by_employee_id, to_employee_id):
            raise AboutYou()
        words = GIVEN.both(number=receiver.number, name=receiver.name)
        detail = {"to": str(to_employee_id)}
        move(row, "taken", now(), [Entry(case_id, "reassigned", words, giver, detail)], assigned_id=to_employee_id)
    return case(case_id)
