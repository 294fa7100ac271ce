"""The end of a call: whatever is still open is closed, and the contact is written, exactly once."""

from __future__ import annotations

from uuid import UUID

from walletdesk.foundation.i18n.words import Words
from walletdesk.service.cases.public import Entry, note_events
from walletdesk.service.hotline.events import CallFinished
from walletdesk.service.hotline.models import CallApproval, CallLeg, Contact, Engagement, Offer, Survey
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.dispositions import OUTCOMES
from walletdesk.service.hotline.rules.places import FlowEvent
from walletdesk.service.hotline.services.engage_agent import close_offer, release
from walletdesk.service.hotline.services.keep_place import leave_queue, open_place
from walletdesk.service.hotline.services.link_case import case_of_call, settle_served
from walletdesk.service.hotline.services.run import Run
from walletdesk.trust.staff.public import employees

CALLED = Words("电话 {number}：{outcome}，{minutes} 分钟", "Call {number}: {outcome}, {minutes} min")
WITH = Words(
    "电话 {number}：{outcome}，工号 {agents}，{minutes} 分钟", "Call {number}: {outcome}, agent {agents}, {minutes} min"
)


def end_call(run: Run, command: ask.EndCall) -> list[FlowEvent]:
    """Safe when something was left open by a mistake elsewhere: a call that has ended holds nobody."""
    call = run.call
    if call.ended_at is not None:
        return []
    for offer in Offer.objects.filter(call=call, state="open"):
        close_offer(run, ask.CloseOffer(str(offer.id), "caller_left"))
    for engagement in Engagement.objects.filter(call=call, ended_at=None):
        release(run, engagement.employee_id, wrap_up=call.agent_at is not None, gone=False)
    place = open_place(run)
    if place is not None and place.state != "call_back":
        leave_queue(run, ask.LeaveQueue("hung_up"))
    CallApproval.objects.filter(call=call, state="open").update(state="expired")
    CallLeg.objects.filter(call=call, ended_at=None, role="caller").update(ended_at=run.at, reason="ended_by_us")
    call.ended_at, call.outcome = run.at, command.outcome
    write_contact(run)
    return []


def write_contact(run: Run) -> None:
    call = run.call
    found = case_of_call(run)
    contact = Contact.objects.create(
        call=call, customer_id=call.customer_id, case_id=found.id if found else None, outcome=call.outcome, at=run.at
    )
    contact.refresh_from_db(fields=["number"])
    if found is not None:
        note_events([_entry(run, contact, found.id)])
        settle_served(run, call.outcome)
    run.facts.append(CallFinished(call.id, call.customer_id, contact.case_id, call.outcome, run.at))


def _entry(run: Run, contact: Contact, case_id: UUID) -> Entry:
    """One line for the whole contact, with what the desk may want to know of its sound."""
    call = run.call
    agents = employees(Engagement.objects.filter(call=call).values_list("employee_id", flat=True))
    numbers = "、".join(sorted(one.employee_number for one in agents.values()))
    minutes = -(-int((run.at - call.arrived_at).total_seconds()) // 60)
    sentence = WITH if numbers else CALLED
    words = sentence.both(number=contact.number, outcome=OUTCOMES[call.outcome], agents=numbers, minutes=minutes)
    survey = Survey.objects.filter(call=call).first()
    detail = {
        "call_id": str(call.id),
        "contact": contact.number,
        "outcome": call.outcome,
        "proof": call.proof,
        "recordings": list(call.recordings.values_list("id", flat=True)),
        "stars": survey.stars if survey else None,
    }
    return Entry(case_id, "call_ended", words, detail=detail, once=f"call:{call.id}", at=run.at)


def save_survey(run: Run, command: ask.SaveSurvey) -> list[FlowEvent]:
    """One to five, of the agent who spoke last."""
    last = Engagement.objects.filter(call=run.call, kind="agent").order_by("-began_at").first()
    Survey.objects.get_or_create(
        call=run.call,
        defaults={"stars": command.stars, "employee_id": last.employee_id if last else None, "at": run.at},
    )
    return []
