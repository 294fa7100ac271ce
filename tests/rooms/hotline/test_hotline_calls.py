"""A call from its first ring to its contact: what the door is told to do, what stays, exactly once."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories.hotline import Caller, an_agent, an_old_customer, offer_of, offers_to, requests_to
from tests.factories.service import everybody_hears
from walletdesk.money.wallets.public import wallets_of
from walletdesk.service.cases.public import case, timeline
from walletdesk.service.hotline.models import Call, CallEvent, Contact, Engagement, Survey
from walletdesk.service.hotline.public import (
    CallNotFound,
    WrappedAlready,
    WrapUpNotUsable,
    accept_offer,
    ask_call,
    call_view,
    contact_number,
    hear,
    legs_of_call,
    presence_of,
    soft_phone,
    speaking_now,
    wrap_up,
)
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.gateway_words import CallAnswered, CallEnded, MediaStats
from walletdesk.service.notifications.public import notices

pytestmark = pytest.mark.django_db


def test_a_signed_in_caller_is_known_before_hello_and_meets_a_person() -> None:
    lin, zhou = an_old_customer(), an_agent("1024")
    call = Caller.signed_in(lin)
    assert call.view().verified
    call.into_line()
    assert [one for one in call.said() if one in ("verified_already", "call_code")] == ["verified_already", "call_code"]
    assert call.place == "waiting"
    call.into_talk(zhou)
    seen = call.view()
    assert (seen.place, [agent.employee_number for agent in seen.agents]) == ("talking", ["1024"])
    assert seen.case_reference.startswith("WD-")
    introduced = [one for one in call.asked if isinstance(one, ask.SayInto)][-1].words[0]
    assert (introduced.value("number"), introduced.value("case")) == ("1024", seen.case_reference)

    ask_call(zhou.id, call.uuid, "hang_up")
    requests_to(call)
    assert call.place == "surveying"
    call.press("5")
    call.hears_all()
    ended = call.view()
    assert (ended.place, ended.outcome) == ("ended", "talked")
    assert Survey.objects.get(call_id=call.uuid).stars == 5
    assert Contact.objects.get(call_id=call.uuid).case_id == ended.case_id


def test_what_was_said_is_on_the_case_and_in_the_customers_app() -> None:
    lin, zhou = an_old_customer(), an_agent("1024")
    call = Caller.signed_in(lin).into_talk(zhou)
    call.hangs_up()
    assert presence_of(zhou.id).state == "wrap_up"
    assert [one.id for one in soft_phone(zhou.id).unwrapped] == [call.uuid]
    with pytest.raises(WrapUpNotUsable):
        wrap_up(zhou.id, call.uuid, "in_hand", "查询退款", "明天答复您")
    wrap_up(zhou.id, call.uuid, "solved", "核对了两笔付款", read_back=True)
    assert presence_of(zhou.id).state == "available"
    told = [one for one in notices("customer", lin.id) if one.kind == "call_summary"]
    assert len(told) == 1
    assert "1024" in told[0].words["zh-hans"]
    assert "核对了两笔付款" in told[0].more["zh-hans"]
    kinds = [line.kind for line in timeline(call.view().case_id, "customer")]
    assert kinds.count("call_ended") == 1
    assert kinds.count("call_wrapped_up") == 1
    with pytest.raises(WrappedAlready):
        wrap_up(zhou.id, call.uuid, "solved")


def test_an_event_told_twice_is_heard_once_and_answered_twice() -> None:
    call = Caller()
    first = hear(call.id, CallAnswered(call.leg), 1)
    again = hear(call.id, CallAnswered(call.leg), 1)
    assert first == again
    assert any(isinstance(one, ask.Play) for one in again.commands)
    assert CallEvent.objects.filter(call_id=call.uuid, number=1).count() == 1
    hear(call.id, CallEnded(call.leg, "hung_up"), 2)
    assert hear(call.id, CallAnswered(call.leg), 1).commands == ()
    with pytest.raises(CallNotFound):
        hear("00000000-0000-7000-8000-000000000000", CallAnswered("x"), 1)


def test_a_stranger_who_hangs_up_leaves_a_contact_and_no_case() -> None:
    call = Caller("+8613900001111").into_line()
    call.hangs_up()
    contact = Contact.objects.get(call_id=call.uuid)
    assert (contact.outcome, contact.case_id) == ("abandoned", None)
    assert contact_number(call.uuid).startswith("HL-")


def test_a_customer_served_by_the_menu_has_a_case_that_asks_for_nobodys_time() -> None:
    lin = an_old_customer()
    call = Caller.signed_in(lin).into_menu()
    call.press("1")
    assert call.words("balance").value("amount") == wallets_of(lin.id)[0].available.minor
    call.hangs_up()
    ended = call.view()
    assert ended.outcome == "served_by_menu"
    assert case(ended.case_id).state == "resolved"


def test_no_call_ends_without_its_contact_whoever_writes() -> None:
    call = Caller()
    with pytest.raises(DatabaseError, match="without its contact"), transaction.atomic():
        Call.objects.filter(pk=call.uuid).update(ended_at="2026-11-22T10:00Z", outcome="talked")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_freeze_by_keypad_stops_money_at_once() -> None:
    lin = an_old_customer()
    call = Caller.signed_in(lin).into_menu()
    call.press("9")
    assert call.said()[-1] == "freeze_confirm"
    call.press("9")
    assert "frozen" in call.said()
    assert wallets_of(lin.id)[0].freeze == "debit"
    call.press("1")
    call.press("99")
    assert "frozen_already" in call.said()


def test_the_app_says_with_whom_one_speaks_or_that_nobody_is_calling() -> None:
    lin, zhou = an_old_customer(), an_agent("1024")
    assert speaking_now(lin.id).nobody
    call = Caller.signed_in(lin).into_line()
    assert speaking_now(lin.id).who == "waiting"
    call.into_talk(zhou)
    now_ = speaking_now(lin.id)
    assert (now_.who, now_.agent_number, now_.short_code) == ("talking", "1024", call.view().short_code)
    assert now_.case_reference == call.view().case_reference
    call.hangs_up()
    assert speaking_now(lin.id).nobody


def test_hold_mute_and_a_secret_that_is_not_recorded() -> None:
    zhou = an_agent("1024")
    call = Caller("+8613900001111").into_menu()
    call.hears_all()  # consent was given with the first key of the menu
    call.press("0")
    call.into_talk(zhou)
    for wish in ("hold", "resume", "mute", "unmute", "secret_on", "secret_off"):
        ask_call(zhou.id, call.uuid, wish)
    requests_to(call)
    recording = [one for one in call.asked if isinstance(one, ask.Record)][-1].recording
    said = [one for one in call.asked if isinstance(one, ask.Hold | ask.Mute | ask.PauseRecording | ask.Collect)]
    assert said[-8:] == [
        ask.Hold(call.leg, on=True), ask.Hold(call.leg, on=False),
        ask.Mute(call.agent_leg, on=True), ask.Mute(call.agent_leg, on=False),
        ask.Collect(call.leg, secret=True), ask.PauseRecording(recording, on=True),
        ask.Collect(call.leg, secret=False), ask.PauseRecording(recording, on=False),
    ]  # fmt: skip


def test_consult_and_hand_over() -> None:
    lin, zhou, he = an_old_customer(), an_agent("1024"), an_agent("1187")
    call = Caller.signed_in(lin).into_talk(zhou)
    ask_call(zhou.id, call.uuid, "consult", to=str(he.id))
    requests_to(call)
    assert presence_of(he.id).state == "offered"
    accept_offer(he.id, offer_of(he).id)
    requests_to(call)
    assert call.place == "consulting"
    call.tell(CallAnswered(call.agent_leg))
    aside = [one for one in call.asked if isinstance(one, ask.Bridge)][-1]
    assert call.leg not in aside.legs
    ask_call(zhou.id, call.uuid, "hand_over")
    requests_to(call)
    assert [agent.employee_number for agent in call.view().agents] == ["1187"]
    assert presence_of(zhou.id).state == "wrap_up"
    assert Engagement.objects.filter(call_id=call.uuid).count() == 2
    call.hangs_up()
    wrap_up(zhou.id, call.uuid, "handed_on")
    wrap_up(he.id, call.uuid, "solved")
    everybody_hears()


def test_a_closed_page_brings_the_caller_to_the_front_with_an_apology() -> None:
    zhou = an_agent("1024")
    call = Caller("+8613900001111").into_talk(zhou)
    others = [Caller(f"+86139000022{n:02}").into_line() for n in range(3)]
    call.tell(CallEnded(call.agent_leg, "hung_up"))
    assert call.place == "waiting"
    assert "sorry_agent_gone" in call.said()
    assert (
        call.words("position_unknown_wait" if "position_unknown_wait" in call.said()[-3:] else "position").value("n")
        == 1
    )
    assert presence_of(zhou.id).reason == "page_closed"
    he = an_agent("1187")
    assert [one.employee for one in offers_to(call, *others)] == [str(he.id)]
    assert soft_phone(he.id).offer.call.id == call.uuid


def test_how_a_line_sounded_is_kept() -> None:
    call = Caller().into_menu()
    call.tell(MediaStats(call.leg, 990, 10, 3.5, 42.0))
    call.hangs_up()
    leg = legs_of_call(call.uuid)[0]
    assert (leg.loss_percent, leg.jitter_ms, leg.delay_ms, leg.reason) == (1.0, 3.5, 42.0, "hung_up")


def test_a_call_that_nobody_knows_is_not_found() -> None:
    with pytest.raises(CallNotFound):
        call_view("00000000-0000-7000-8000-000000000000")
