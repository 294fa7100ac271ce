"""The agent who is looking: how they sign, what the bar offers them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from walletdesk.doors._shared import notice_rows
from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.approvals.public import kinds_of, open_proposals
from walletdesk.trust.staff.public import EmployeeView, may


@dataclass(frozen=True, slots=True)
class AgentLine:
    signature: Words
    role: Words
    team: Words
    sees_cases: bool
    sees_approvals: bool
    sees_papers: bool
    sees_books: bool
    sees_risk: bool
    sees_wall: bool
    sees_staff: bool
    sees_oversight: bool
    lists_fakes: bool
    sets_figures: bool
    waiting_proposals: int
    unread: int


def inboxes(employee: EmployeeView) -> list[tuple[str, UUID]]:
    """What the bell counts: told to the employee, and about their own sign-in."""
    return [("employee", employee.id), ("user", employee.user_id)]


def line(employee: EmployeeView) -> AgentLine:
    sees_approvals = may(employee, "see_approvals")
    return AgentLine(
        signature=Words(
            f"工号 {employee.employee_number} {employee.name_zh}",
            f"Agent {employee.employee_number} {employee.name_en}",
        ),
        role=employee.role_words,
        team=employee.team_name,
        sees_cases=may(employee, "see_cases"),
        sees_approvals=sees_approvals,
        sees_papers=may(employee, "review_documents"),
        sees_books=may(employee, "see_books"),
        sees_risk=may(employee, "see_risk_flags"),
        sees_wall=may(employee, "see_wall"),
        sees_staff=may(employee, "see_staff"),
        sees_oversight=may(employee, "see_oversight") or may(employee, "look_third"),
        lists_fakes=may(employee, "publish_contacts"),
        sets_figures=may(employee, "set_profiles"),
        waiting_proposals=len(open_proposals(limit=99, kinds=kinds_of(employee))) if sees_approvals else 0,
        unread=notice_rows.unread(inboxes(employee)),
    )
