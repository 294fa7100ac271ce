"""Refusals about staff.

ActNotAllowed           the role, or no role at all, does not allow this act
EmployeeNotFound
EmployeeNumberTaken     an employee number names one person, for ever
AlreadyEmployed         this user is an employee
EmployeeNumberNotUsable, StaffNameNotUsable, RoleUnknown, TeamUnknown, CapNotUsable
"""

from __future__ import annotations

from walletdesk.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from walletdesk.foundation.i18n.words import Words

_ASK_ADMIN = Words("请找系统管理员", "Ask an administrator")


class ActNotAllowed(NotAllowed):
    code = "act_not_allowed"
    what = Words("您的岗位不能做这件事", "Your role does not allow this")
    next = Words("请转给主管或有权的同事", "Hand it to a supervisor or a colleague who may")


class EmployeeNotFound(NotFound):
    code = "employee_not_found"
    what = Words("没有这位同事", "No such colleague")
    next = Words("请核对工号", "Check the employee number")


class EmployeeNumberTaken(Conflict):
    code = "employee_number_taken"
    what = Words("工号 {employee_number} 已经是别人的了", "Employee number {employee_number} is somebody else’s")
    next = _ASK_ADMIN


class AlreadyEmployed(Conflict):
    code = "employee_exists"
    what = Words("这个登录账号已经是员工", "This sign-in belongs to an employee already")
    next = _ASK_ADMIN


class EmployeeNumberNotUsable(Invalid):
    code = "employee_number_not_usable"
    what = Words("工号是 3 到 8 位数字", "An employee number has three to eight digits")
    next = _ASK_ADMIN


class StaffNameNotUsable(Invalid):
    code = "staff_name_not_usable"
    what = Words("中文名和英文名都要填", "Both a Chinese and an English name are needed")
    next = Words("客户要看得懂是谁在帮忙", "Customers must be able to read who helps them")


class RoleUnknown(Invalid):
    code = "role_unknown"
    what = Words("没有“{role}”这个岗位", "There is no role “{role}”")
    next = _ASK_ADMIN


class TeamUnknown(Invalid):
    code = "team_unknown"
    what = Words("没有“{team}”这个组", "There is no team “{team}”")
    next = _ASK_ADMIN


class CapNotUsable(Invalid):
    code = "refund_cap_not_usable"
    what = Words("退款上限要是零或正数", "A refund cap is zero or more")
    next = _ASK_ADMIN
