"""Posts and oversight when two things happen at once: real threads, real commits."""

from __future__ import annotations

from tests.databases import FreshDatabase
from tests.factories.service import a_desk, charged_twice, in_hand
from tests.factories.trust import an_employee
from walletdesk.service.agent_actions.public import acts_seen_by_customer, look_up, propose_refund
from walletdesk.service.cases.public import take_case
from walletdesk.service.oversight.public import object_to_act
from walletdesk.trust.staff import errors
from walletdesk.trust.staff.public import change_post


def test_the_last_two_administrators_cannot_leave_at_the_same_moment(fresh_database: FreshDatabase) -> None:
    one, other = an_employee("administrator", "systems"), an_employee("administrator", "audit")
    answers = fresh_database.at_once(
        lambda: change_post(one.id, active=False, by="system", reason=""),
        lambda: change_post(other.id, active=False, by="system", reason=""),
    )
    assert sum(isinstance(answer, errors.LastAdministrator) for answer in answers) == 1, answers


def test_two_proposals_at_one_moment_do_not_share_one_room(fresh_database: FreshDatabase) -> None:
    story, desk = charged_twice(), a_desk()
    fresh_database.as_owner("UPDATE staff_employee SET refund_day_cap_minor = 1000")
    in_hand(story, desk.zhou)
    answers = fresh_database.at_once(
        *(
            lambda payment=payment: propose_refund(desk.zhou.id, story.case.id, payment.id, 600, "Part")  # type: ignore[misc]
            for payment in (story.first, story.second)
        )
    )
    assert sorted(type(one).__name__ for one in answers) == ["OverDayCap", "ProposalView"], answers


def test_two_taps_open_one_case(fresh_database: FreshDatabase) -> None:
    story, desk = charged_twice(), a_desk()
    take_case(desk.zhou.id, story.case.id)
    look_up(desk.zhou.id, story.case.id)
    number = acts_seen_by_customer(story.lin.id)[0].number
    answers = fresh_database.at_once(lambda: object_to_act(story.lin.id, number, "Why?"), times=6)
    assert len({one.id for one in answers}) == 1, answers
