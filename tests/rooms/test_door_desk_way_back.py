"""The desk and a locked-out customer: what the agent sees, may press, and never gets to see; papers by a second agent."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories.desk_browser import at_desk, text_of
from tests.factories.trust import an_employee
from tests.factories.way_back import a_case_of, a_locked_out_customer, a_photo, begun, only_mail, photos, proves
from walletdesk.foundation.audit.public import acts_of_case
from walletdesk.service.cases.public import CaseView, assign
from walletdesk.service.notifications.models import Message
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.staff.public import EmployeeView
from walletdesk.trust.verification.public import (
    RecoveryView,
    hand_in_for_tier,
    hand_in_to_unlock,
    papers,
    sheet_of_case,
    sign_in_lock,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent() -> EmployeeView:
    return an_employee(number="1024")


@pytest.fixture
def reviewer() -> EmployeeView:
    return an_employee("senior_agent", "review", number="0387", name_zh="宋知行", name_en="Song Zhixing")


@pytest.fixture
def lin() -> CustomerView:
    return a_locked_out_customer()


def sheet_of(case: CaseView, part: str = "") -> str:
    return f"/desk/cases/{case.reference}/way-back/{part}"


def story(lin: CustomerView, agent: EmployeeView, *kinds: str) -> tuple[RecoveryView, CaseView, Client]:
    way = proves(begun(lin), *kinds)
    return way, a_case_of(way, agent), at_desk(agent)


def test_no_button_before_two_proofs_and_a_code_that_only_the_customer_sees(
    lin: CustomerView, agent: EmployeeView
) -> None:
    way, case, desk = story(lin, agent, "email")
    early = desk.get(sheet_of(case))
    assert "The reset cannot be started yet" in text_of(early)
    assert "Start the reset" not in text_of(early)
    assert desk.post(sheet_of(case, "reset/"), {"channel": "email"}).status_code == 409
    proves(way, "sms")
    assert "Start the reset" in text_of(desk.get(sheet_of(case)))
    assert desk.post(sheet_of(case, "reset/"), {"channel": "email"}).status_code == 302
    after = desk.get(sheet_of(case))
    assert "only the customer sees it" in text_of(after)
    line = Message.objects.get(kind="code:reset")
    assert line.address == lin.email
    assert [act.verb for act in acts_of_case(case.id)].count("start_reset") == 1


def test_the_sheets_parts_alone_and_what_they_say_when_the_case_is_no_longer_theirs(
    lin: CustomerView, agent: EmployeeView
) -> None:
    way, case, desk = story(lin, agent, "email")
    by_itself = {"HX-Request": "true"}
    early = desk.get(sheet_of(case), headers=by_itself)
    assert early.status_code == 200 and "<html" not in early.content.decode()
    assert "The reset cannot be started yet" in text_of(early)
    proves(way, "sms")
    assert "The reset can be started now" in text_of(desk.get(sheet_of(case), headers=by_itself))
    assign(agent.id, case.id, an_employee(number="1025").id)
    over = desk.get(sheet_of(case), headers=by_itself)
    assert over.status_code == 200
    assert "case_not_in_hand" in text_of(over) and "Start the reset" not in text_of(over)


def test_the_case_leads_to_the_way_back(lin: CustomerView, agent: EmployeeView) -> None:
    _, case, desk = story(lin, agent, "email")
    page = desk.get(f"/desk/cases/{case.reference}/")
    assert "Locked out of the account" in text_of(page)
    assert sheet_of(case) in page.content.decode()


def test_another_agents_case_is_not_worked_on(lin: CustomerView, agent: EmployeeView) -> None:
    _, case, _ = story(lin, agent, "email", "sms")
    other = at_desk(an_employee())
    assert "Start the reset" not in text_of(other.get(sheet_of(case)))
    assert other.post(sheet_of(case, "reset/"), {"channel": "email"}).status_code == 409
    assert not Message.objects.filter(kind="code:reset").exists()


def test_three_questions_once_a_day_and_no_proof(lin: CustomerView, agent: EmployeeView) -> None:
    _, case, desk = story(lin, agent, "email")
    desk.post(sheet_of(case, "questions/"))
    page = desk.get(sheet_of(case)).content.decode()
    assert page.count('name="q0"') == 5
    sheet = sheet_of_case(case.id)
    assert sheet is not None
    answers = {f"q{number}": str(one["right"]) for number, one in enumerate(sheet.questions)}
    desk.post(sheet_of(case, "questions/"), answers)
    said = text_of(desk.get(sheet_of(case)))
    assert "3 of three were right" in said
    assert "The reset cannot be started yet" in said
    assert desk.post(sheet_of(case, "questions/")).status_code == 409


def test_an_agent_locks_an_account_in_danger(lin: CustomerView, agent: EmployeeView) -> None:
    _, case, desk = story(lin, agent, "email")
    assert desk.post(sheet_of(case, "lock/"), {"reason": ""}).status_code == 422
    desk.post(sheet_of(case, "lock/"), {"reason": "The caller does not know who they are"})
    assert sign_in_lock(lin.user_id).reason == "staff"  # type: ignore[union-attr]
    assert "Our desk locked it" in text_of(desk.get(sheet_of(case)))


def test_papers_are_seen_by_the_second_agent_alone(
    lin: CustomerView, agent: EmployeeView, reviewer: EmployeeView
) -> None:
    senior = an_employee("senior_agent")
    way = proves(begun(only_mail(lin)), "email")
    case = a_case_of(way, senior)
    handed = hand_in_to_unlock(way.id, "passport", photos("front", "face"))
    here = f"/desk/papers/{handed.id}/"
    assert at_desk(agent).get(here).status_code == 403, "agents do not judge papers"
    with_case = at_desk(senior)
    assert "does not see the photos" in text_of(with_case.get(here))
    assert with_case.get(f"{here}front/").status_code == 404
    assert with_case.post(here, {"act": "yes"}).status_code == 403
    second = at_desk(reviewer)
    assert second.get("/desk/papers/").url == here  # type: ignore[attr-defined]
    assert "They match: accept" in text_of(second.get(here))
    picture: Any = second.get(f"{here}front/")
    assert (picture.status_code, picture.content) == (200, a_photo())
    assert "no-store" in picture.headers["Cache-Control"]
    assert "see_papers" in [act.verb for act in acts_of_case(case.id)]
    second.post(here, {"act": "yes"})
    assert papers(handed.id).state == "accepted"  # type: ignore[union-attr]
    assert second.get(f"{here}front/").status_code == 404, "looked at once"
    assert "Start the reset" in text_of(with_case.get(sheet_of(case)))


def test_papers_sent_back_say_what_to_do(lin: CustomerView, reviewer: EmployeeView) -> None:
    handed = hand_in_for_tier(lin.id, "id_card", photos("front", "back"))
    desk, here = at_desk(reviewer), f"/desk/papers/{handed.id}/"
    assert desk.post(here, {"act": "no", "reason": " "}).status_code == 422
    desk.post(here, {"act": "no", "reason": "The back is cut off"})
    page = text_of(desk.get(here))
    assert "The back is cut off" in page
    assert "no longer shown once judged" in page
    assert "Nothing waits for you" in text_of(desk.get("/desk/papers/"))
