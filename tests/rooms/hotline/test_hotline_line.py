"""The line: order, promise, call back; one place a caller, one call back a customer, in the order of their places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.factories.hotline import (
    Caller,
    an_agent,
    an_old_customer,
    asks_all_day,
    offer_of,
    offers_to,
    reached,
    requests_to,
    wait_is,
)
from tests.factories.trust import a_customer
from walletdesk.foundation.clock.public import at, now
from walletdesk.service.hotline.models import Call, CallBack, CallBackTry, CallPromise, QueuePlace
from walletdesk.service.hotline.public import (
    accept_offer,
    answer_approval,
    ask_call,
    break_call_promises,
    decline_offer,
    due_call_backs,
    line,
    match_waiting,
    name_caller,
    number_to_dial,
    open_approval,
    presence_of,
    promise_count,
    set_presence,
    soft_phone,
    speaking_now,
)
from walletdesk.service.hotline.queries.line import position_of, standing
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.gateway_words import CallEnded, OriginateResult
from walletdesk.service.hotline.rules.queue_order import in_order
from walletdesk.service.hotline.rules.room_words import SecretTyped
from walletdesk.service.notifications.public import notices

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_minutes_each() -> Iterator[None]:
    with wait_is(180):
        yield


def test_first_come_first_served_and_positions_move_up() -> None:
    first, second, third = (Caller(f"+86139000011{n:02}").into_line() for n in range(3))
    assert [third.words("position").value(name) for name in ("n", "minutes")] == [3, 9]
    first.hangs_up()
    third.timer("place")
    assert third.words("position").value("n") == 2
    zhou = an_agent("1024")
    offers_to(second, third)
    assert soft_phone(zhou.id).offer.call.id == second.uuid


def test_verified_callers_come_first_and_nobody_starves() -> None:
    stranger = Caller("+8613900001100").into_line()
    lin = Caller.signed_in(an_old_customer()).into_line()
    assert [view.call_id for view in line()] == [lin.uuid, stranger.uuid]
    with at(now() + timedelta(minutes=12)):
        wang = Caller.signed_in(an_old_customer("139 0000 7777")).into_line()
        assert [view.call_id for view in line()] == [lin.uuid, stranger.uuid, wang.uuid]


def test_an_offer_that_nobody_answers_goes_to_the_next_agent() -> None:
    call = Caller("+8613900001100").into_line()
    zhou = an_agent("1024")
    offers_to(call)
    call.timer("offer")
    assert (presence_of(zhou.id).state, presence_of(zhou.id).reason) == ("paused", "no_answer")
    he = an_agent("1187")
    offers_to(call)
    decline_offer(he.id, offer_of(he).id)
    assert presence_of(he.id).reason == "declined"
    wu = an_agent("1290")
    assert [one.employee for one in offers_to(call)] == [str(wu.id)]
    assert line()[0].state == "offered"


def test_an_acceptance_that_crosses_the_time_out_stands() -> None:
    """The agent pressed in the last moment: neither the caller nor the agent is left with nobody."""
    call = Caller("+8613900001100").into_line()
    zhou = an_agent("1024")
    offers_to(call)
    accept_offer(zhou.id, offer_of(zhou).id)
    call.timer("offer")
    assert call.place == "connecting"
    assert presence_of(zhou.id).state == "on_call"
    call.hangs_up()
    assert presence_of(zhou.id).state == "available"


def test_skills_and_languages_are_met_and_relaxed_after_five_minutes() -> None:
    fund = an_agent("1500", topics=("funds",), languages=("zh-hans",))
    english = Caller("+8613900001100", language="en").into_line()
    assert match_waiting() == []
    general = an_agent("1024", topics=("general",), languages=("zh-hans",))
    assert match_waiting() == []
    with at(now() + timedelta(minutes=5)):
        assert [one.employee for one in offers_to(english)] == [str(general.id)]
    assert presence_of(fund.id).state == "available"


def test_the_promise_is_told_kept_and_counted() -> None:
    lin = Caller.signed_in(an_old_customer()).into_line()
    promise = CallPromise.objects.get()
    assert lin.words("promise").value("by") == f"{promise.due_at + timedelta(hours=8):%H:%M}"
    assert timedelta(minutes=5) <= promise.due_at - promise.made_at <= timedelta(minutes=7)
    zhou = an_agent("1024")
    lin.into_talk(zhou)
    assert (promise_count().kept, promise_count().rate) == (1, 100)


def test_a_promise_that_passes_is_broken_openly_and_the_caller_hears_it() -> None:
    lin = Caller.signed_in(an_old_customer()).into_line()
    with at(now() + timedelta(minutes=9)):
        assert break_call_promises() == 1
        assert break_call_promises() == 0
        lin.timer("promise")
        assert "promise_broken" in lin.said()
        assert lin.words("offer_callback").value("key") == "1"
        zhou = an_agent("1024")
        lin.into_talk(zhou)
        assert (promise_count().broken, promise_count().rate) == (1, 0)


def test_a_promise_never_changes_whoever_writes() -> None:
    Caller.signed_in(an_old_customer()).into_line()
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        CallPromise.objects.update(due_at=now() + timedelta(hours=2))
    with pytest.raises(DatabaseError, match="keeps its age"), transaction.atomic():
        QueuePlace.objects.update(order_at=now() - timedelta(hours=2))


def test_a_call_back_keeps_its_place_and_is_dialled_in_order() -> None:
    lin, wang = an_old_customer(), an_old_customer("139 0000 7777")
    first = Caller.signed_in(lin).into_line()
    second = Caller.signed_in(wang).into_line()
    stranger = Caller("+8613900001100").into_line()
    second.press("1")
    first.press("1")
    assert first.words("callback_number").value("last") == "2046"
    assert first.words("callback_made").value("n") == 1
    assert first.place == second.place == "farewell"
    assert due_call_backs() == []
    zhou = an_agent("1024")
    assert offers_to(stranger) == []
    (taken,) = due_call_backs()
    assert isinstance(taken.commands[0], ask.Dial)
    assert number_to_dial(taken.call_id) == "+8613800002046"
    back = reached(taken, "1")
    assert back.place == "waiting"
    assert speaking_now(lin.id).who == "calling_you", "who is with nobody yet reads that it is us"
    offers_to(back, stranger)
    assert soft_phone(zhou.id).offer.call.id == back.uuid
    assert back.view().case_id == first.view().case_id
    assert promise_count().kept == 1


def test_who_hangs_up_after_the_promise_is_called_back_in_their_place() -> None:
    lin = an_old_customer()
    call = Caller.signed_in(lin).into_line()
    call.hangs_up()
    assert call.view().outcome == "call_back_kept"
    assert [view.state for view in line()] == ["call_back"]
    assert notices("customer", lin.id)[0].kind == "call_back_made"


def test_one_call_back_for_one_customer_and_a_new_call_takes_its_place_over() -> None:
    lin = an_old_customer()
    Caller.signed_in(lin).into_line().press("1")
    age = QueuePlace.objects.get().joined_at
    again = Caller.signed_in(lin).into_line()
    assert [view.call_id for view in line()] == [again.uuid]
    assert line()[0].joined_at == age
    assert CallBack.objects.get().state == "cancelled"
    other_line = Caller.signed_in(lin).into_line()
    assert "callback_have_one" in other_line.said()
    with pytest.raises(DatabaseError), transaction.atomic():
        QueuePlace.objects.create(
            call_id=other_line.uuid, customer_id=lin.id, topic="general", language="en", joined_at=now(), order_at=now()
        )


def test_three_tries_then_the_customer_is_told() -> None:
    lin = an_old_customer()
    Caller.signed_in(lin).into_line().press("1")
    an_agent("1024")
    moment = now()
    for number, pause in enumerate((0, 5, 15), 1):
        moment += timedelta(minutes=pause, seconds=1)
        with at(moment):
            (taken,) = due_call_backs()
            back = Caller.called_back(taken)
            back.tell(OriginateResult(back.leg, "no_answer"))
            assert back.view().outcome == "not_reached"
            assert due_call_backs() == []
        assert CallBackTry.objects.count() == number
    with at(moment + timedelta(hours=1)):
        assert due_call_backs() == []
    assert CallBack.objects.get().state == "given_up"
    assert "call_back_missed" in [one.kind for one in notices("customer", lin.id)]


def test_who_answers_our_call_and_hangs_up_before_the_line_leaves_no_place_behind() -> None:
    """A place without anybody would hold an agent back for ever."""
    lin, wang = an_old_customer(), an_old_customer("139 0000 7777")
    Caller.signed_in(lin).into_line().press("1")
    zhou = an_agent("1024")
    (taken,) = due_call_backs()
    back = reached(taken)
    back.hangs_up()
    assert line() == []
    waits = Caller.signed_in(wang).into_line()
    offers_to(waits)
    assert soft_phone(zhou.id).offer.call.id == waits.uuid


@pytest.mark.parametrize("proven", [True, False])
def test_who_was_called_back_and_waits_again_may_be_called_back_again(proven: bool) -> None:
    """The agent went away in the last moment: they are in front, are told the key, and need not hold the line. It is the
    number on file that rings again: for that they need not prove themselves."""
    lin = an_old_customer()
    Caller.signed_in(lin).into_line().press("1")
    an_agent("1024")
    (taken,) = due_call_backs()
    back = reached(taken, "1")
    assert back.place == "waiting"
    (before,) = line()
    if proven:  # asked by who then went
        Call.objects.filter(pk=back.uuid).update(verified_at=now(), proof="approval", customer_id=lin.id)
    back.timer("place")
    assert "offer_callback" in back.said()
    back.press("1")
    assert back.place == "farewell"
    (kept,) = line()
    assert (kept.state, kept.customer_id, kept.joined_at) == ("call_back", lin.id, before.joined_at)
    back.hangs_up()
    (again,) = due_call_backs()
    assert again.call_id != taken.call_id


def test_whom_we_called_and_lost_our_agent_has_a_place_by_name_and_keeps_it_as_a_call_back() -> None:
    lin, zhou = an_old_customer(), an_agent("1024")
    Caller.signed_in(lin).into_line().press("1")
    (taken,) = due_call_backs()
    back = reached(taken, "1")
    back.into_talk(zhou)
    back.tell(CallEnded(back.agent_leg, "media_lost"))
    assert back.place == "waiting"
    assert [view.customer_id for view in line()] == [lin.id]
    assert "offer_callback" in back.said()
    back.press("1")
    assert [(view.customer_id, view.state) for view in line()] == [(lin.id, "call_back")]


def test_whom_we_called_is_offered_nothing_while_they_wait_on_another_line() -> None:
    """A second place by their name would be theirs no more than the first."""
    lin, zhou = an_old_customer(), an_agent("1024")
    Caller.signed_in(lin).into_line().press("1")
    (taken,) = due_call_backs()
    back = reached(taken, "1").into_talk(zhou)
    other = Caller.signed_in(lin).into_line()
    back.tell(CallEnded(back.agent_leg, "media_lost"))
    assert back.place == "waiting"
    assert "offer_callback" not in back.said()[-2:]
    back.press("1")
    assert back.place == "waiting"
    assert [view.customer_id for view in line()] == [None, lin.id]
    assert other.place == "waiting"


def test_a_promise_that_runs_is_kept_however_often_they_asked_today() -> None:
    """They heard "or we call you back in your place", and took that place over again and again."""
    lin = an_old_customer()
    asks_all_day(lin)
    waits = Caller.signed_in(lin).into_line()
    assert {"promise", "offer_callback"} <= set(waits.said())
    waits.hangs_up()
    assert waits.view().outcome == "call_back_kept"
    assert [view.state for view in line()] == ["call_back"]


def test_a_number_younger_than_72_hours_is_not_called() -> None:
    wang = a_customer("王强", "139 0000 7777")
    call = Caller.signed_in(wang).into_line()
    assert "promise" not in call.said()
    call.press("1")
    assert call.place == "waiting"
    place = QueuePlace.objects.get()
    with pytest.raises(DatabaseError, match="on file for 72 hours"), transaction.atomic():
        CallBack.objects.create(place=place, customer_id=wang.id, number="+8613900007777", language="en")
    lin = an_old_customer()
    with pytest.raises(DatabaseError, match="on file for 72 hours"), transaction.atomic():
        CallBack.objects.create(place=place, customer_id=lin.id, number="+8613900007777", language="en")


@pytest.mark.shipped_hours
def test_closed_hours_name_the_hour_and_offer_a_call_then() -> None:
    night = now().replace(hour=18, minute=0) + timedelta(days=1)  # two in the morning in Shanghai
    lin = an_old_customer()
    with at(night):
        call = Caller.signed_in(lin).into_menu()
        call.press("21")
        assert call.place == "closed"
        assert call.words("closed").value("opens") == "08:00"
        call.press("1")
        assert call.place == "farewell"
        an_agent("1024")
        assert due_call_backs() == []
    morning = night + timedelta(hours=6, minutes=1)
    with at(morning):
        assert len(due_call_backs()) == 1


def test_who_is_paused_or_gone_is_offered_nothing() -> None:
    Caller("+8613900001100").into_line()
    zhou = an_agent("1024")
    set_presence(zhou.id, "paused", "meal")
    assert match_waiting() == []
    set_presence(zhou.id, "available")
    assert len(match_waiting()) == 1


def test_a_name_that_an_agent_noted_takes_nobodys_place_and_calls_nobody_back() -> None:
    """Somebody else's call back keeps its place and its agent, whoever is spoken of on another line."""
    lin = an_old_customer()
    Caller.signed_in(lin).into_line().press("1")
    zhou, he = an_agent("1024"), an_agent("1187")
    stranger = Caller("+8613900001100").into_talk(he)
    assert presence_of(zhou.id).state == "available", "kept free for the one who is called back"
    name_caller(he.id, stranger.uuid, lin.id)
    ask_call(he.id, stranger.uuid, "transfer_topic", to="security")
    requests_to(stranger)
    assert (stranger.place, CallBack.objects.get().state) == ("waiting", "waiting")
    stranger.press("1")
    assert stranger.place == "waiting"


