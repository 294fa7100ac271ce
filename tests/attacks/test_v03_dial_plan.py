"""V03, the dial plan: a call that came in never makes one that goes out; only numbers on file, a few prefixes, a daily cap."""

from __future__ import annotations

import pytest

from tests.factories.hotline import Caller, an_agent, an_old_customer
from walletdesk.foundation.profiles.public import set_value
from walletdesk.service.hotline.models import CallBack, CallBackTry
from walletdesk.service.hotline.public import (
    LineUnknown,
    ask_call,
    due_call_backs,
    number_of_line,
    number_to_dial,
)
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.trust.customers.models import Customer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("always_open")]
STAR_CODES = ("*21*13800002046#", "**61*19005550100#", "#31#", "9019005550100#", "*72", "0019005550100#")


@pytest.mark.parametrize("keys", STAR_CODES)
def test_no_key_of_a_caller_ever_dials(keys: str) -> None:
    call = Caller("+8613900001111").into_menu()
    call.press(keys)
    assert not [one for one in call.asked if isinstance(one, ask.Dial | ask.TransferLeg)]
    assert number_to_dial(call.id) == ""


def test_an_incoming_call_has_no_number_to_dial_even_if_asked() -> None:
    lin = an_old_customer()
    assert number_to_dial(Caller.signed_in(lin).into_line().id) == ""
    assert number_to_dial("00000000-0000-7000-8000-000000000000") == ""


def test_an_agent_transfers_to_lines_of_the_plan_by_name_and_to_no_number() -> None:
    set_value("hotline.transfer_lines", {"bank": "+862155500106"}, source="test")
    zhou = an_agent("1024")
    call = Caller("+8613900001111").into_talk(zhou)
    for number in ("+19005550100", "19005550100", "sip:premium@evil.example", "bank;ext=1", ""):
        with pytest.raises(LineUnknown):
            ask_call(zhou.id, call.uuid, "transfer_line", to=number)
        assert number_of_line(number) == ""
    ask_call(zhou.id, call.uuid, "transfer_line", to="bank")
    assert number_of_line("bank") == "+862155500106"


def test_a_customer_with_a_foreign_number_is_not_dialled_and_is_told() -> None:
    lin = an_old_customer("+1 900 555 0100")
    Caller.signed_in(lin).into_line().press("1")
    an_agent("1024")
    assert due_call_backs() == []
    assert CallBack.objects.get().state == "given_up"
    assert CallBackTry.objects.count() == 0


def test_the_daily_cap_holds() -> None:
    set_value("hotline.call_backs_a_day", 1, source="test")
    for phone in ("138 0000 2046", "139 0000 7777"):
        Caller.signed_in(an_old_customer(phone)).into_line().press("1")
    an_agent("1024"), an_agent("1187")
    assert len(due_call_backs()) == 1
    assert due_call_backs() == []
    assert sorted(CallBack.objects.values_list("state", flat=True)) == ["dialling", "waiting"]


def test_a_number_that_changed_since_is_not_dialled() -> None:
    lin = an_old_customer()
    Caller.signed_in(lin).into_line().press("1")
    Customer.objects.filter(pk=lin.id).update(phone="+8613900009999")
    an_agent("1024")
    assert due_call_backs() == []
    assert CallBack.objects.get().state == "given_up"
