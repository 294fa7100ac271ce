"""The employee who is signed in, and what the bar of these pages offers them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.staff.public import EmployeeView, may


class WallRequest(HttpRequest):
    """A request behind ``@employee_only``: who looks, and what the page listens to."""

    employee: EmployeeView
    live_topics: list[str]
    page_address: str


@dataclass(frozen=True, slots=True)
class Area:
    key: str
    href: str
    words: Words


DESK_AREAS = (
    ("see_cases", Area("desk", "/desk/", Words("工作台", "Desk"))),
    ("see_approvals", Area("approvals", "/desk/approvals/", Words("审批", "Approvals"))),
    ("see_books", Area("books", "/desk/books/", Words("账目", "Books"))),
)
WALL_AREAS = (
    ("see_wall", Area("wall", "/wall/", Words("大屏", "Wall"))),
    ("see_wall", Area("report", "/wall/report/", Words("报表", "Report"))),
    ("see_wall", Area("planner", "/wall/planner/", Words("排班", "Planner"))),
    ("see_menu", Area("menu", "/wall/menu/", Words("菜单", "Menu"))),
    ("publish_contacts", Area("fakes", "/desk/fakes/", Words("假冒名单", "Fakes"))),
    ("publish_contacts", Area("directory", "/desk/directory/", Words("名录", "Directory"))),
    ("edit_prompts", Area("prompts", "/wall/prompts/", Words("提示音", "Prompts"))),
)


def frame(request: WallRequest, area: str) -> dict[str, Any]:
    """What every page of this door needs: where we are, where one may go, who looks."""
    employee = request.employee
    return {
        "area": area,
        "areas": [one for act, one in (*DESK_AREAS, *WALL_AREAS) if may(employee, act)],
        "signature": Words(
            f"工号 {employee.employee_number} {employee.name_zh}", f"{employee.employee_number} {employee.name_en}"
        ),
    }
