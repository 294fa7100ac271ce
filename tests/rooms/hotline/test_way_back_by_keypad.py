"""Locked out, by telephone and without the app: codes that came to verified addresses, typed on the keypad."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.hotline import Caller
from tests.factories.way_back import a_locked_out_customer, only_mail
from walletdesk.foundation.clock.public import at, now
from walletdesk.service.cases.public import case, cases_of_customer
from walletdesk.service.hotline.models import Call, CallEvent
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.room_words import SecretKey, SecretTyped
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.verification.public import level_of, make_recovery_code, recovery_of_case, sign_in_lock

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin() -> CustomerView:
    return a_locked_out_customer(phone="+8613800002046")


def asks_to_unlock(number: str = "13800002046", line: str = "+8613911112222") -> Caller:
    """From somebody else's telephone: 3 in the menu, then the own number."""
    call = Caller(line)
    call.into_menu()
    call.press("3")
    call.tell(SecretTyped(call.leg, number))
    return call


def code_for(call: Caller, channel: str) -> str:
    """What the worker sends; nothing of it passes through the call."""
    way = Call.objects.get(id=call.uuid).recovery_id
    assert way is not None
    return make_recovery_code(way, channel).code.digits


def types(call: Caller, digits: str) -> None:
    call.tell(SecretTyped(call.leg, digits))


def test_two_codes_make_the_caller_known_and_lead_to_a_person(lin: CustomerView) -> None:
    call = asks_to_unlock()
    assert "way_back_code" in call.said()
    types(call, code_for(call, "sms"))
    assert (call.place, "way_back_second" in call.said()) == ("unlocking", True)
    types(call, code_for(call, "email"))
    assert (call.place, call.view().proof) == ("waiting", "two_codes")
    assert "way_back_by_person" in call.said()
    (opened,) = cases_of_customer(lin.id)
    assert (opened.kind, call.view().case_id) == ("locked_out", opened.id)
    assert level_of(opened.id).level == 2  # type: ignore[union-attr]


def test_one_code_brings_the_case_to_a_person_and_proves_nothing_more(lin: CustomerView) -> None:
    call = asks_to_unlock()
    types(call, code_for(call, "sms"))
    types(call, "")  # the hash key: no second one
    assert (call.place, call.view().verified) == ("waiting", False)
    (opened,) = cases_of_customer(lin.id)
    assert level_of(opened.id) is None
    assert recovery_of_case(opened.id).kinds == ("sms_code",)  # type: ignore[union-attr]


def test_with_one_address_a_person_follows_the_first_code(lin: CustomerView) -> None:
    only_mail(lin)
    call = asks_to_unlock()
    types(call, code_for(call, "email"))
    assert call.place == "waiting"
    assert "way_back_second" not in call.said()


def test_a_number_of_nobody_hears_the_same(lin: CustomerView) -> None:
    heard = []
    for place, number in enumerate(("13800002046", "13700000000")):
        call = asks_to_unlock(number, f"+86139111122{place:02}")
        way = Call.objects.get(id=call.uuid).recovery_id
        make_recovery_code(way, "sms")  # type: ignore[arg-type]
        types(call, "000000")
        types(call, "000000")
        heard.append([type(one).__name__ for one in call.asked])
        assert call.words("not_verified").value("left") == 3
        call.hangs_up()
    assert heard[0] == heard[1]
    assert cases_of_customer(lin.id) == []


def test_wrong_codes_end_with_a_person_and_nothing_proven(lin: CustomerView) -> None:
    call = asks_to_unlock()
    right = code_for(call, "sms")
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        types(call, wrong)
    assert (call.place, call.view().customer_id) == ("waiting", None)


def test_a_code_that_came_too_late_is_sent_anew(lin: CustomerView) -> None:
    call = asks_to_unlock()
    late = code_for(call, "sms")
    with at(now() + timedelta(minutes=11)):
        types(call, late)
        assert call.place == "unlocking"
        types(call, code_for(call, "sms"))
        assert "way_back_second" in call.said()


def test_a_sixth_call_about_one_number_within_the_hour_gets_a_person_at_once(lin: CustomerView) -> None:
    for place in range(5):
        asks_to_unlock(line=f"+86139111133{place:02}").hangs_up()
    call = asks_to_unlock(line="+8613911114444")
    assert call.place == "waiting"


def test_no_code_is_written_down(lin: CustomerView) -> None:
    call = asks_to_unlock()
    code = code_for(call, "sms")
    call.tell(SecretKey(call.leg))
    types(call, code)
    stored = str(list(CallEvent.objects.filter(call_id=call.uuid).values()))
    assert code not in stored
    assert "13800002046" not in stored
    assert code not in str(Call.objects.filter(id=call.uuid).values())


def test_a_silent_caller_gets_a_person(lin: CustomerView) -> None:
    call = Caller("+8613911112222")
    call.into_menu()
    call.press("3")
    for _ in range(2):
        call.hears_all()
        call.timer("key")
    assert call.place == "waiting"


def test_the_keypad_unlocks_nothing_by_itself(lin: CustomerView) -> None:
    call = asks_to_unlock()
    types(call, code_for(call, "sms"))
    types(call, code_for(call, "email"))
    (opened,) = cases_of_customer(lin.id)
    assert case(opened.id).state == "open"
    assert sign_in_lock(lin.user_id) is None
    assert not [one for one in call.asked if isinstance(one, ask.FreezeWallets)]
