"""The first question of every act: is this the agent's own open case?"""

from __future__ import annotations

import uuid

from walletdesk.service.agent_actions.errors import CaseNotInHand, NoCase
from walletdesk.service.cases.public import CaseView, case
from walletdesk.trust.staff.public import EmployeeView, employees, insist


def agent_with_case(employee_id: uuid.UUID, case_id: uuid.UUID | None, act: str) -> tuple[EmployeeView, CaseView]:
    """The employee and the case.

    Refuses, in this order: a role without ``act`` (``ActNotAllowed``); no case (``NoCase``); ``CaseNotFound``; a case
    that is closed or not taken by this employee (``CaseNotInHand``).
    """
    employee = insist(employees([employee_id]).get(employee_id), act)
    if case_id is None:
        raise NoCase()
    found = case(case_id)
    if not in_hand(found, employee_id):
        raise CaseNotInHand()
    return employee, found


def in_hand(found: CaseView, employee_id: uuid.UUID) -> bool:
    return found.is_open and found.assigned_id == employee_id
