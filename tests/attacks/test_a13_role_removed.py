"""A13: a role is taken away while its page stands open; what was a right a moment ago is refused at the next request."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.factories.desk_browser import at_desk, proposed
from tests.factories.service import a_desk, balance_of, charged_twice
from tests.factories.trust import an_employee
from walletdesk.service.agent_actions.public import approve_refund, look_up, unmask
from walletdesk.service.cases.public import case, take_case
from walletdesk.trust.approvals.public import proposal
from walletdesk.trust.staff.public import EmployeeView, change_post

pytestmark = pytest.mark.django_db


def _leaves(employee: EmployeeView) -> None:
    change_post(employee.id, active=False, by="system", reason="has left")


def _loses_the_role(employee: EmployeeView) -> None:
    change_post(employee.id, role="editor", by="system", reason="writes articles now")


@pytest.mark.parametrize("what_happens", [_leaves, _loses_the_role])
def test_a13_the_open_page_of_a_checker_approves_nothing(what_happens: Callable[[EmployeeView], None]) -> None:
    story, desk = charged_twice(), a_desk()
    made = proposed(story, desk.zhou)
    checker = at_desk(desk.he)
    page = checker.get(f"/desk/approvals/{made}/").content.decode()
    seen = page.partition('name="hash" value="')[2].partition('"')[0]
    before = balance_of(story.lin)
    what_happens(desk.he)
    answer = checker.post(f"/desk/approvals/{made}/approve/", {"hash": seen})
    assert answer.headers["Location"].startswith("/sign-in/"), "the session is over"
    again = at_desk(desk.he).post(f"/desk/approvals/{made}/approve/", {"hash": seen})
    assert again.status_code in (403, 404)
    with pytest.raises(Exception, match="may_not_decide"):
        approve_refund(desk.he.id, proposal(made).id, seen)  # type: ignore[arg-type, union-attr]
    assert balance_of(story.lin) == before


@pytest.mark.parametrize("what_happens", [_leaves, _loses_the_role])
def test_a13_who_held_a_case_reads_no_more_of_it(what_happens: Callable[[EmployeeView], None]) -> None:
    story, desk = charged_twice(), a_desk()
    take_case(desk.zhou.id, story.case.id)
    look_up(desk.zhou.id, story.case.id)
    what_happens(desk.zhou)
    for act in (
        lambda: look_up(desk.zhou.id, story.case.id),
        lambda: unmask(desk.zhou.id, story.case.id, "email", "To write"),
    ):
        with pytest.raises(Exception, match="act_not_allowed"):
            act()
    assert case(story.case.id).assigned_id == desk.zhou.id, "somebody with the right hands it on"


def test_a13_an_administrator_who_lost_the_role_gives_no_rights() -> None:
    admin, zhou = an_employee("administrator", "systems"), an_employee()
    an_employee("administrator", "audit")
    browser = at_desk(admin)
    change_post(admin.id, role="agent", by="system", reason="")
    form = {"role": "administrator", "team": "systems", "active": "yes", "reason": "please"}
    assert browser.post(f"/desk/staff/{zhou.employee_number}/post/", form).headers["Location"].startswith("/sign-in/")
    assert at_desk(admin).post(f"/desk/staff/{zhou.employee_number}/post/", form).status_code == 403
