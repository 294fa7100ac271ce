"""The front door of staff.

    open_team(code, name_zh, name_en) -> TeamView
    employ(user_id, employee_number, name_zh, name_en, team, role, *, refund_cap_minor=None, by) -> EmployeeView
        EmployeeNumberNotUsable, StaffNameNotUsable, RoleUnknown, CapNotUsable, TeamUnknown, EmployeeNumberTaken,
        AlreadyEmployed; ``team`` is the team's code
    change_post(employee_id, *, role, team, active, by, reason) -> EmployeeView
        EmployeeNotFound, RoleUnknown, TeamUnknown
    employee_of_user(user_id), employee_by_number(number) -> EmployeeView | None
    employees(ids) -> {id: EmployeeView}        staff_list(active_only=True)
    may(employee, act) -> bool                  insist(employee, act) -> EmployeeView, or ActNotAllowed

What a role may do is the table in ``rules.py``.
"""

from walletdesk.trust.staff.errors import ActNotAllowed, EmployeeNotFound
from walletdesk.trust.staff.queries import (
    EmployeeView,
    TeamView,
    employee_by_number,
    employee_of_user,
    employees,
    insist,
    may,
    staff_list,
)
from walletdesk.trust.staff.rules import ACTS, ROLES
from walletdesk.trust.staff.services.change_post import change_post
from walletdesk.trust.staff.services.employ import employ
from walletdesk.trust.staff.services.open_team import open_team

__all__ = [
    "ACTS",
    "ROLES",
    "ActNotAllowed",
    "EmployeeNotFound",
    "EmployeeView",
    "TeamView",
    "change_post",
    "employ",
    "employee_by_number",
    "employee_of_user",
    "employees",
    "insist",
    "may",
    "open_team",
    "staff_list",
]
