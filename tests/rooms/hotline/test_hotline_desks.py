"""The desks: six states, one agent one call by the database itself, words between pages and the hotline's process."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction

from tests.factories.hotline import Caller, an_agent, offer_of, offers_to, requests_to, seat_of
from tests.factories.trust import an_employee
from walletdesk.foundation.audit.models import Act
from walletdesk.foundation.clock.public import at, now
from walletdesk.service.hotline.models import Engagement, Offer, Presence, PresenceChange
from walletdesk.service.hotline.public import (
    LineUnknown,
    NotYourCall,
    OfferGone,
    PresenceRefused,
    ReasonUnknown,
    SeatMissing,
    accept_offer,
    ask_call,
    end_long_wrap_ups,
    match_waiting,
    post_signal,
    presence_of,
    set_presence,
    signals_after,
    take_signals,
)
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.trust.staff.public import ActNotAllowed


@pytest.mark.django_db
def test_from_each_state_only_where_one_may_go() -> None:
    zhou = an_employee("agent", number="1024")
    with pytest.raises(SeatMissing):
        set_presence(zhou.id, "available")
    set_presence(zhou.id, "available", seat=seat_of(zhou))
    with pytest.raises(ReasonUnknown):
        set_presence(zhou.id, "paused", "tired of it")
    with pytest.raises(PresenceRefused):
        set_presence(zhou.id, "on_call")
    set_presence(zhou.id, "paused", "break")
    set_presence(zhou.id, "logged_off")
    assert [one.state for one in PresenceChange.objects.order_by("id")] == [
        "logged_off", "available", "paused", "logged_off",
    ]  # fmt: skip
    with pytest.raises(ActNotAllowed):
        set_presence(an_employee("auditor", "audit").id, "available", seat="agent:x:y")


@pytest.mark.django_db
def test_a_wish_in_a_call_takes_effect_after_it() -> None:
    zhou = an_agent("1024")
    call = Caller().into_talk(zhou)
    assert set_presence(zhou.id, "paused", "meal") == "on_call"
    call.hangs_up()
    assert presence_of(zhou.id).state == "wrap_up"
    with at(now() + timedelta(minutes=5)):
        assert end_long_wrap_ups() == 1
    assert (presence_of(zhou.id).state, presence_of(zhou.id).reason) == ("paused", "meal")


@pytest.mark.django_db
def test_presence_and_engagement_cannot_disagree_whoever_writes() -> None:
    zhou = an_agent("1024")
    call = Caller().into_talk(zhou)
    for wrong in (
        lambda: Presence.objects.update(state="available"),
        lambda: Engagement.objects.update(ended_at=now()),
        lambda: Engagement.objects.create(call_id=Caller("+8613900001111").uuid, employee_id=zhou.id),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert call.place == "talking"


@pytest.mark.django_db
def test_only_who_is_in_the_call_may_wish_and_no_number_is_taken() -> None:
    zhou, he = an_agent("1024"), an_agent("1187")
    call = Caller().into_talk(zhou)
    with pytest.raises(NotYourCall):
        ask_call(he.id, call.uuid, "hang_up")
    with pytest.raises(LineUnknown):
        ask_call(zhou.id, call.uuid, "transfer_line", to="+8613911112222")
    with pytest.raises(LineUnknown):
        ask_call(zhou.id, call.uuid, "transfer_topic", to="nowhere")
    with pytest.raises(ActNotAllowed):
        ask_call(he.id, call.uuid, "listen", seat=seat_of(he))
    ask_call(zhou.id, call.uuid, "transfer_topic", to="security")
    requests_to(call)
    assert (call.place, call.view().topic) == ("waiting", "security")
    assert [one.employee for one in offers_to(call)] == [str(he.id)]


@pytest.mark.django_db
def test_a_supervisor_who_listens_is_announced_and_audited() -> None:
    zhou, chief = an_agent("1024"), an_employee("supervisor", "wall", number="0387")
    call = Caller().into_talk(zhou)
    ask_call(chief.id, call.uuid, "listen", seat=seat_of(chief))
    requests_to(call)
    assert any(isinstance(one, ask.SayInto) and one.words[0].id == "agent_listened" for one in call.asked)
    assert Act.objects.filter(verb="hotline_listen").count() == 1


@pytest.mark.django_db
def test_a_page_that_goes_takes_its_agent_out_of_the_line() -> None:
    zhou = an_agent("1024")
    first = post_signal(seat_of(zhou), "in", {"type": "gone"})
    assert presence_of(zhou.id).reason == "page_closed"
    assert take_signals() == [(seat_of(zhou), {"type": "gone"})]
    assert take_signals() == []
    second = post_signal(seat_of(zhou), "out", {"type": "ring"})
    assert [one.id for one in signals_after(seat_of(zhou), "out", first)] == [second]


@pytest.mark.django_db
def test_an_offer_is_answered_by_whom_it_rings_and_in_time() -> None:
    zhou, call = an_agent("1024"), Caller().into_line()
    offers_to(call)
    he = an_agent("1187")
    with pytest.raises(OfferGone):
        accept_offer(he.id, offer_of(zhou).id)
    with at(now() + timedelta(seconds=16)), pytest.raises(OfferGone):
        accept_offer(zhou.id, Offer.objects.get().id)
    with at(now() + timedelta(seconds=26)):
        ((_, closed), (_, offered)) = match_waiting()
    assert closed.why == "timed_out"
    assert offered.employee == str(he.id)


def test_twenty_matchers_and_acceptors_at_once_give_each_agent_one_caller(fresh_database: Any) -> None:
    agents = [an_agent(str(1100 + n)) for n in range(3)]
    callers = [Caller(f"+86139000011{n:02}").into_line() for n in range(6)]
    errors: list[Exception] = []

    def match_and_accept() -> None:
        try:
            match_waiting()
            for offer in Offer.objects.filter(state="open"):
                accept_offer(offer.employee_id, offer.id)
        except OfferGone:
            pass
        except Exception as trouble:
            errors.append(trouble)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=match_and_accept) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert errors == []
    engaged = list(Engagement.objects.filter(ended_at=None))
    assert sorted(one.employee_id for one in engaged) == sorted(agent.id for agent in agents)
    assert len({one.call_id for one in engaged}) == len(agents)
    requests_to(*callers)
