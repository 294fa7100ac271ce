"""Cases: one record of a matter, from its opening to the rating."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories.service import a_desk, a_payer, a_payment, a_shop, charged_twice, everybody_hears, in_hand
from walletdesk.foundation.clock.public import at, now
from walletdesk.service.cases.models import Case, Promise, TimelineEvent
from walletdesk.service.cases.public import (
    CaseEventRefused,
    CaseKindUnknown,
    CaseNotFound,
    CaseTaken,
    OpenedElsewhere,
    RatedAlready,
    RatingRefused,
    ReasonMissing,
    ask_confirmation,
    assign,
    break_due_promises,
    case,
    case_by_reference,
    cases_of_customer,
    cases_of_merchant,
    close_case,
    close_unconfirmed,
    confirm_solved,
    device_block,
    keep_promise,
    not_solved,
    open_case,
    queue,
    queue_counts,
    rate,
    reopen,
    search_cases,
    take_case,
    timeline,
    wait_for,
)
from walletdesk.service.notifications.public import notices
from walletdesk.trust.staff.public import ActNotAllowed

pytestmark = pytest.mark.django_db


def told(case_id: object) -> list[str]:
    return [line.kind for line in timeline(case_id, "staff")]  # type: ignore[arg-type]


def test_a_case_has_at_once_a_reference_a_promise_and_a_first_line() -> None:
    story = charged_twice()
    opened = story.case
    assert re.fullmatch(r"WD-\d{6}-\d{4}", opened.reference)
    assert opened.title == {"zh-hans": "青禾面包扣了两次", "en": "Charged twice, Qinghe Bakery"}
    assert opened.payment_ids == (story.first.id, story.second.id)
    assert opened.merchant_id == story.bakery.id
    assert opened.promise is not None
    assert opened.promise.due_at - opened.created_at == timedelta(seconds=7200)
    assert opened.promise.standing == "running"
    assert told(opened.id) == ["opened"]
    assert case_by_reference(opened.reference.lower()).id == opened.id
    assert [one.id for one in cases_of_merchant(story.bakery.id)] == [opened.id]


def test_references_count_the_days_cases_in_shanghai() -> None:
    lin = a_payer()
    evening = datetime.fromisoformat("2026-05-19T23:50:00+08:00")
    with at(evening):
        numbers = [open_case("question", lin.id).reference for _ in range(2)]
    with at(evening + timedelta(minutes=20)):
        numbers.append(open_case("question", lin.id).reference)
    assert numbers == ["WD-260519-0001", "WD-260519-0002", "WD-260520-0001"]


def test_the_second_opening_of_one_matter_answers_the_first() -> None:
    story = charged_twice()
    again = open_case("duplicate_charge", story.lin.id, [story.second.id])
    assert again.id == story.case.id
    assert open_case("refund_request", story.lin.id, [story.second.id]).id != story.case.id, (
        "another kind, another case"
    )


def test_a_further_payment_joins_the_case_that_is_open() -> None:
    story = charged_twice()
    third = a_payment(story.lin, story.bakery)
    joined = open_case("duplicate_charge", story.lin.id, [story.second.id, third.id])
    assert joined.id == story.case.id
    assert joined.payment_ids == (story.first.id, story.second.id, third.id)
    assert told(joined.id) == ["opened", "payment_joined"]


def test_a_closed_matter_can_be_opened_anew_and_then_the_old_case_stays_closed() -> None:
    story = charged_twice()
    confirm_solved(story.lin.id, story.case.id)
    fresh = open_case("duplicate_charge", story.lin.id, [story.first.id])
    assert fresh.id != story.case.id
    with pytest.raises(OpenedElsewhere) as refused:
        reopen(story.case.id, customer_id=story.lin.id)
    assert refused.value.fields["reference"] == fresh.reference


def test_the_database_itself_keeps_one_open_case_per_payment_and_kind() -> None:
    story = charged_twice()
    twin = Case.objects.create(
        kind="duplicate_charge", title={}, customer_id=story.lin.id, opened_by="customer", language="en", queue_at=now()
    )
    with pytest.raises(DatabaseError, match="one_open_case_per_payment"), transaction.atomic():
        twin.case_payments.create(payment_id=story.first.id, case_kind="whatever the application says")


def test_what_cannot_be_opened() -> None:
    story, stranger = charged_twice(), a_payer("王明")
    with pytest.raises(CaseKindUnknown):
        open_case("dog_ate_it", story.lin.id)
    with pytest.raises(CaseNotFound):
        open_case("not_mine", stranger.id, [story.first.id])
    assert not cases_of_customer(stranger.id)


def test_the_device_stays_on_the_case_as_it_was_said() -> None:
    lin = a_payer()
    block = device_block("Mozilla/5.0 (Linux; Android 13; Redmi Note 12) Chrome/120.0.0.0 Mobile Safari/537.36")
    assert open_case("question", lin.id, device=block).device["brand"] == "Xiaomi"


def test_an_agent_takes_a_case_and_a_colleague_cannot() -> None:
    story, desk = charged_twice(), a_desk()
    assert take_case(desk.zhou.id, story.case.id).assigned_id == desk.zhou.id
    take_case(desk.zhou.id, story.case.id)
    assert told(story.case.id) == ["opened", "taken"], "taking one's own again changes nothing"
    with pytest.raises(CaseTaken) as refused:
        take_case(desk.he.id, story.case.id)
    assert refused.value.fields["number"] == "1024"


def test_a_supervisor_hands_a_case_on_and_an_agent_only_his_own() -> None:
    story, desk = charged_twice(), a_desk()
    with pytest.raises(ActNotAllowed):
        assign(desk.zhou.id, story.case.id, desk.zhou.id)
    assert assign(desk.he.id, story.case.id, desk.zhou.id).assigned_id == desk.zhou.id
    assert assign(desk.zhou.id, story.case.id, desk.he.id).assigned_id == desk.he.id


def test_the_promise_is_kept_in_time_or_said_to_be_late() -> None:
    story = charged_twice()
    with at(story.case.created_at + timedelta(minutes=98)):
        keep_promise(story.case.id)
    kept = story.now().promise
    assert kept is not None
    assert (kept.standing, kept.minutes_early) == ("kept", 22)

    late = charged_twice()
    with at(late.case.created_at + timedelta(minutes=123)):
        keep_promise(late.case.id)
        promise = late.now().promise
    assert promise is not None
    assert (promise.standing, promise.minutes_early) == ("broken", -3)
    assert promise.broken_at == promise.due_at


def test_a_promise_that_nobody_keeps_is_broken_openly_and_once() -> None:
    story = charged_twice()
    with at(story.case.created_at + timedelta(hours=3)):
        assert break_due_promises() == 1
        assert break_due_promises() == 0
    promise = Promise.objects.get(case_id=story.case.id)
    assert promise.broken_at == promise.due_at
    assert told(story.case.id) == ["opened", "promise_broken"]
    assert [one.kind for one in notices("customer", story.lin.id)] == ["promise_broken"]


def test_no_pause_and_no_closing_stops_the_clock() -> None:
    story, desk = charged_twice(), a_desk()
    take_case(desk.he.id, story.case.id)
    wait_for(story.case.id, "other")
    close_case(desk.he.id, story.case.id, "客户改天再说")
    with at(story.case.created_at + timedelta(hours=3)):
        assert break_due_promises() == 1, "closing the case did not save the promise"
        again = reopen(story.case.id, customer_id=story.lin.id)
    assert [promise.due_at for promise in again.promises] == [story.case.promises[0].due_at], (
        "the old promise is owed still"
    )
    assert again.promises[0].broken_at is not None


def test_reopening_promises_anew_when_the_old_promise_was_kept() -> None:
    story = charged_twice()
    keep_promise(story.case.id)
    confirm_solved(story.lin.id, story.case.id)
    moment = story.case.created_at + timedelta(hours=1)
    with at(moment):
        again = reopen(story.case.id, customer_id=story.lin.id)
        assert [promise.standing for promise in again.promises] == ["kept", "running"]
        assert again.promise is not None
        assert again.promise.due_at == moment + timedelta(hours=2)


@pytest.mark.parametrize(
    "change", ["due_at = due_at + interval '1 day'", "made_at = made_at - interval '1 day'", "kept_at = NULL"]
)
def test_the_database_lets_nobody_move_a_promise(change: str) -> None:
    story = charged_twice()
    keep_promise(story.case.id)
    with pytest.raises(DatabaseError, match="promise does not change"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE cases_promise SET {change} WHERE case_id = %s", [story.case.id])


def test_the_customer_confirms_and_both_sides_read_the_same_summary() -> None:
    story, desk = charged_twice(), a_desk()
    in_hand(story, desk.zhou)
    everybody_hears()
    keep_promise(story.case.id)
    ask_confirmation(story.case.id)
    closed = confirm_solved(story.lin.id, story.case.id)
    assert (closed.state, closed.closings) == ("closed", 1)
    assert closed.summary is not None
    assert "工号 1024 周岚处理" in closed.summary["text"]["zh-hans"]
    assert "kept, 119 minutes early" in closed.summary["text"]["en"]
    assert closed.summary["text"]["en"].endswith("You confirmed it.")
    assert timeline(closed.id)[-1].detail["summary"] == closed.summary, "the timeline keeps it for ever"


def test_the_customers_own_word_fulfils_what_was_promised() -> None:
    story = charged_twice()
    closed = confirm_solved(story.lin.id, story.case.id)
    assert [promise.standing for promise in closed.promises] == ["kept"]


def test_silence_closes_the_case_after_seven_days_and_no_minute_earlier() -> None:
    story = charged_twice()
    ask_confirmation(story.case.id)
    assert story.now().state == "resolved"
    with at(now() + timedelta(days=6, hours=23)):
        assert close_unconfirmed() == 0
    with at(now() + timedelta(days=7, minutes=1)):
        assert close_unconfirmed() == 1
        assert close_unconfirmed() == 0
    assert story.now().summary["closed_by"] == "time"  # type: ignore[index]


def test_not_yet_puts_the_case_back_into_hand_with_a_new_promise() -> None:
    story = charged_twice()
    keep_promise(story.case.id)
    ask_confirmation(story.case.id)
    again = not_solved(story.lin.id, story.case.id)
    assert (again.state, again.confirm_by) == ("open", None)
    assert [promise.standing for promise in again.promises] == ["kept", "running"]


def test_a_closed_case_refuses_by_name_what_it_cannot_do() -> None:
    story = charged_twice()
    confirm_solved(story.lin.id, story.case.id)
    for verb in (confirm_solved, not_solved):
        with pytest.raises(CaseEventRefused) as refused:
            verb(story.lin.id, story.case.id)
        assert refused.value.fields["state"] == "closed"
    with pytest.raises(CaseEventRefused, match="event=confirmation_asked"):
        ask_confirmation(story.case.id)


def test_an_agent_closes_only_with_a_reason() -> None:
    story, desk = charged_twice(), a_desk()
    with pytest.raises(ReasonMissing):
        close_case(desk.zhou.id, story.case.id, "  ")
    assert close_case(desk.zhou.id, story.case.id, "客户重复来信").state == "closed"


def test_one_rating_for_each_closing() -> None:
    story = charged_twice()
    with pytest.raises(CaseEventRefused):
        rate(story.lin.id, story.case.id, 5)
    confirm_solved(story.lin.id, story.case.id)
    for stars in (0, 6, -1):
        with pytest.raises(RatingRefused):
            rate(story.lin.id, story.case.id, stars)
    assert rate(story.lin.id, story.case.id, 4, "很快").rated == 4
    with pytest.raises(RatedAlready):
        rate(story.lin.id, story.case.id, 1)
    reopen(story.case.id, customer_id=story.lin.id)
    confirm_solved(story.lin.id, story.case.id)
    assert rate(story.lin.id, story.case.id, 2, "又来了").rated == 2


def test_the_timeline_can_only_grow() -> None:
    story = charged_twice()
    for statement in (
        "UPDATE cases_timelineevent SET words = '{}'",
        "DELETE FROM cases_timelineevent",
        "TRUNCATE cases_timelineevent",
    ):
        with pytest.raises(DatabaseError, match=r"append-only|permission denied"), transaction.atomic():
            TimelineEvent.objects.first()
            connection.cursor().execute(statement)
    assert told(story.case.id) == ["opened"]


def test_a_reference_never_changes() -> None:
    story = charged_twice()
    with pytest.raises(DatabaseError, match="keeps its reference"):
        Case.objects.filter(id=story.case.id).update(reference="WD-000000-0001")


def test_the_queue_goes_by_promise_and_counts_its_headings() -> None:
    desk, lin, bakery = a_desk(), a_payer(), a_shop()
    calm = open_case("refund_request", lin.id, [a_payment(lin, bakery).id])
    urgent = open_case("not_mine", lin.id, [a_payment(lin, bakery).id])
    soon = open_case("duplicate_charge", lin.id, [a_payment(lin, bakery).id])
    assert [one.id for one in queue("all")] == [urgent.id, soon.id, calm.id]
    take_case(desk.zhou.id, soon.id)
    wait_for(soon.id, "customer")
    assert [one.id for one in queue("mine", desk.zhou.id)] == [soon.id]
    assert [one.id for one in queue("waiting")] == [urgent.id, calm.id]
    assert [one.id for one in queue("held")] == [soon.id]
    assert queue_counts(desk.zhou.id) == {"mine": 1, "waiting": 2, "held": 1, "all": 3}


def test_a_case_is_found_by_the_end_of_its_number_or_a_word_of_its_title() -> None:
    story = charged_twice()
    assert [one.id for one in search_cases(story.case.reference[-4:])] == [story.case.id]
    assert [one.id for one in search_cases("青禾")] == [story.case.id]
    assert [one.id for one in search_cases("qinghe")] == [story.case.id]
    assert search_cases("'; DROP TABLE cases_case --") == []
    assert search_cases("%") == []
    assert search_cases("  ") == []


def test_the_queue_is_read_in_a_constant_number_of_statements(django_assert_max_num_queries: object) -> None:
    lin, bakery = a_payer(), a_shop()
    for _ in range(6):
        open_case("payment_problem", lin.id, [a_payment(lin, bakery).id])
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        assert len(queue("all")) == 6


def test_an_unknown_case_is_not_found() -> None:
    story = charged_twice()
    with pytest.raises(CaseNotFound):
        case(story.first.id)
    with pytest.raises(CaseNotFound):
        case_by_reference("WD-000000-0000")
