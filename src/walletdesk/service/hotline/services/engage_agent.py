"""An agent and a call: offered, taken, let go. What the database allows once (one agent, one call) is asked for once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from walletdesk.foundation.profiles.public import value
from walletdesk.service.hotline.models import Engagement, Offer, Presence
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.places import FlowEvent
from walletdesk.service.hotline.rules.presence import AVAILABLE, OFFERED, ON_CALL, PAUSED, WRAP_UP
from walletdesk.service.hotline.rules.room_words import ColleagueRefused, OfferAccepted, Offered
from walletdesk.service.hotline.services.move_presence import after_call, change, locked, move
from walletdesk.service.hotline.services.run import Run
from walletdesk.trust.staff.public import employees


def take_agent(run: Run, command: ask.TakeAgent) -> list[FlowEvent]:
    """The acceptance made the engagement already; here it is only made sure of."""
    offer = Offer.objects.get(pk=UUID(command.offer))
    Engagement.objects.get_or_create(
        call=run.call, employee_id=offer.employee_id, ended_at=None, defaults={"kind": offer.kind, "began_at": run.at}
    )
    move(offer.employee_id, ON_CALL, run.at)
    return []


def close_offer(run: Run, command: ask.CloseOffer) -> list[FlowEvent]:
    """Take the offer from the agent's screen. One that was accepted a moment ago stands: the flow is told again, so that
    neither the agent nor the caller is left with nobody."""
    offer = Offer.objects.select_for_update().get(pk=UUID(command.offer))
    if offer.state == "accepted" and command.why == "timed_out":
        seconds = max(1, int((offer.expires_at - run.at).total_seconds()))
        return [offered_event(run, offer, seconds), OfferAccepted(str(offer.id))]
    if offer.state == "accepted":
        release(run, offer.employee_id, wrap_up=False, gone=False)
    elif offer.state == "open":
        offer.state = "timed_out" if command.why == "timed_out" else "gone"
        offer.settled_at = run.at
        offer.save(update_fields=["state", "settled_at"])
        if command.why == "timed_out":
            move(offer.employee_id, PAUSED, run.at, "no_answer")
        else:
            move(offer.employee_id, AVAILABLE, run.at)
    reopen_place(run)
    return []


def reopen_place(run: Run) -> None:
    """The caller's place is to be offered again, unless a newer offer stands."""
    if Offer.objects.filter(call=run.call, kind="agent", state="open").exists():
        return
    run.call.places.filter(state="offered").update(state="waiting")


def release_agent(run: Run, command: ask.ReleaseAgent) -> list[FlowEvent]:
    release(run, UUID(command.employee), wrap_up=command.wrap_up, gone=command.gone)
    return []


def release(run: Run, employee_id: UUID, *, wrap_up: bool, gone: bool) -> None:
    """The conversation is over for this agent. Whose page vanished is paused, and still has it to write down."""
    mine = Engagement.objects.select_for_update().filter(call=run.call, employee_id=employee_id, ended_at=None).first()
    if mine is None:
        return
    mine.ended_at, mine.wrap_up = run.at, wrap_up
    mine.save(update_fields=["ended_at", "wrap_up"])
    row = locked(employee_id)
    if row.state != ON_CALL:
        return
    if gone:
        change(row, PAUSED, "page_closed", run.at)
    elif wrap_up:
        wish, reason = row.next_state, row.next_reason
        change(row, WRAP_UP, "", run.at)
        if wish:
            Presence.objects.filter(pk=row.pk).update(next_state=wish, next_reason=reason)
    else:
        change(row, *after_call(row), run.at)
    reopen_place(run)


def invite_colleague(run: Run, command: ask.InviteColleague) -> list[FlowEvent]:
    """A consultation on a colleague's screen; only of one who is free, and not the agent's own."""
    person = employees([UUID(command.employee)]).get(UUID(command.employee))
    if person is None or not person.active:
        return [ColleagueRefused("unknown")]
    row = locked(person.id)
    if row.state != AVAILABLE or Offer.objects.filter(employee_id=person.id, state="open").exists():
        return [ColleagueRefused(row.state)]
    seconds = value("hotline.offer_seconds", run.at)
    offer = Offer.objects.create(
        call=run.call,
        employee_id=person.id,
        kind="colleague",
        seat=row.seat,
        made_at=run.at,
        expires_at=run.at + timedelta(seconds=seconds),
    )
    change(row, OFFERED, "", run.at)
    return [offered_event(run, offer, seconds)]


def offered_event(run: Run, offer: Offer, seconds: int) -> Offered:
    person = employees([offer.employee_id])[offer.employee_id]
    waited = int((run.at - (run.call.queued_at or run.at)).total_seconds()) // 60
    return Offered(
        str(offer.id), str(person.id), person.employee_number, offer.seat, seconds, waited, offer.kind == "colleague"
    )


def make_agent(run: Run, command: ask.MakeAgent) -> list[FlowEvent]:
    """The colleague speaks with the caller from now on."""
    Engagement.objects.filter(call=run.call, employee_id=UUID(command.employee), ended_at=None).update(kind="agent")
    return []
