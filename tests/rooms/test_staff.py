"""The people at the desk: employed, found, moved; what they may counts from the next request on."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests.factories.foundation import a_user
from tests.factories.trust import an_employee, the_employee_again
from walletdesk.foundation.clock.public import uuid7
from walletdesk.foundation.profiles.public import value
from walletdesk.trust.staff import errors
from walletdesk.trust.staff.public import (
    change_post,
    employ,
    employee_by_number,
    employee_of_user,
    employees,
    insist,
    may,
    open_team,
    staff_list,
)

pytestmark = pytest.mark.django_db


def test_an_agent_has_a_name_and_a_number_that_customers_read() -> None:
    zhou = an_employee(number="1024", name_zh="周岚", name_en="Zhou Lan")
    assert zhou.label.both() == {"zh-hans": "工号 1024 周岚", "en": "Agent 1024, Zhou Lan"}
    assert employee_by_number("1024") == employee_of_user(zhou.user_id) == zhou
    assert employees([zhou.id, uuid7()]) == {zhou.id: zhou}
    assert employee_by_number("0000") is None


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"number": "12a", "name_en": "", "role": "boss", "cap": -1, "team": "none"}, errors.EmployeeNumberNotUsable),
        ({"name_en": " ", "role": "boss", "cap": -1, "team": "none"}, errors.StaffNameNotUsable),
        ({"role": "boss", "cap": -1, "team": "none"}, errors.RoleUnknown),
        ({"cap": -1, "team": "none"}, errors.CapNotUsable),
        ({"team": "none"}, errors.TeamUnknown),
        ({}, errors.EmployeeNumberTaken),
        ({"number": "1025"}, errors.AlreadyEmployed),
    ],
)
def test_refusals_in_the_order_they_are_tried(change: dict[str, object], refusal: type[Exception]) -> None:
    zhou = an_employee(number="1024", team="care")
    asked = {"number": "1024", "name_en": "Zhou Lan", "role": "agent", "cap": None, "team": "care"} | change
    with pytest.raises(refusal):
        employ(
            zhou.user_id,
            asked["number"],  # type: ignore[arg-type]
            "周岚",
            asked["name_en"],  # type: ignore[arg-type]
            asked["team"],  # type: ignore[arg-type]
            asked["role"],  # type: ignore[arg-type]
            refund_cap_minor=asked["cap"],  # type: ignore[arg-type]
        )


def test_the_cap_is_their_own_or_the_profiles() -> None:
    assert an_employee(refund_cap_minor=2_000).refund_cap_minor == 2_000
    assert an_employee(refund_cap_minor=0).refund_cap_minor == 0
    assert an_employee().refund_cap_minor == value("refund.agent_cap_minor")


def test_a_role_that_is_taken_away_is_gone_at_the_next_request() -> None:
    he = an_employee("supervisor")
    assert may(he, "decide_refund")
    change_post(he.id, role="editor", by="employee:admin", reason="moves to the articles")
    assert not may(the_employee_again(he), "decide_refund")
    with pytest.raises(errors.ActNotAllowed):
        insist(the_employee_again(he), "decide_refund")


def test_who_has_left_may_nothing_and_stays_on_record() -> None:
    he = an_employee("supervisor")
    change_post(he.id, active=False, by="system", reason="has left")
    gone = the_employee_again(he)
    assert not gone.active
    assert not may(gone, "work_cases")
    assert gone not in staff_list()
    assert gone in staff_list(active_only=False)


def test_nobody_may_nothing() -> None:
    assert not may(None, "work_cases")
    with pytest.raises(errors.ActNotAllowed):
        insist(None, "work_cases")
    assert insist(an_employee(), "work_cases")


@pytest.mark.parametrize(
    ("role", "team", "refusal"), [("boss", "none", errors.RoleUnknown), ("editor", "none", errors.TeamUnknown)]
)
def test_refusals_of_a_change(role: str, team: str, refusal: type[Exception]) -> None:
    with pytest.raises(errors.EmployeeNotFound):
        change_post(uuid7(), role=role, by="system", reason="")
    with pytest.raises(refusal):
        change_post(an_employee().id, role=role, team=team, by="system", reason="")


def test_a_team_is_opened_once() -> None:
    first = open_team("risk", "风控组", "Risk")
    again = open_team("risk", "风险组", "Risk team")
    assert first.id == again.id
    assert again.name.both() == {"zh-hans": "风险组", "en": "Risk team"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE staff_employee SET employee_number = '9999'",
        "UPDATE staff_employee SET user_id = gen_random_uuid()",
        "UPDATE staff_employee SET role = 'boss'",
        "DELETE FROM staff_employee",
        "DELETE FROM staff_team",
    ],
)
def test_the_database_keeps_who_somebody_is(statement: str) -> None:
    an_employee()
    a_user()
    with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
