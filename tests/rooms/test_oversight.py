"""Watching those who help: canaries, emergency openings, the shift's count, third looks, the way back, objections."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories.desk_browser import at_desk
from tests.factories.foundation import a_moment
from tests.factories.service import a_desk, a_payer, charged_twice, everybody_hears, in_hand
from tests.factories.trust import an_employee, the_employee_again
from walletdesk.foundation.audit.public import acts_on_customer
from walletdesk.foundation.clock.public import at, uuid7
from walletdesk.foundation.identity.public import enrol_totp, strong_factors_of
from walletdesk.foundation.profiles.public import set_value
from walletdesk.service.agent_actions.public import (
    acts_seen_by_customer,
    approve_refund,
    look_up,
    look_without_case,
    propose_refund,
    reject_refund,
    unmask,
)
from walletdesk.service.cases.public import (
    open_case,
    take_case,
)
from walletdesk.service.notifications.public import notices
from walletdesk.service.oversight import errors
from walletdesk.service.oversight.public import (
    alarms,
    answer_alarm,
    approve_recovery,
    break_glass,
    canaries,
    end_glass,
    glasses,
    lift_canary,
    open_alarms,
    pair_rows,
    place_canary,
    propose_recovery,
    reject_recovery,
    third_looks,
    withdraw_recovery,
    write_third_look,
)
from walletdesk.trust.approvals.public import TwoPersonRule
from walletdesk.trust.staff.public import ActNotAllowed, change_post, make_pass, use_pass

pytestmark = pytest.mark.django_db
WHY = "The police is on the line"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def figures(**values: int) -> None:
    """Other figures from now on, so that a test need not do a thing a hundred times."""
    for key, figure in values.items():
        set_value(
            key.replace("__", "."),
            figure,
            valid_from=datetime.fromisoformat("2020-02-01T00:00:00+00:00"),
            source="test",
        )


# ---- canaries ----


def test_a_look_at_a_canary_is_told_to_everybody_who_watches() -> None:
    story, desk = charged_twice(), a_desk()
    officer, auditor = an_employee("risk_officer", "risk"), an_employee("auditor", "audit")
    place_canary(officer.id, story.lin.number, "Nobody’s business")
    take_case(desk.zhou.id, story.case.id)
    look_up(desk.zhou.id, story.case.id)
    look_up(desk.zhou.id, story.case.id)
    (alarm,) = alarms(open_only=True)
    assert (alarm.kind, alarm.about.id, alarm.case_id) == ("canary_look", desk.zhou.id, story.case.id)
    for watching in (officer, auditor, desk.he):
        assert [one.kind for one in notices("employee", watching.id)] == ["alarm"]
    assert not notices("employee", desk.zhou.id)
    assert not any("canary" in act.verb or act.verb == "alarm" for act in acts_on_customer(story.lin.id))


def test_a_canary_is_placed_by_number_and_lifted_once() -> None:
    lin, officer = a_payer(), an_employee("risk_officer", "risk")
    made = place_canary(officer.id, lin.number)
    with pytest.raises(errors.CanaryStands):
        place_canary(officer.id, lin.number)
    assert [one.customer_id for one in canaries()] == [lin.id]
    lift_canary(officer.id, made)
    assert not canaries()
    with pytest.raises(errors.CanaryNotFound):
        lift_canary(officer.id, made)
    assert place_canary(officer.id, lin.number) != made


@pytest.mark.parametrize("number", ["", "WD-0000 0000", "lin@example.com", "林小雨", "13800002046"])
def test_a_canary_needs_a_customers_number(number: str) -> None:
    a_payer()
    with pytest.raises(errors.CustomerNotFound):
        place_canary(an_employee("auditor", "audit").id, number)


def test_only_risk_and_audit_place_canaries() -> None:
    lin = a_payer()
    for role in ("agent", "supervisor", "administrator"):
        with pytest.raises(ActNotAllowed):
            place_canary(an_employee(role, f"t-{role.replace('_', '-')}").id, lin.number)


# ---- in an emergency ----


def test_an_emergency_opening_shows_money_and_no_address_for_a_quarter_of_an_hour() -> None:
    story, he = charged_twice(), an_employee("supervisor", "checks")
    moment = a_moment(20)
    with at(moment):
        opened = break_glass(he.id, story.lin.number, WHY)
        card = look_without_case(he.id, opened)
    assert card.wallets
    assert card.activity
    assert "*" in card.email
    assert card.phone == story.lin.masked_phone
    with at(moment + timedelta(minutes=14)):
        assert look_without_case(he.id, opened)
    with at(moment + timedelta(minutes=15)), pytest.raises(errors.GlassMended):
        look_without_case(he.id, opened)


def test_an_emergency_opening_is_on_every_list() -> None:
    lin, he, auditor = a_payer(), an_employee("supervisor", "checks"), an_employee("auditor", "audit")
    opened = break_glass(he.id, lin.number, WHY)
    (seen,) = acts_seen_by_customer(lin.id)
    assert (seen.verb, seen.reason, seen.agent_number) == ("break_glass", WHY, he.employee_number)
    (alarm,) = alarms()
    assert WHY in alarm.words["en"]
    assert notices("employee", auditor.id)
    assert [one.id for one in glasses()] == [opened]
    end_glass(he.id, opened)
    with pytest.raises(errors.GlassMended):
        look_without_case(he.id, opened)


def test_who_may_open_in_an_emergency_and_whose_opening_it_is() -> None:
    lin, he = a_payer(), an_employee("supervisor", "checks")
    with pytest.raises(ActNotAllowed):
        break_glass(an_employee("agent").id, lin.number, WHY)
    with pytest.raises(errors.WatchReasonMissing):
        break_glass(he.id, lin.number, " because ")
    with pytest.raises(errors.CustomerNotFound):
        break_glass(he.id, "WD-0000 0000", WHY)
    opened = break_glass(he.id, lin.number, WHY)
    other = an_employee("risk_officer", "risk")
    for wrong in (lambda: look_without_case(other.id, opened), lambda: end_glass(other.id, opened)):
        with pytest.raises(errors.GlassNotFound):
            wrong()
    change_post(he.id, role="agent", by="system", reason="")
    with pytest.raises(ActNotAllowed):
        look_without_case(he.id, opened)


# ---- how much looking is a shift's work ----


def test_the_soft_limit_is_told_once_and_the_ceiling_holds() -> None:
    figures(unmask__soft_limit=2, unmask__ceiling=3)
    story, desk = charged_twice(), a_desk()
    in_hand(story, desk.zhou)
    for _ in range(3):
        unmask(desk.zhou.id, story.case.id, "email", "To write to them")
    assert [one.kind for one in alarms()] == ["many_unmaskings"]
    with pytest.raises(errors.TooManyUnmaskings):
        unmask(desk.zhou.id, story.case.id, "phone", "To call them")
    assert sum(act.verb == "unmask" for act in acts_on_customer(story.lin.id)) == 3


def test_many_customers_in_one_shift_are_told_and_one_customer_often_is_not() -> None:
    figures(look__soft_limit=2)
    desk, first, second = a_desk(), charged_twice(), charged_twice(a_payer("王芳"))
    look_up(desk.zhou.id, first.case.id)
    look_up(desk.zhou.id, open_case("question", first.lin.id).id)
    assert not alarms()
    look_up(desk.zhou.id, second.case.id)
    (alarm,) = alarms()
    assert (alarm.kind, alarm.about.id) == ("many_looks", desk.zhou.id)


# ---- alarms are answered by somebody else ----


def test_nobody_answers_an_alarm_about_themselves() -> None:
    lin, he, other = a_payer(), an_employee("supervisor", "checks"), an_employee("supervisor", "care")
    break_glass(he.id, lin.number, WHY)
    (alarm,) = alarms(open_only=True)
    with pytest.raises(errors.AboutYourself):
        answer_alarm(he.id, alarm.id, "Fine")
    with pytest.raises(ActNotAllowed):
        answer_alarm(an_employee("auditor", "audit").id, alarm.id, "Fine")
    with pytest.raises(errors.WatchReasonMissing):
        answer_alarm(other.id, alarm.id, " ")
    answer_alarm(other.id, alarm.id, "Called back: it was the police")
    with pytest.raises(errors.AlarmAnswered):
        answer_alarm(other.id, alarm.id, "Again")
    with pytest.raises(errors.AlarmNotFound):
        answer_alarm(other.id, uuid7(), "Which?")
    assert open_alarms() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE oversight_alarm SET kind = 'many_looks'",
        "UPDATE oversight_alarm SET answered_by_id = employee_id, answered_at = now(), answer = 'fine'",
        "UPDATE oversight_brokenglass SET reason = 'another'",
        "UPDATE oversight_brokenglass SET until = until + interval '1 day'",
        "DELETE FROM oversight_alarm",
        "DELETE FROM oversight_brokenglass",
        "TRUNCATE oversight_alarm",
    ],
)
def test_what_was_noticed_stays(statement: str) -> None:
    break_glass(an_employee("supervisor", "checks").id, a_payer().number, WHY)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


# ---- pairs and third persons ----


def approved_refunds(times: int, desk: object = None) -> tuple[object, object]:
    """One maker and one checker agree ``times`` times, a fen each; another checker stands by."""
    story, desk = charged_twice(), desk or a_desk()
    in_hand(story, desk.zhou)  # type: ignore[attr-defined]
    for _ in range(times):
        made = propose_refund(desk.zhou.id, story.case.id, story.second.id, 1, "One fen")  # type: ignore[attr-defined]
        approve_refund(desk.he.id, made.id, made.payload_hash)  # type: ignore[attr-defined]
    return story, desk


def test_a_pair_that_always_agrees_is_told_and_looked_at_from_then_on() -> None:
    figures(pairs__least=3, third_look__percent=0)
    an_employee("supervisor", "others")
    _, desk = approved_refunds(4)
    everybody_hears()
    (alarm,) = alarms()
    assert (alarm.kind, alarm.about.id) == ("one_checker", desk.zhou.id)  # type: ignore[attr-defined]
    (row,) = pair_rows()
    assert (row.approved, row.why) == (4, "always")
    assert {one.why for one in third_looks()} == {"pair"}


def test_the_lot_draws_and_a_third_person_looks() -> None:
    figures(third_look__percent=100)
    _, desk = approved_refunds(1)
    everybody_hears()
    everybody_hears()
    (look,) = third_looks()
    assert look.why == "lot"
    auditor = an_employee("auditor", "audit")
    with pytest.raises(errors.AboutYourself):
        write_third_look(desk.he.id, look.id, True)  # type: ignore[attr-defined]
    with pytest.raises(ActNotAllowed):
        write_third_look(desk.zhou.id, look.id, True)  # type: ignore[attr-defined]
    with pytest.raises(errors.WatchReasonMissing):
        write_third_look(auditor.id, look.id, False)
    write_third_look(auditor.id, look.id, False, "The receipt is of another shop")
    with pytest.raises(errors.LookedAlready):
        write_third_look(auditor.id, look.id, True)
    with pytest.raises(errors.ThirdLookNotFound):
        write_third_look(auditor.id, uuid7(), True)
    (alarm,) = alarms()
    assert (alarm.kind, alarm.about.id) == ("third_look_disagrees", desk.he.id)  # type: ignore[attr-defined]
    assert not third_looks()
    assert [one.agrees for one in third_looks(open_only=False)] == [False]


def test_what_was_sent_back_is_not_looked_at() -> None:
    figures(third_look__percent=100)
    story, desk = charged_twice(), a_desk()
    in_hand(story, desk.zhou)
    reject_refund(
        desk.he.id, propose_refund(desk.zhou.id, story.case.id, story.second.id, 1, "One fen").id, "No receipt"
    )
    everybody_hears()
    assert not third_looks()


def test_an_attempt_at_the_two_person_rule_is_an_alarm() -> None:
    story, desk = charged_twice(), a_desk()
    supervisor = an_employee("supervisor", "care")
    in_hand(story, desk.zhou)
    made = propose_refund(desk.zhou.id, story.case.id, story.second.id, 1, "One fen")
    for _ in range(2):
        with pytest.raises(TwoPersonRule):
            approve_refund(supervisor.id, made.id, made.payload_hash)
    everybody_hears()
    assert [(one.kind, one.about.id) for one in alarms()] == [("two_person_tried", supervisor.id)]


# ---- the day's cap ----


def test_a_day_holds_so_much_and_no_more() -> None:
    story, desk = charged_twice(), a_desk()
    change = "UPDATE staff_employee SET refund_day_cap_minor = 1000 WHERE id = %s"
    connection.cursor().execute(change, [desk.zhou.id])
    in_hand(story, desk.zhou)
    made = propose_refund(desk.zhou.id, story.case.id, story.second.id, 600, "Part of it")
    approve_refund(desk.he.id, made.id, made.payload_hash)
    with pytest.raises(Exception, match="refund_over_day_cap"):
        propose_refund(desk.zhou.id, story.case.id, story.first.id, 401, "The other one")
    waiting = propose_refund(desk.zhou.id, story.case.id, story.first.id, 400, "The other one")
    reject_refund(desk.he.id, waiting.id, "Not this one")
    assert propose_refund(desk.zhou.id, story.case.id, story.first.id, 400, "What died counts no more")


# ---- the way back for staff ----


def two_administrators() -> tuple[object, object]:
    return an_employee("administrator", "systems"), an_employee("administrator", "audit")


def test_two_administrators_let_somebody_enrol_anew() -> None:
    one, other = two_administrators()
    zhou = an_employee()
    enrol_totp(zhou.user_id, SECRET)
    browser = at_desk(zhou)
    made = propose_recovery(one.id, zhou.id, "Lost the phone", "In person, with the badge")  # type: ignore[attr-defined]
    approve_recovery(other.id, made.id, made.payload_hash)  # type: ignore[attr-defined]
    assert not strong_factors_of(zhou.user_id)
    assert not the_employee_again(zhou).enrolled
    assert browser.get("/desk/").headers["Location"].startswith("/sign-in/"), "every session is over"
    assert {one.kind for one in notices("employee", zhou.id)} == {"staff_recovery"}
    use_pass(zhou.id, make_pass(zhou.id, other.id))  # type: ignore[attr-defined]
    assert the_employee_again(zhou).enrolled


def test_who_cannot_take_part_in_a_recovery() -> None:
    one, other = two_administrators()
    same_team, supervisor, zhou = an_employee("administrator", "systems"), an_employee("supervisor"), an_employee()
    with pytest.raises(ActNotAllowed):
        propose_recovery(supervisor.id, zhou.id, "Lost", "In person")
    with pytest.raises(errors.AboutYourself):
        propose_recovery(one.id, one.id, "Lost mine", "I know me")  # type: ignore[attr-defined]
    with pytest.raises(errors.WatchReasonMissing):
        propose_recovery(one.id, zhou.id, "Lost", " ")  # type: ignore[attr-defined]
    made = propose_recovery(one.id, zhou.id, "Lost", "In person")  # type: ignore[attr-defined]
    for checker, code in ((one, "same_person"), (same_team, "same_team"), (supervisor, "may_not_decide")):
        with pytest.raises(TwoPersonRule, match=code):
            approve_recovery(checker.id, made.id, made.payload_hash)  # type: ignore[attr-defined]
    about_other = propose_recovery(one.id, other.id, "Lost", "In person")  # type: ignore[attr-defined]
    with pytest.raises(TwoPersonRule, match="is_beneficiary"):
        approve_recovery(other.id, about_other.id, about_other.payload_hash)  # type: ignore[attr-defined]
    assert the_employee_again(zhou).enrolled


def test_a_recovery_is_sent_back_or_withdrawn_and_nothing_changes() -> None:
    one, other = two_administrators()
    zhou = an_employee()
    enrol_totp(zhou.user_id, SECRET)
    made = propose_recovery(one.id, zhou.id, "Lost", "In person")  # type: ignore[attr-defined]
    assert reject_recovery(other.id, made.id, "Not seen in person").state == "rejected"  # type: ignore[attr-defined]
    again = propose_recovery(one.id, zhou.id, "Lost", "In person")  # type: ignore[attr-defined]
    assert withdraw_recovery(one.id, again.id).state == "withdrawn"  # type: ignore[attr-defined]
    assert strong_factors_of(zhou.user_id) == {"totp"}
    story, desk = charged_twice(), a_desk()
    in_hand(story, desk.zhou)
    refund = propose_refund(desk.zhou.id, story.case.id, story.second.id, 1, "One fen")
    with pytest.raises(errors.RecoveryNotFound):
        approve_recovery(other.id, refund.id, refund.payload_hash)  # type: ignore[attr-defined]
