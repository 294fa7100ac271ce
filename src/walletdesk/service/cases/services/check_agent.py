"""Whether an employee may do something to a case, asked anew for each act: a role lost a moment ago is lost (A13)."""

from __future__ import annotations

import uuid

from walletdesk.service.cases.rules.actor import Actor, the_agent
from walletdesk.trust.staff.public import employees, insist


def agent_who_may(employee_id: uuid.UUID, act: str) -> Actor:
    """The agent as an actor. Refuses one who is unknown, has left, or whose role lacks ``act`` (``ActNotAllowed``)."""
    employee = insist(employees([employee_id]).get(employee_id), act)
    return the_agent(employee.id, employee.employee_number, employee.name_zh, employee.name_en)
