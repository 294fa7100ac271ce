"""Calling back: the place stays in line, the caller may go. Dialled in place order, tried three times, to the number on file."""

from __future__ import annotations

from datetime import datetime

from walletdesk.foundation.i18n.words import Words
from walletdesk.service.hotline.models import CallBack, CallBackTry, CallPromise, QueuePlace
from walletdesk.service.hotline.models.line import OPEN_PLACES
from walletdesk.service.hotline.queries.line import on_file, position_of
from walletdesk.service.hotline.queries.surroundings import local_time, opens_at
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.call_backs import next_try
from walletdesk.service.hotline.rules.places import FlowEvent
from walletdesk.service.hotline.rules.queue_order import order_at
from walletdesk.service.hotline.rules.room_words import CallBackMade, CallBackRefused
from walletdesk.service.hotline.services.keep_place import (
    belongs_to_caller,
    open_place,
    refusal,
    settle_promise,
    stands_in_line,
    take_place,
)
from walletdesk.service.hotline.services.run import Run
from walletdesk.service.notifications.public import NoticeDraft, tell_many
from walletdesk.trust.customers.public import customers

TOLD = Words("我们会给您回电，您的位置保留着", "We will call you back; your place is kept")
TOLD_MORE = Words(
    "打到您登记的、尾号 {last} 的号码。接听后按 1。没有人会向您要验证码。",
    "To your number on file ending in {last}. Press 1 when you answer. Nobody will ask you for a code.",
)
MISSED = Words("我们打了三次，没有联系上您", "We tried three times and could not reach you")
MISSED_MORE = Words("您随时可以再打来，或在应用里写给我们。", "Call us any time, or write to us in the app.")


def keep_place_as_call_back(run: Run, command: ask.KeepPlaceAsCallBack) -> list[FlowEvent]:
    """The present place, with its age and its promise, becomes one that we call back."""
    place = open_place(run)
    if place is not None:
        belongs_to_caller(run, place)
    why = refusal(run, place)
    if place is None or why:
        if command.gone and place is not None:
            place.state, place.left_at, place.why = "left", run.at, "hung_up"
            place.save(update_fields=["state", "left_at", "why"])
            settle_promise(place, run.at, kept=False)
        return [] if command.gone else [CallBackRefused(why or "no_place")]
    place = _with_room_for_one(run, place)
    place.state = "call_back"
    place.save(update_fields=["state", "front_at"])
    made = make_call_back(place, run.at)
    promise = CallPromise.objects.filter(place=place, due_at__gt=run.at).first()
    by = local_time(promise.due_at) if promise else ""
    return [CallBackMade(position_of(place, run.at), by, made.number[-4:])]


def _with_room_for_one(run: Run, place: QueuePlace) -> QueuePlace:
    """A place has one call-back. Whose has reached them, and who waits again since the agent went, goes on in a new place
    that takes the old one over.
    """
    if not CallBack.objects.filter(place=place).exists():
        return place
    front = place.front_at
    place = take_place(run, ask.JoinQueue(place.topic, place.urgent), place)
    place.front_at = front
    return place


def call_back_when_open(run: Run, command: ask.CallBackWhenOpen) -> list[FlowEvent]:
    """Outside opening hours: a place from the hour at which somebody is there again."""
    why = refusal(run) or ("have_one" if stands_in_line(run.call.customer_id) else None)
    opens = opens_at(command.topic, run.at)
    if why or run.call.customer_id is None:
        return [CallBackRefused(why or "no_number")]
    joined = opens or run.at
    place = QueuePlace.objects.create(
        call=run.call,
        customer_id=run.call.customer_id,
        topic=command.topic,
        language=run.flow.language or "zh-hans",
        verified=True,
        joined_at=joined,
        order_at=order_at(joined, verified=True, urgent=0),
        state="call_back",
    )
    made = make_call_back(place, run.at, not_before=joined)
    return [CallBackMade(position_of(place, joined), "", made.number[-4:])]


def make_call_back(place: QueuePlace, at: datetime, not_before: datetime | None = None) -> CallBack:
    """The row, and word of it to the customer. The database checks the number once more."""
    assert place.customer_id is not None
    person = customers([place.customer_id])[place.customer_id]
    made = CallBack.objects.create(
        place=place,
        customer_id=place.customer_id,
        number=on_file(person.phone),
        language=place.language,
        made_at=at,
        not_before=not_before or at,
    )
    more = TOLD_MORE.both(last=made.number[-4:])
    tell_many([NoticeDraft("customer", made.customer_id, "call_back_made", TOLD.both(), more, about=str(made.id))])
    return made


def call_back_tried(run: Run, command: ask.CallBackTried) -> list[FlowEvent]:
    """Reached: the place is theirs again, in front. In vain: again later, or given up and told."""
    back = CallBack.objects.select_for_update(no_key=True).filter(calls=run.call).first()
    if back is None or back.state != "dialling":
        return []
    tries = CallBackTry.objects.filter(call_back=back)
    tries.filter(outcome="").update(outcome=command.outcome)
    place = QueuePlace.objects.select_for_update(no_key=True).get(pk=back.place_id)
    if command.outcome == "reached":
        back.state, back.settled_at = "reached", run.at
        place.call, place.front_at = run.call, place.front_at or run.at
        place.save(update_fields=["call", "front_at"])
        settle_promise(place, run.at, kept=True)
    else:
        _missed(back, place, tries.count(), run.at)
    back.save(update_fields=["state", "settled_at", "not_before"])
    return []


def _missed(back: CallBack, place: QueuePlace, tries: int, at: datetime) -> None:
    again = next_try(tries, at)
    if again is not None:
        back.state, back.not_before = "waiting", again
        return
    give_up(back, place, at)


def give_up(back: CallBack, place: QueuePlace, at: datetime) -> None:
    """No more tries: the place is free, the customer is told."""
    back.state, back.settled_at = "given_up", at
    if place.state in OPEN_PLACES:
        place.state, place.left_at, place.why = "left", at, "not_reached"
        place.save(update_fields=["state", "left_at", "why"])
        settle_promise(place, at, kept=False)
    about = f"{back.id}:given_up"
    tell_many(
        [NoticeDraft("customer", back.customer_id, "call_back_missed", MISSED.both(), MISSED_MORE.both(), about=about)]
    )
