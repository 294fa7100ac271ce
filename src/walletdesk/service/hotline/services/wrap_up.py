"""After the conversation: how it ended, what was said to be done and by when; the customer reads the same in the app."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.profiles.public import value
from walletdesk.service.cases.public import Entry, case, note_events, the_agent
from walletdesk.service.hotline.errors import CallNotFound, NotYourCall, WrappedAlready, WrapUpNotUsable
from walletdesk.service.hotline.models import Call, Contact, Engagement, Presence
from walletdesk.service.hotline.queries.surroundings import ZONE
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.dispositions import DISPOSITIONS
from walletdesk.service.hotline.rules.presence import WRAP_UP
from walletdesk.service.hotline.services.acts import ACTS
from walletdesk.service.hotline.services.link_case import link_case
from walletdesk.service.hotline.services.move_presence import after_call, change, locked
from walletdesk.service.hotline.services.run import Run
from walletdesk.service.notifications.public import NoticeDraft, tell_many
from walletdesk.trust.customers.public import CustomerNotFound, customers
from walletdesk.trust.staff.public import employees

LONGEST = 500
SAID = Words(
    "{disposition}。已办或要办：{done}。接下来：{steps}", "{disposition}. Done or to be done: {done}. Next: {steps}"
)
BY = Words("，{due} 前", ", by {due}")
TOLD = Words("工号 {number} 和您通话的要点", "What agent {number} told you on the telephone")
NOTHING = Words("没有", "nothing")


def wrap_up(
    employee_id: UUID,
    call_id: UUID,
    disposition: str,
    said_done: str = "",
    next_steps: str = "",
    due_at: datetime | None = None,
    *,
    read_back: bool = False,
) -> None:
    """Write it on the case, tell the customer, and be free again. ``read_back``: the steps were said aloud before the end.

    Refuses, in this order: no such call (``CallNotFound``); a conversation that is not this agent's (``NotYourCall``);
    one that is written down already (``WrappedAlready``); a disposition nobody knows, over 500 characters, a time that is
    past, or next steps without a time (``WrapUpNotUsable``).
    """
    call = Call.objects.filter(pk=call_id).first()
    if call is None:
        raise CallNotFound()
    said_done, next_steps = said_done.strip(), next_steps.strip()
    with transaction.atomic():
        mine = _conversation(employee_id, call_id)
        _check(disposition, said_done, next_steps, due_at)
        at = now()
        mine.disposition, mine.said_done, mine.next_steps = disposition, said_done, next_steps
        mine.due_at, mine.read_back, mine.wrapped_at = due_at, read_back, at
        mine.save()
        if call.case_id:
            _tell_both(call, mine)
        row = locked(employee_id)
        if row.state == WRAP_UP:
            change(row, *after_call(row), at)


def _conversation(employee_id: UUID, call_id: UUID) -> Engagement:
    rows = Engagement.objects.select_for_update().filter(call_id=call_id, employee_id=employee_id)
    mine = rows.order_by("wrapped_at", "-began_at").first()
    if mine is None:
        raise NotYourCall()
    unwritten = rows.filter(wrapped_at=None).order_by("-began_at").first()
    if unwritten is None:
        raise WrappedAlready()
    return unwritten


def _check(disposition: str, said_done: str, next_steps: str, due_at: datetime | None) -> None:
    if disposition not in DISPOSITIONS:
        raise WrapUpNotUsable(field="disposition")
    if max(len(said_done), len(next_steps)) > LONGEST:
        raise WrapUpNotUsable(field="said_done" if len(said_done) > LONGEST else "next_steps")
    if due_at is not None and due_at <= now():
        raise WrapUpNotUsable(field="due_at")
    if next_steps and due_at is None:
        raise WrapUpNotUsable(field="due_at")


def _tell_both(call: Call, mine: Engagement) -> None:
    """The same sentence on the case and in the customer's app: nobody is told a kinder one."""
    agent = employees([mine.employee_id])[mine.employee_id]
    due = BY.both(due=f"{mine.due_at.astimezone(ZONE):%m-%d %H:%M}") if mine.due_at else {"zh-hans": "", "en": ""}
    fields = {
        "disposition": DISPOSITIONS[mine.disposition],
        "done": mine.said_done or NOTHING,
        "steps": mine.next_steps or NOTHING,
    }
    told = {language: text + due[language] for language, text in SAID.both(**fields).items()}
    actor = the_agent(agent.id, agent.employee_number, agent.name_zh, agent.name_en)
    detail = {"call_id": str(call.id), "read_back": mine.read_back, "disposition": mine.disposition}
    note_events([Entry(call.case_id, "call_wrapped_up", told, actor, detail, once=f"wrap:{mine.id}")])  # type: ignore[arg-type]
    if call.customer_id:
        link = f"/wallet/cases/{case(call.case_id).reference}/"  # type: ignore[arg-type]
        words = TOLD.both(number=agent.employee_number)
        tell_many([NoticeDraft("customer", call.customer_id, "call_summary", words, told, link, about=str(mine.id))])


def name_caller(employee_id: UUID, call_id: UUID, customer_id: UUID) -> None:
    """The agent found out whom a stranger's call is about: it gets a case, unproven. Nothing private is opened by this.

    Refuses, in this order: ``CallNotFound``; ``NotYourCall``; a customer that is not there (``CustomerNotFound``).
    """
    with transaction.atomic():
        call = Call.objects.select_for_update(no_key=True).filter(pk=call_id).first()
        if call is None:
            raise CallNotFound()
        if not Engagement.objects.filter(call=call, employee_id=employee_id).exists():
            raise NotYourCall()
        if customer_id not in customers([customer_id]):
            raise CustomerNotFound()
        if call.customer_id is not None:
            return
        call.customer_id = customer_id
        run = Run(call, ACTS)
        for answer in link_case(run, ask.LinkCase()):
            run.hear(answer)
        run.save(call.heard)
        Contact.objects.filter(call=call, case=None).update(customer_id=customer_id, case_id=call.case_id)


def end_long_wrap_ups() -> int:
    """Who has wrapped up for longer than the profile gives is available again; what is unwritten stays open for them."""
    at = now()
    with transaction.atomic():
        late = at - timedelta(seconds=value("hotline.wrap_up_seconds", at))
        rows = Presence.objects.select_for_update(skip_locked=True).filter(state=WRAP_UP, since__lt=late)
        late_ones = list(rows)
        for row in late_ones:
            change(row, *after_call(row), at)
    return len(late_ones)
