"""Who calls: the token of a signed-in page, the digits that the app shows, or a yes in the app. Nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.factories.hotline import Caller, an_old_customer, requests_to
from tests.factories.trust import a_customer
from walletdesk.foundation.clock.public import at, now
from walletdesk.service.cases.public import cases_of_customer, open_case
from walletdesk.service.hotline.models import Call, CallApproval, CallEvent
from walletdesk.service.hotline.public import (
    ApprovalNotFound,
    CallNotFound,
    TooManyTokens,
    answer_approval,
    make_token,
    open_approval,
    show_digits,
)
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.room_words import SecretKey, SecretTyped

pytestmark = pytest.mark.django_db
NUMBER = "13800002046"


def claims(call: Caller, number: str = NUMBER) -> Caller:
    """In the menu, asks for the balance, and types whose it is."""
    call.into_menu()
    call.press("1")
    call.tell(SecretTyped(call.leg, number))
    return call


def test_a_number_and_the_digits_of_the_app_open_the_balance() -> None:
    lin = an_old_customer(NUMBER)
    call = claims(Caller("+8613911112222"))
    call.tell(SecretTyped(call.leg, show_digits(lin.id).digits))
    assert call.view().proof == "app_code"
    assert call.words("balance").value("amount") == 128_000
    assert call.words("call_code").value("code") == call.view().short_code


def test_digits_are_good_once_and_in_their_minute() -> None:
    lin, moment = an_old_customer(NUMBER), now()
    with at(moment):
        digits = show_digits(lin.id).digits
        first = claims(Caller("+8613911112222"))
        first.tell(SecretTyped(first.leg, digits))
        second = claims(Caller("+8613911113333"))
        second.tell(SecretTyped(second.leg, digits))
        assert (first.view().verified, second.view().verified) == (True, False)
        assert show_digits(lin.id).used
        late = claims(Caller("+8613911114444"))
    with at(moment + timedelta(minutes=3)):
        late.tell(SecretTyped(late.leg, digits))
    assert not late.view().verified


def test_nobody_learns_who_is_a_customer() -> None:
    """A number of nobody and wrong digits of somebody: the same words, the same commands."""
    lin = an_old_customer(NUMBER)
    show_digits(lin.id)
    answers = []
    for number in (NUMBER, "13700000000"):
        call = claims(Caller("+8613911112222"), number)
        call.tell(SecretTyped(call.leg, "000000"))
        answers.append([type(one).__name__ for one in call.asked])
        assert call.words("not_verified").value("left") == 2
        call.hangs_up()
    assert answers[0] == answers[1]


def test_three_wrong_in_a_call_and_a_person_helps_on() -> None:
    an_old_customer(NUMBER)
    call = claims(Caller("+8613911112222"))
    for _ in range(2):
        call.tell(SecretTyped(call.leg, "000000"))
        call.tell(SecretTyped(call.leg, NUMBER))
    call.tell(SecretTyped(call.leg, "000000"))
    assert call.place == "waiting"
    assert "verify_stopped" in call.said()
    assert not call.view().verified


def test_five_wrong_over_all_calls_close_this_way_for_a_quarter_of_an_hour() -> None:
    lin = an_old_customer(NUMBER)
    show_digits(lin.id)
    for number in range(5):
        guess = claims(Caller(f"+86139000011{number:02}"))
        guess.tell(SecretTyped(guess.leg, "000000"))
    honest = claims(Caller("+8613911112222"))
    honest.tell(SecretTyped(honest.leg, show_digits(lin.id).digits))
    assert not honest.view().verified
    with at(now() + timedelta(minutes=16)):
        later = claims(Caller("+8613911112223"))
        later.tell(SecretTyped(later.leg, show_digits(lin.id).digits))
        assert later.view().verified


def test_a_yes_in_the_app_proves_the_call_while_it_still_asks_for_digits() -> None:
    lin = an_old_customer(NUMBER)
    call = claims(Caller("+8613911112222"))
    question = open_approval(lin.id)
    assert question is not None
    assert question.short_code == call.view().short_code
    answer_approval(lin.id, question.id, yes=True)
    requests_to(call)
    assert call.view().proof == "approval"
    assert "balance" in call.said()
    with pytest.raises(ApprovalNotFound):
        answer_approval(lin.id, question.id, yes=True)


def test_a_no_in_the_app_ends_the_attempt() -> None:
    lin, wang = an_old_customer(NUMBER), a_customer("王强", "139 0000 7777")
    call = claims(Caller("+8613911112222"))
    question = open_approval(lin.id)
    assert question is not None
    with pytest.raises(ApprovalNotFound):
        answer_approval(wang.id, question.id, yes=True)
    answer_approval(lin.id, question.id, yes=False)
    requests_to(call)
    assert (call.place, call.view().verified) == ("waiting", False)


def test_the_app_is_not_asked_without_end() -> None:
    lin = an_old_customer(NUMBER)
    for number in range(6):
        call = claims(Caller(f"+86139000011{number:02}"))
        call.hangs_up()
    assert CallApproval.objects.filter(customer_id=lin.id).count() == 3


def test_a_token_is_good_once_for_a_minute_and_for_ones_own_case() -> None:
    lin, wang = an_old_customer(NUMBER), a_customer("王强", "139 0000 7777")
    ticket = make_token(lin.id, "en")
    first = Caller("", token=ticket.token, kind="browser")
    second = Caller("", token=ticket.token, kind="browser")
    assert (first.view().verified, second.view().verified) == (True, False)
    late = make_token(lin.id, "en")
    with at(now() + timedelta(seconds=61)):
        assert not Caller("", token=late.token, kind="browser").view().verified
    with pytest.raises(CallNotFound):
        make_token(lin.id, "en", open_case("question", wang.id).id)
    for _ in range(3):
        make_token(lin.id, "en")
    with pytest.raises(TooManyTokens):
        make_token(lin.id, "en")


def test_a_call_from_a_case_ends_on_that_case() -> None:
    lin = an_old_customer(NUMBER)
    matter = open_case("question", lin.id)
    call = Caller.signed_in(lin, case_id=matter.id).into_line()
    call.hangs_up()
    assert call.view().case_id == matter.id
    assert len(cases_of_customer(lin.id)) == 1


def test_a_proven_call_never_becomes_somebody_elses() -> None:
    lin, wang = an_old_customer(NUMBER), a_customer("王强", "139 0000 7777")
    call = Caller.signed_in(lin)
    with pytest.raises(DatabaseError, match="keeps its beginning"), transaction.atomic():
        Call.objects.filter(pk=call.uuid).update(customer_id=wang.id)


def test_no_digit_that_was_typed_is_written_down_anywhere() -> None:
    lin = an_old_customer(NUMBER)
    digits = show_digits(lin.id).digits
    call = claims(Caller("+8613911112222"))
    call.tell(SecretKey(call.leg))
    call.tell(SecretTyped(call.leg, digits))
    written = str(list(CallEvent.objects.filter(call_id=call.uuid).values_list("detail", flat=True)))
    row = Call.objects.get(pk=call.uuid)
    for place in (written, str(row.flow), str(row.answer)):
        assert digits not in place
        assert NUMBER not in place
    assert ask.Collect(call.leg, secret=True, length=6) in call.asked
