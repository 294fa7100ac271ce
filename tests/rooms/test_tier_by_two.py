"""A higher tier: two colleagues of two teams look at the papers, one after the other; one alone changes nothing."""

from __future__ import annotations

import pytest

from tests.factories.desk_browser import at_desk, hidden, text_of
from tests.factories.money import a_payer
from tests.factories.trust import an_employee, of_tier
from tests.factories.way_back import photos
from walletdesk.service.agent_actions.public import (
    accept_papers,
    acts_seen_by_customer,
    approve_tier,
    reject_tier,
    send_back_papers,
    tier_proposal,
    withdraw_tier,
)
from walletdesk.trust.approvals.public import TwoPersonRule, open_proposals
from walletdesk.trust.customers.public import CustomerView, customers
from walletdesk.trust.staff.public import ActNotAllowed, EmployeeView
from walletdesk.trust.verification.public import PapersView, hand_in_for_tier, papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin() -> CustomerView:
    made = a_payer(10, name="林晓雨")
    of_tier(made.id, 4)
    return made


@pytest.fixture
def first() -> EmployeeView:
    return an_employee("senior_agent", "checks")


@pytest.fixture
def second() -> EmployeeView:
    return an_employee("risk_officer", "safety")


def handed_in(lin: CustomerView) -> PapersView:
    return hand_in_for_tier(lin.id, "id_card", photos("front", "back"))


def tier_of(lin: CustomerView) -> int:
    return customers([lin.id])[lin.id].tier


def state_of(one: PapersView) -> str:
    found = papers(one.id)
    assert found is not None
    return found.state


def test_one_look_proposes_and_the_second_raises(lin: CustomerView, first: EmployeeView, second: EmployeeView) -> None:
    handed = handed_in(lin)
    accept_papers(first.id, handed.id)
    assert (tier_of(lin), state_of(handed)) == (4, "waiting"), "the photos stay for the second"
    made = tier_proposal(handed)
    assert made is not None
    approve_tier(second.id, made.id, made.payload_hash)
    assert (tier_of(lin), state_of(handed)) == (2, "accepted")
    seen = {(one.verb, one.agent_number) for one in acts_seen_by_customer(lin.id)}
    assert {("propose", first.employee_number), ("approve", second.employee_number)} <= seen


def test_neither_the_same_person_nor_their_team_is_the_second(lin: CustomerView, first: EmployeeView) -> None:
    handed = handed_in(lin)
    accept_papers(first.id, handed.id)
    made = tier_proposal(handed)
    assert made is not None
    for one in (first, an_employee("supervisor", "checks"), an_employee("senior_agent", user_id=lin.user_id)):
        with pytest.raises(TwoPersonRule):
            approve_tier(one.id, made.id, made.payload_hash)
    assert (tier_of(lin), state_of(handed)) == (4, "waiting")
    with pytest.raises(ActNotAllowed):
        accept_papers(an_employee("finance_officer").id, handed.id)


@pytest.mark.parametrize("how", ["the second's proposal page", "the second's papers page", "the first"])
def test_a_no_sends_the_papers_back_and_nothing_waits(
    lin: CustomerView, first: EmployeeView, second: EmployeeView, how: str
) -> None:
    handed = handed_in(lin)
    accept_papers(first.id, handed.id)
    made = tier_proposal(handed)
    assert made is not None
    if how == "the second's proposal page":
        reject_tier(second.id, made.id, "The name is another one")
    else:
        send_back_papers((first if how == "the first" else second).id, handed.id, "The name is another one")
    assert (tier_of(lin), state_of(handed), open_proposals()) == (4, "rejected", [])


def test_what_was_taken_back_can_be_looked_at_anew(
    lin: CustomerView, first: EmployeeView, second: EmployeeView
) -> None:
    handed = handed_in(lin)
    accept_papers(first.id, handed.id)
    made = tier_proposal(handed)
    assert made is not None
    withdraw_tier(first.id, made.id)
    accept_papers(second.id, handed.id)
    again = tier_proposal(handed)
    assert again is not None and again.maker_id == second.id and tier_of(lin) == 4


def test_the_pages_lead_from_the_first_to_the_second(
    lin: CustomerView, first: EmployeeView, second: EmployeeView
) -> None:
    handed = handed_in(lin)
    page = f"/desk/papers/{handed.id}/"
    assert "when a colleague of another team has looked as well" in text_of(at_desk(first).get(page))
    assert at_desk(first).post(page, {"act": "yes"}).status_code == 302
    made = tier_proposal(handed)
    assert made is not None
    theirs = at_desk(second).get(page)
    assert f"Agent {first.employee_number}" in text_of(theirs) and "They match" not in text_of(theirs)
    assert f'href="/desk/approvals/{made.id}/"' in theirs.content.decode() and "<img" in theirs.content.decode()
    slip = at_desk(second).get(f"/desk/approvals/{made.id}/")
    assert f'href="{page}"' in slip.content.decode() and "Tier proposed" in text_of(slip)
    approved = at_desk(second).post(f"/desk/approvals/{made.id}/approve/", {"hash": hidden(slip, "hash")})
    assert approved.status_code == 302 and tier_of(lin) == 2
