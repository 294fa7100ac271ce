"""The front door of staff.

    open_team(code, name_zh, name_en, *, by) -> TeamView                    TeamNotUsable
    employ(user_id, employee_number, name_zh, name_en, team, role, *, refund_cap_minor=None, enrolled=False, by)
        EmployeeNumberNotUsable, StaffNameNotUsable, RoleUnknown, CapNotUsable, TeamUnknown, EmployeeNumberTaken,
        AlreadyEmployed; ``team`` is the team's code
    change_post(employee_id, *, role, team, active, by, reason) -> EmployeeView
        EmployeeNotFound, OwnPost, PostReasonMissing, RoleUnknown, TeamUnknown, LastAdministrator
    set_caps(employee_id, each, day, *, by, reason)         OwnPost, PostReasonMissing, CapNotUsable, EmployeeNotFound
    plan_shift(employee_id, starts_at, ends_at, *, by)      EmployeeNotFound, ShiftNotUsable, ShiftOverlaps
    cancel_shift(shift_id, *, by)                           ShiftNotFound
    make_pass(employee_id, by) -> text                      ActNotAllowed, EmployeeNotFound, OwnPost, FactorsStand
    use_pass(employee_id, typed)                            PassNotUsable
    close_way_in(employee_id)                               for a recovery that two administrators decided
    teams(), shifts_between(start, end, employee_id), work_began(employee_id, at), day_began(at), open_pass_until(id)
    employee_of_user(user_id), employee_by_number(number) -> EmployeeView | None
    employees(ids) -> {id: EmployeeView}        staff_list(active_only=True)
    may(employee, act) -> bool                  insist(employee, act) -> EmployeeView, or ActNotAllowed

What a role may do is the table in ``rules.py``. Fact: ``PostChanged``.
"""

from walletdesk.trust.staff.errors import ActNotAllowed, EmployeeNotFound, NotEnrolled
from walletdesk.trust.staff.events import PostChanged
from walletdesk.trust.staff.queries import (
    EmployeeView,
    ShiftView,
    TeamView,
    day_began,
    employee_by_number,
    employee_of_user,
    employees,
    insist,
    may,
    open_pass_until,
    shifts_between,
    staff_list,
    teams,
    work_began,
)
from walletdesk.trust.staff.rules import ACTS, ROLES
from walletdesk.trust.staff.services.change_post import change_post
from walletdesk.trust.staff.services.employ import employ
from walletdesk.trust.staff.services.enrol import close_way_in, make_pass, use_pass
from walletdesk.trust.staff.services.open_team import open_team
from walletdesk.trust.staff.services.plan_shift import cancel_shift, plan_shift
from walletdesk.trust.staff.services.set_caps import set_caps

__all__ = [
    "ACTS",
    "ROLES",
    "ActNotAllowed",
    "EmployeeNotFound",
    "EmployeeView",
    "NotEnrolled",
    "PostChanged",
    "ShiftView",
    "TeamView",
    "cancel_shift",
    "change_post",
    "close_way_in",
    "day_began",
    "employ",
    "employee_by_number",
    "employee_of_user",
    "employees",
    "insist",
    "make_pass",
    "may",
    "open_pass_until",
    "open_team",
    "plan_shift",
    "set_caps",
    "shifts_between",
    "staff_list",
    "teams",
    "use_pass",
    "work_began",
]
