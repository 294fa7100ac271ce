"""V11: a thousand calls. A number has its few lines, the line has its end, and who has signed in is answered first."""

from __future__ import annotations

import pytest

from tests.factories.hotline import Caller, an_agent, an_old_customer, offers_to
from walletdesk.foundation.profiles.public import set_value
from walletdesk.service.hotline.models import Call
from walletdesk.service.hotline.public import line, soft_phone
from walletdesk.service.hotline.rules import commands as ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("always_open")]


def test_one_number_gets_two_lines_and_ten_calls_an_hour() -> None:
    calls = [Caller("+8613900001111") for _ in range(5)]
    assert [one.refused for one in calls] == [False, False, True, True, True]
    assert calls[-1].asked == [ask.Reject(calls[-1].leg, busy=True, retry_after=30)]
    for one in calls[:2]:
        one.hangs_up()
    for _ in range(8):
        Caller("+8613900001111").hangs_up()
    assert Caller("+8613900001111").refused
    assert not Caller("+8613900002222").refused
    assert Call.objects.count() == 11


def test_withheld_numbers_share_their_lines() -> None:
    calls = [Caller("") for _ in range(22)]
    assert sum(one.refused for one in calls) == 2
    assert not Caller.signed_in(an_old_customer()).refused


def test_a_flood_from_many_numbers_leaves_the_lines_of_who_has_signed_in() -> None:
    set_value("hotline.most_live", 20, source="test")
    lin = an_old_customer()
    flood = [Caller(f"+861390001{n:04}") for n in range(30)]
    assert sum(not one.refused for one in flood) == 16
    assert flood[-1].asked == [ask.Reject(flood[-1].leg, busy=False, retry_after=30)]
    assert not Caller.signed_in(lin).refused


def test_verified_callers_pass_the_flood_in_the_line() -> None:
    set_value("hotline.most_waiting", 5, source="test")
    flood = [Caller(f"+861390001{n:04}").into_line() for n in range(8)]
    assert ["queue_full" in one.said() for one in flood] == [False] * 5 + [True] * 3
    lin = Caller.signed_in(an_old_customer()).into_line()
    assert lin.place == "waiting"
    assert line()[0].call_id == lin.uuid
    zhou = an_agent("1024")
    offers_to(lin, *flood)
    assert soft_phone(zhou.id).offer.call.id == lin.uuid
