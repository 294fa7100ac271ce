"""A place in the line: taken, told, left. One for a call, one for a customer; the database says so too."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from walletdesk.foundation.profiles.public import value
from walletdesk.service.hotline.expected_wait import expected_wait
from walletdesk.service.hotline.models import CallBack, CallPromise, QueuePlace
from walletdesk.service.hotline.models.line import OPEN_CALL_BACKS, OPEN_PLACES
from walletdesk.service.hotline.queries.line import call_back_refusal, position_of
from walletdesk.service.hotline.queries.surroundings import local_time
from walletdesk.service.hotline.rules import call_backs
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.places import FlowEvent
from walletdesk.service.hotline.rules.promise_times import due_at
from walletdesk.service.hotline.rules.queue_order import order_at
from walletdesk.service.hotline.rules.room_words import PlaceRefused, PlaceTold
from walletdesk.service.hotline.services.run import Run

DROPPED = "dropped_by_us"


def open_place(run: Run) -> QueuePlace | None:
    return QueuePlace.objects.select_for_update(no_key=True).filter(call=run.call, state__in=OPEN_PLACES).first()


def join_queue(run: Run, command: ask.JoinQueue) -> list[FlowEvent]:
    """Take a place, or keep the one this call has. A customer whose call back is still open takes over its place; one who
    waits on another line is told so."""
    place = open_place(run)
    if place is None:
        elsewhere = _place_elsewhere(run)
        if elsewhere is not None and elsewhere.state != "call_back":
            return [PlaceRefused("elsewhere")]
        if elsewhere is None and not command.front and _full(run):
            return [PlaceRefused("full")]
        place = take_place(run, command, elsewhere)
    else:
        place.state, place.topic = "waiting", command.topic
        if command.front and place.front_at is None:
            place.front_at = run.at
        place.save(update_fields=["state", "topic", "front_at"])
    run.call.queued_at = run.call.queued_at or run.at
    return [told(run, place)]


def _place_elsewhere(run: Run) -> QueuePlace | None:
    if not run.call.verified_at or run.call.customer_id is None:
        return None  # a name that somebody said takes no place over
    rows = QueuePlace.objects.select_for_update(no_key=True, of=("self",))
    return rows.filter(customer_id=run.call.customer_id, state__in=OPEN_PLACES).first()


def _full(run: Run) -> bool:
    """The line has an end; a verified caller finds room a fifth beyond it."""
    most = value("hotline.most_waiting", run.at)
    waiting = QueuePlace.objects.filter(state__in=OPEN_PLACES).count()
    return waiting >= (most + most // 5 if run.call.verified_at else most)


def take_place(run: Run, command: ask.JoinQueue, former: QueuePlace | None) -> QueuePlace:
    """A new place; with the age of the one it takes over, or of what this call has already waited."""
    call, flow = run.call, run.flow
    joined = call.queued_at or run.at
    due = None
    if former is not None:
        joined = min(joined, former.joined_at)
        due = _give_up(run, former)
    verified = bool(call.verified_at)
    place = QueuePlace.objects.create(
        call=call,
        customer_id=_whose(run),
        topic=command.topic,
        language=flow.language or "zh-hans",
        urgent=command.urgent,
        verified=verified,
        joined_at=joined,
        order_at=order_at(joined, verified=verified, urgent=command.urgent),
        front_at=run.at if command.front else None,
    )
    if due is not None and due > run.at and place.customer_id:
        CallPromise.objects.create(place=place, customer_id=place.customer_id, made_at=run.at, due_at=due)
    return place


def _whose(run: Run) -> UUID | None:
    """The customer by whose name this call may have a place, if they have no other."""
    call = run.call
    known = call_backs.knows_whom(call.kind, proven=call.verified_at is not None)
    return call.customer_id if known and not stands_in_line(call.customer_id) else None


def _give_up(run: Run, former: QueuePlace) -> datetime | None:
    """The former place ends for its successor; what was promised for it, still running, is promised for the new one."""
    CallBack.objects.filter(place=former, state__in=OPEN_CALL_BACKS).update(state="cancelled", settled_at=run.at)
    running = CallPromise.objects.filter(place=former, kept_at=None, broken_at=None, waived_at=None)
    due = running.values_list("due_at", flat=True).first()
    running.update(waived_at=run.at)
    former.state, former.left_at, former.why = "left", run.at, "taken_over"
    former.save(update_fields=["state", "left_at", "why"])
    return due


def ask_place(run: Run, command: ask.AskPlace) -> list[FlowEvent]:
    place = open_place(run)
    return [told(run, place)] if place else []


def told(run: Run, place: QueuePlace) -> PlaceTold:
    """Position, about how long, and the promise: made now if it can be, once for this place."""
    belongs_to_caller(run, place)
    position = position_of(place, run.at)
    seconds = expected_wait(place.topic, place.language, position, run.at)
    possible = refusal(run, place) is None
    promise = CallPromise.objects.filter(place=place).first()
    if promise is None and possible and place.customer_id:
        due = due_at(run.at, seconds)
        if due is not None:
            promise = CallPromise.objects.create(place=place, customer_id=place.customer_id, made_at=run.at, due_at=due)
    running = promise is not None and promise.kept_at is None and promise.due_at > run.at
    return PlaceTold(
        position,
        None if seconds is None else max(1, -(-seconds // 60)),
        local_time(promise.due_at) if promise and running else "",
        int((promise.due_at - run.at).total_seconds()) + 1 if promise and running else 0,
        possible,
    )


def refusal(run: Run, place: QueuePlace | None = None) -> str | None:
    """Why this caller is not called back, in this place if there is one: asked before it is offered, and when it is wished."""
    owed = run.flow.outcome == DROPPED or (place is not None and _promise_runs(place, run.at))
    why = call_back_refusal(run.call, run.at, owed=owed)
    return why or ("have_one" if place is not None and place.customer_id is None else None)


def _promise_runs(place: QueuePlace, at: datetime) -> bool:
    running = CallPromise.objects.filter(place=place, kept_at=None, broken_at=None, waived_at=None)
    return running.filter(due_at__gt=at).exists()


def stands_in_line(customer_id: UUID | None) -> bool:
    """Whether this customer has an open place, on this line or another."""
    if customer_id is None:
        return False
    return QueuePlace.objects.filter(customer_id=customer_id, state__in=OPEN_PLACES).exists()


def belongs_to_caller(run: Run, place: QueuePlace) -> None:
    """Who proves in the line who they are (a yes in the app) has a place by name from then on, if they have no other."""
    if not run.call.verified_at or place.customer_id:
        return
    if whose := _whose(run):
        place.customer_id, place.verified = whose, True
        place.save(update_fields=["customer_id", "verified"])


def leave_queue(run: Run, command: ask.LeaveQueue) -> list[FlowEvent]:
    """Answered keeps the promise, or breaks it late; who goes by themselves waives it."""
    place = open_place(run)
    if place is None:
        return []
    place.state, place.left_at, place.why = "left", run.at, command.why
    place.save(update_fields=["state", "left_at", "why"])
    if command.why == "answered":
        run.call.agent_at = run.call.agent_at or run.at
        settle_promise(place, run.at, kept=True)
    else:
        settle_promise(place, run.at, kept=False)
    return []


def settle_promise(place: QueuePlace, at: datetime, *, kept: bool) -> None:
    """Kept in time, broken late; not kept before its time means that the caller did not wait for it: waived."""
    promise = CallPromise.objects.filter(place=place, kept_at=None, broken_at=None, waived_at=None).first()
    if promise is None:
        return
    if at > promise.due_at:
        promise.broken_at = promise.due_at
    elif kept:
        promise.kept_at = at
    else:
        promise.waived_at = at
    promise.save(update_fields=["kept_at", "broken_at", "waived_at"])
