"""Posts: who changes whose, what a day may hold, when somebody is here, and the one way to the desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.desk_browser import at_desk
from tests.factories.foundation import a_moment
from tests.factories.trust import an_employee, the_employee_again
from walletdesk.foundation.audit.public import acts_on_subject
from walletdesk.foundation.clock.public import at, uuid7
from walletdesk.foundation.profiles.public import value
from walletdesk.trust.staff import errors
from walletdesk.trust.staff.public import (
    ActNotAllowed,
    cancel_shift,
    change_post,
    close_way_in,
    day_began,
    make_pass,
    open_pass_until,
    open_team,
    plan_shift,
    set_caps,
    shifts_between,
    use_pass,
    work_began,
)

pytestmark = pytest.mark.django_db


# ---- who changes whose ----


def test_nobody_changes_their_own_post_or_caps() -> None:
    admin = an_employee("administrator", "systems")
    with pytest.raises(errors.OwnPost):
        change_post(admin.id, role="supervisor", by=f"employee:{admin.id}", reason="I would like to")
    with pytest.raises(errors.OwnPost):
        set_caps(admin.id, None, 10**9, by=f"employee:{admin.id}", reason="I would like to")


def test_a_colleagues_change_needs_a_reason_and_is_on_record() -> None:
    admin, zhou = an_employee("administrator", "systems"), an_employee()
    by = f"employee:{admin.id}"
    with pytest.raises(errors.PostReasonMissing):
        change_post(zhou.id, role="senior_agent", by=by, reason=" ")
    change_post(zhou.id, role="senior_agent", by=by, reason="Passed the test")
    (act,) = [one for one in acts_on_subject(f"employee:{zhou.id}") if one.verb == "change_post"]
    assert (act.actor, act.reason) == (by, "Passed the test")
    assert (act.detail["before"]["role"], act.detail["after"]["role"]) == ("agent", "senior_agent")


def test_the_last_administrator_stays() -> None:
    one, other = an_employee("administrator", "systems"), an_employee("administrator", "audit")
    change_post(other.id, active=False, by=f"employee:{one.id}", reason="has left")
    for change in ({"active": False}, {"role": "agent"}):
        with pytest.raises(errors.LastAdministrator):
            change_post(one.id, by="system", reason="", **change)  # type: ignore[arg-type]


def test_another_role_ends_every_session() -> None:
    zhou = an_employee("supervisor")
    browser = at_desk(zhou)
    assert browser.get("/desk/").status_code == 200
    change_post(zhou.id, role="agent", by="system", reason="")
    assert browser.get("/desk/").headers["Location"].startswith("/sign-in/")


def test_a_change_of_nothing_ends_no_session() -> None:
    zhou = an_employee("supervisor")
    browser = at_desk(zhou)
    change_post(zhou.id, role="supervisor", by="system", reason="")
    assert browser.get("/desk/").status_code == 200


def test_caps_of_their_own_or_the_houses() -> None:
    zhou = an_employee()
    assert zhou.refund_day_cap_minor == value("refund.agent_day_cap_minor")
    assert set_caps(zhou.id, 1_000, 5_000, by="system", reason="new here").refund_day_cap_minor == 5_000
    assert set_caps(zhou.id, None, None, by="system", reason="learned").refund_cap_minor == value(
        "refund.agent_cap_minor"
    )
    for refusal, change in (
        (errors.PostReasonMissing, {"reason": ""}),
        (errors.CapNotUsable, {"refund_cap_minor": -1}),
        (errors.EmployeeNotFound, {"employee_id": uuid7()}),
    ):
        asked = {"employee_id": zhou.id, "refund_cap_minor": 1, "refund_day_cap_minor": 1, "reason": "x"} | change
        with pytest.raises(refusal):
            set_caps(**asked, by="system")  # type: ignore[arg-type]


@pytest.mark.parametrize("code", ["", "Care", "-care", "a b", "a" * 41, "café"])
def test_a_team_needs_a_code_that_can_be_typed(code: str) -> None:
    with pytest.raises(errors.TeamNotUsable):
        open_team(code, "组", "Team")


# ---- shifts ----


def test_a_shift_is_planned_and_cancelled_once() -> None:
    zhou, start = an_employee(), a_moment(4, 1)
    made = plan_shift(zhou.id, start, start + timedelta(hours=8), by="system")
    assert shifts_between(start, start + timedelta(days=1)) == [made]
    assert cancel_shift(made.id, by="system").cancelled
    assert cancel_shift(made.id, by="system").cancelled
    assert not shifts_between(start, start + timedelta(days=1), zhou.id)
    assert plan_shift(zhou.id, start, start + timedelta(hours=8), by="system"), "the hours are free again"


@pytest.mark.parametrize(
    ("from_hour", "hours", "refusal"),
    [
        (9, 0, errors.ShiftNotUsable),
        (9, -1, errors.ShiftNotUsable),
        (9, 17, errors.ShiftNotUsable),
        (12, 8, errors.ShiftOverlaps),
    ],
)
def test_shifts_that_cannot_be(from_hour: int, hours: int, refusal: type[Exception]) -> None:
    zhou = an_employee()
    plan_shift(zhou.id, a_moment(4, 8), a_moment(4, 16), by="system")
    start = a_moment(4, from_hour)
    with pytest.raises(refusal):
        plan_shift(zhou.id, start, start + timedelta(hours=hours), by="system")


def test_one_shift_may_begin_when_another_ends_and_others_have_their_own() -> None:
    zhou, he = an_employee(), an_employee()
    plan_shift(zhou.id, a_moment(4, 8), a_moment(4, 16), by="system")
    assert plan_shift(zhou.id, a_moment(4, 16), a_moment(4, 20), by="system")
    assert plan_shift(he.id, a_moment(4, 8), a_moment(4, 16), by="system")


def test_who_has_left_is_planned_for_nothing() -> None:
    zhou = an_employee()
    change_post(zhou.id, active=False, by="system", reason="")
    with pytest.raises(errors.EmployeeNotFound):
        plan_shift(zhou.id, a_moment(4, 8), a_moment(4, 16), by="system")
    with pytest.raises(errors.ShiftNotFound):
        cancel_shift(uuid7(), by="system")


def test_work_is_counted_from_the_shift_or_from_the_operators_midnight() -> None:
    zhou = an_employee()
    plan_shift(zhou.id, datetime(2026, 5, 4, 14, tzinfo=UTC), datetime(2026, 5, 4, 22, tzinfo=UTC), by="system")
    inside, outside = datetime(2026, 5, 4, 20, tzinfo=UTC), datetime(2026, 5, 4, 23, tzinfo=UTC)
    assert work_began(zhou.id, inside) == datetime(2026, 5, 4, 14, tzinfo=UTC), "a night shift is one shift"
    assert work_began(zhou.id, outside) == day_began(outside) == datetime(2026, 5, 4, 16, tzinfo=UTC)


# ---- the pass ----


def test_a_pass_opens_the_desk_once() -> None:
    admin, zhou = an_employee("administrator", "systems"), an_employee(enrolled=False)
    code = make_pass(zhou.id, admin.id)
    assert not zhou.enrolled
    use_pass(zhou.id, code.lower().replace("-", " "))
    assert the_employee_again(zhou).enrolled
    with pytest.raises(errors.PassNotUsable):
        use_pass(zhou.id, code)


def test_who_may_hand_over_a_pass_to_whom() -> None:
    admin, zhou, new = an_employee("administrator", "systems"), an_employee("supervisor"), an_employee(enrolled=False)
    for by, whom, refusal in (
        (zhou, new, ActNotAllowed),
        (admin, admin, errors.OwnPost),
        (admin, zhou, errors.FactorsStand),
    ):
        with pytest.raises(refusal):
            make_pass(whom.id, by.id)
    with pytest.raises(errors.EmployeeNotFound):
        make_pass(uuid7(), admin.id)


def test_a_newer_pass_ends_the_older_one_and_time_ends_both() -> None:
    admin, zhou = an_employee("administrator", "systems"), an_employee(enrolled=False)
    with at(a_moment()):
        old, new = make_pass(zhou.id, admin.id), make_pass(zhou.id, admin.id)
        with pytest.raises(errors.PassNotUsable):
            use_pass(zhou.id, old)
        assert open_pass_until(zhou.id) == a_moment(2)
    with at(a_moment(2)), pytest.raises(errors.PassNotUsable):
        use_pass(zhou.id, new)


def test_five_wrong_tries_end_a_pass() -> None:
    admin, zhou = an_employee("administrator", "systems"), an_employee(enrolled=False)
    code = make_pass(zhou.id, admin.id)
    for _ in range(5):
        with pytest.raises(errors.PassNotUsable):
            use_pass(zhou.id, "WRONG")
    with pytest.raises(errors.PassNotUsable):
        use_pass(zhou.id, code)


def test_anothers_pass_opens_nothing() -> None:
    admin, zhou, he = an_employee("administrator", "systems"), an_employee(enrolled=False), an_employee(enrolled=False)
    code = make_pass(he.id, admin.id)
    with pytest.raises(errors.PassNotUsable):
        use_pass(zhou.id, code)


def test_the_database_lets_nobody_in_without_a_pass_and_keeps_passes() -> None:
    admin, zhou = an_employee("administrator", "systems"), an_employee(enrolled=False)
    make_pass(zhou.id, admin.id)
    for statement in (
        f"UPDATE staff_employee SET enrolled_at = now() WHERE id = '{zhou.id}'",
        "UPDATE staff_enrolmentpass SET code_hash = repeat('0', 64)",
        "UPDATE staff_enrolmentpass SET made_by_id = employee_id",
        "DELETE FROM staff_enrolmentpass",
    ):
        with pytest.raises(Exception, match=r"pass|permission|lets_oneself"), transaction.atomic():
            connection.cursor().execute(statement)
    close_way_in(zhou.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute("UPDATE staff_enrolmentpass SET ended_at = NULL")
