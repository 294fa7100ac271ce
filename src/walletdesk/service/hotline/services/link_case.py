"""The case on which a contact ends: the one it was placed from, that of the call it answers, else a new one. Once."""

from __future__ import annotations

from walletdesk.foundation.i18n.words import Words
from walletdesk.service.cases.public import THE_SYSTEM, CaseView, ask_confirmation, case, open_case, the_customer
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.dispositions import case_kind
from walletdesk.service.hotline.rules.places import FlowEvent
from walletdesk.service.hotline.rules.room_words import CaseLinked
from walletdesk.service.hotline.rules.said import TOPICS
from walletdesk.service.hotline.services.run import Run
from walletdesk.trust.verification.public import note_signed_in

TITLE = Words("热线：{topic}", "Hotline: {topic}")
SERVED = (
    "served_by_menu",
    "left_in_menu",
    "left_in_greeting",
    "closed_hours",
    "no_sound",
    "refused_place",
    "not_reached",
)
"""Outcomes after which nobody has anything left to do: such a case waits for the customer's word and closes by itself."""


def link_case(run: Run, command: ask.LinkCase) -> list[FlowEvent]:
    """Nothing for a stranger: a case belongs to a customer, and saying a name proves none."""
    found = case_of_call(run)
    return [CaseLinked(found.reference)] if found is not None else []


def case_of_call(run: Run) -> CaseView | None:
    call = run.call
    if call.case_id is None:
        if call.customer_id is None:
            return None
        title = TITLE.both(topic=TOPICS.get(run.flow.topic, TOPICS["general"]))
        opener = the_customer(call.customer_id) if call.verified_at else THE_SYSTEM
        call.case_id = open_case(case_kind(run.flow.topic), call.customer_id, opened_by=opener, title=title).id
        call.case_is_new = True
    if call.verified_at and call.customer_id:
        note_signed_in(call.case_id, call.customer_id)
    return case(call.case_id)


def settle_served(run: Run, outcome: str) -> None:
    """A new case about a call that the menu served asks for nobody's time."""
    if run.call.case_is_new and outcome in SERVED and run.call.case_id:
        ask_confirmation(run.call.case_id, THE_SYSTEM)