def test_who_says_yes_in_the_app_while_waiting_gets_the_promise() -> None:
    lin = an_old_customer()
    call = Caller("+8613911112222").into_menu()
    call.press("1")
    call.tell(SecretTyped(call.leg, "13800002046"))
    for _ in range(2):
        call.tell(SecretTyped(call.leg, "000000"))
        call.tell(SecretTyped(call.leg, "13800002046"))
    call.tell(SecretTyped(call.leg, "000000"))
    assert call.place == "waiting"
    assert "promise" not in call.said()
    question = open_approval(lin.id)
    assert question is not None
    answer_approval(lin.id, question.id, yes=True)
    requests_to(call)
    call.timer("place")
    assert "promise" in call.said()
    call.press("1")
    assert CallBack.objects.get().customer_id == lin.id


def test_the_position_counted_by_the_database_is_that_of_the_rule() -> None:
    for number, keys in enumerate(("0", "3", "0", "3", "0")):
        with at(now() + timedelta(seconds=50 * number)):
            call = Caller(f"+86139000033{number:02}").into_line(keys)
            if keys == "3":  # locked out, and no number typed: on to a person, with some urgency
                call.tell(SecretTyped(call.leg, ""))
    Caller.signed_in(an_old_customer()).into_line()
    QueuePlace.objects.filter(pk=QueuePlace.objects.filter(urgent=0).latest("joined_at").pk).update(front_at=now())
    rows = list(QueuePlace.objects.select_related("call_back"))
    by_rule = in_order([one for row in rows if (one := standing(row, now())) is not None])
    assert [str(row.id) for row in sorted(rows, key=lambda row: position_of(row, now()))] == [
        one.place for one in by_rule
    ]
    assert sorted(position_of(row, now()) for row in rows) == list(range(1, 7))
