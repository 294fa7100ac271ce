"""Refusals about staff.

ActNotAllowed           the role, or no role at all, does not allow this act
EmployeeNotFound
EmployeeNumberTaken     an employee number names one person, for ever
AlreadyEmployed         this user is an employee
EmployeeNumberNotUsable, StaffNameNotUsable, RoleUnknown, TeamUnknown, CapNotUsable
TeamNotUsable           a team has a short code and a name in both languages
OwnPost                 nobody changes their own role, team, caps or pass
LastAdministrator       one administrator at least stays
PostReasonMissing       a change of a post is written down with its reason
ShiftNotUsable          a shift ends after it starts, and within 16 hours
ShiftOverlaps           somebody is at the desk once at a time
ShiftNotFound
FactorsStand            a pass is for who has no way in; whoever has one goes by recovery
PassNotUsable           wrong, used, replaced or out of time: the same answer
NotEnrolled             the way to the desk is not finished
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


class TeamNotUsable(Invalid):
    code = "team_not_usable"
    what = Words(
        "组要有代号（小写字母、数字、横线）和中英文名",
        "A team needs a code (a-z, 0-9, dashes) and two names",
    )
    next = Words("改一下再提交", "Change it and send again")


class OwnPost(NotAllowed):
    """The law: who gives rights does not give them to themselves."""

    code = "own_post"
    what = Words("不能改自己的岗位、组或上限", "You cannot change your own role, team or caps")
    next = Words("请另一位系统管理员来改", "Another administrator has to")


class LastAdministrator(Conflict):
    code = "last_administrator"
    what = Words("这是最后一位系统管理员", "This is the last administrator")
    next = Words("先让另一位同事担任系统管理员", "Make somebody else an administrator first")


class PostReasonMissing(Invalid):
    code = "post_reason_missing"
    what = Words("请写明原因", "A reason is needed")
    next = Words("写一句审计看得懂的话", "One sentence that an auditor understands")


class ShiftNotUsable(Invalid):
    code = "shift_not_usable"
    what = Words("班次要有开始和结束，最长 16 小时", "A shift has a start and an end, at most 16 hours apart")
    next = Words("改一下时间", "Change the times")


class ShiftOverlaps(Conflict):
    code = "shift_overlaps"
    what = Words("这段时间已经排了班", "A shift is planned for this time already")
    next = Words("先取消那一班，或改时间", "Cancel that one first, or change the times")


class ShiftNotFound(NotFound):
    code = "shift_not_found"
    what = Words("没有这一班", "There is no such shift")
    next = Words("请从排班表里选", "Choose one from the rota")


class FactorsStand(Conflict):
    code = "factors_stand"
    what = Words("这位同事已经有验证方式", "This colleague has a way in already")
    next = Words("丢了的话，走“员工找回”，要两位系统管理员", "If it is lost, use staff recovery: two administrators")


class PassNotUsable(Invalid):
    code = "pass_not_usable"
    what = Words("登记码不对，或者已经用过、过期", "This pass is wrong, used, or out of time")
    money = Words("什么都没有改变", "Nothing has changed")
    next = Words(
        "核对一遍；还不行，请管理员当面再给一个", "Check it; if it stays so, ask an administrator for a new one"
    )


class NotEnrolled(NotAllowed):
    """Fields: ``step`` (factor or pass), where the way in stops."""

    code = "not_enrolled"
    what = Words("登记还没有完成", "Your enrolment is not finished")
    next = Words("按页面上的步骤做完", "Finish the steps on the page")
