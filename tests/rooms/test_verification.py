"""The agent asks, the customer's phone shows who, the customer answers; each side is proven to the other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests.factories.foundation import a_moment
from tests.factories.trust import a_customer, an_employee
from walletdesk.foundation.audit.public import acts_of_case
from walletdesk.foundation.clock.public import at, uuid7
from walletdesk.foundation.outbox.public import Fact, events_after
from walletdesk.trust.customers.public import CustomerNotFound, CustomerView
from walletdesk.trust.staff.public import EmployeeView, change_post
from walletdesk.trust.verification import errors
from walletdesk.trust.verification.models import VerificationPrompt, VerificationRecord
from walletdesk.trust.verification.public import (
    AgentDisowned,
    CustomerVerified,
    Prompt,
    answer_prompt,
    ask_customer,
    expire_prompts,
    level_of,
    note_signed_in,
    open_prompt,
    open_prompt_of_case,
    prompt,
    prompts_of_case,
)

pytestmark = pytest.mark.django_db
CASE, REFERENCE = uuid7(), "WD-260519-0417"


@pytest.fixture
def lin() -> CustomerView:
    return a_customer("林小雨")


@pytest.fixture
def zhou() -> EmployeeView:
    return an_employee(number="1024", name_zh="周岚", name_en="Zhou Lan")


def asked(lin: CustomerView, zhou: EmployeeView) -> Prompt:
    return ask_customer(CASE, lin.id, zhou.id, REFERENCE)


def told(topic: str) -> list[Fact]:
    return [event.fact for event in events_after([topic], 0, 50)]


def test_both_sides_see_the_same_names_and_the_same_code(lin: CustomerView, zhou: EmployeeView) -> None:
    shown = asked(lin, zhou)
    assert open_prompt(lin.id) == open_prompt_of_case(CASE) == prompt(lin.id, shown.id) == shown
    assert (shown.agent_number, shown.agent_name.zh, shown.case_reference) == ("1024", "周岚", REFERENCE)
    assert shown.code_shown == f"{shown.code[:2]} {shown.code[2:4]} {shown.code[4:]}"
    assert shown.expires_at - shown.asked_at == timedelta(seconds=300)


def test_yes_brings_the_case_to_level_two(lin: CustomerView, zhou: EmployeeView) -> None:
    assert level_of(CASE) is None
    reached = answer_prompt(lin.id, asked(lin, zhou).id, genuine=True)
    assert level_of(CASE) == reached
    assert (reached.level, reached.how) == (2, "own_device")
    assert CustomerVerified(CASE, lin.id, zhou.id, 2, "own_device", reached.at) in told(f"case:{CASE}")
    assert open_prompt(lin.id) is None
    assert [one.state for one in prompts_of_case(CASE)] == ["genuine"]


def test_no_is_an_alarm_and_takes_back_what_was_proven(lin: CustomerView, zhou: EmployeeView) -> None:
    answer_prompt(lin.id, asked(lin, zhou).id, genuine=True)
    second = asked(lin, zhou)
    fallen = answer_prompt(lin.id, second.id, genuine=False)
    assert fallen.level == 0
    assert level_of(CASE) == fallen
    assert AgentDisowned(second.id, CASE, REFERENCE, lin.id, zhou.id, fallen.at) in told("desk")
    acts = [(act.verb, act.actor, act.subject) for act in acts_of_case(CASE, 10)]
    assert ("disown_agent", f"customer:{lin.id}", f"employee:{zhou.id}") in acts


def test_refusals_of_an_answer_in_the_order_they_are_tried(lin: CustomerView, zhou: EmployeeView) -> None:
    shown = asked(lin, zhou)
    with pytest.raises(errors.PromptNotFound):
        answer_prompt(lin.id, uuid7(), genuine=True)
    with pytest.raises(errors.PromptNotFound):
        answer_prompt(a_customer("王芳").id, shown.id, genuine=True)
    answer_prompt(lin.id, shown.id, genuine=True)
    for late in (shown.asked_at, shown.expires_at):
        with at(late), pytest.raises(errors.PromptAnswered):
            answer_prompt(lin.id, shown.id, genuine=False)


def test_too_late_is_too_late_before_and_after_the_timer(lin: CustomerView, zhou: EmployeeView) -> None:
    with at(a_moment()):
        shown = asked(lin, zhou)
    with at(a_moment(minute=5)):
        assert open_prompt(lin.id) is None
        for _ in range(2):
            with pytest.raises(errors.PromptExpired):
                answer_prompt(lin.id, shown.id, genuine=True)
            expire_prompts()
        assert expire_prompts() == 0
    assert level_of(CASE) is None
    assert VerificationPrompt.objects.get(pk=shown.id).state == "expired"


def test_refusals_of_a_question_in_the_order_they_are_tried(lin: CustomerView, zhou: EmployeeView) -> None:
    with pytest.raises(CustomerNotFound):
        ask_customer(CASE, uuid7(), uuid7(), REFERENCE)
    for nobody in (uuid7(), an_employee("finance_officer").id):
        with pytest.raises(errors.AgentMayNotAsk):
            ask_customer(CASE, lin.id, nobody, REFERENCE)
    asked(lin, zhou)
    with pytest.raises(errors.PromptOpenAlready):
        ask_customer(uuid7(), lin.id, zhou.id, "WD-260519-0418")
    with pytest.raises(errors.PromptOpenAlready):
        ask_customer(CASE, lin.id, an_employee().id, REFERENCE)


def test_an_agent_who_has_left_asks_nobody(lin: CustomerView, zhou: EmployeeView) -> None:
    change_post(zhou.id, active=False, by="system", reason="has left")
    with pytest.raises(errors.AgentMayNotAsk):
        asked(lin, zhou)


def test_pressed_twice_it_is_one_question(lin: CustomerView, zhou: EmployeeView) -> None:
    assert asked(lin, zhou) == asked(lin, zhou)
    assert VerificationPrompt.objects.count() == 1


def test_a07_a_flood_of_questions_stops_at_three_in_ten_minutes(lin: CustomerView, zhou: EmployeeView) -> None:
    for minute in (0, 1, 2):
        with at(a_moment(minute=minute)):
            answer_prompt(lin.id, asked(lin, zhou).id, genuine=minute == 2)
    with at(a_moment(minute=9, second=59)), pytest.raises(errors.TooManyPrompts) as refused:
        ask_customer(uuid7(), lin.id, an_employee().id, "another case, another agent")
    assert refused.value.retry_after == 1
    with at(a_moment(minute=10)):
        assert asked(lin, zhou)


def test_an_unanswered_question_makes_room_when_it_has_run_out(lin: CustomerView, zhou: EmployeeView) -> None:
    with at(a_moment()):
        first = asked(lin, zhou)
    with at(a_moment(minute=5)):
        second = asked(lin, zhou)
    assert first.id != second.id


def test_who_speaks_from_inside_the_account_stands_at_level_one_and_never_lowers(
    lin: CustomerView, zhou: EmployeeView
) -> None:
    assert note_signed_in(CASE, lin.id).level == 1
    answer_prompt(lin.id, asked(lin, zhou).id, genuine=True)
    assert note_signed_in(CASE, lin.id).level == 2
    answer_prompt(lin.id, asked(lin, zhou).id, genuine=False)
    assert note_signed_in(CASE, lin.id).level == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE verification_verificationprompt SET state = 'genuine', answered_at = asked_at",
        "UPDATE verification_verificationprompt SET code = '111111'",
        "UPDATE verification_verificationprompt SET customer_id = gen_random_uuid()",
        "DELETE FROM verification_verificationprompt",
        "UPDATE verification_verificationrecord SET level = 3",
        "DELETE FROM verification_verificationrecord",
    ],
)
def test_the_database_keeps_an_answer(statement: str, lin: CustomerView, zhou: EmployeeView) -> None:
    answer_prompt(lin.id, asked(lin, zhou).id, genuine=False)
    with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("genuine", [None, False])
def test_the_database_gives_no_level_two_without_the_customers_yes(
    genuine: bool | None, lin: CustomerView, zhou: EmployeeView
) -> None:
    shown = asked(lin, zhou)
    other_case = uuid7()
    if genuine is not None:
        answer_prompt(lin.id, shown.id, genuine)
    for case_id in (CASE, other_case):
        with pytest.raises(IntegrityError), transaction.atomic():
            VerificationRecord.objects.create(case_id=case_id, customer_id=lin.id, level=2, how="x", prompt_id=shown.id)


def test_the_database_allows_one_open_question(lin: CustomerView, zhou: EmployeeView) -> None:
    shown = VerificationPrompt.objects.get(pk=asked(lin, zhou).id)
    shown.pk = uuid7()
    with pytest.raises(IntegrityError, match="one_open_prompt"), transaction.atomic():
        shown.save(force_insert=True)
