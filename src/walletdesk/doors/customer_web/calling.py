"""A customer's call as their page shows it: where they stand, who is on the line, how it ended; what stands ready before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from walletdesk.doors._shared.reader_time import moment_words
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words, reading_chinese
from walletdesk.money.payments.public import activity
from walletdesk.service.cases.public import device_block
from walletdesk.service.hotline.public import (
    CallView,
    LineView,
    calls_of_customer,
    line,
    open_approval,
    show_digits,
    speaking_now,
)
from walletdesk.service.workforce.public import estimate_wait, minutes_said
from walletdesk.trust.official_contacts.public import contacts, open_states

PAYMENTS_SHOWN = 8
WITH_PERSON = ("talking", "consulting", "together")
IN_LINE = ("waiting", "connecting")


@dataclass(frozen=True, slots=True)
class TopicRow:
    """``says`` when nobody is there: when somebody will be."""

    code: str
    name: Words
    open: bool
    says: str


@dataclass(frozen=True, slots=True)
class PaymentRow:
    id: UUID
    words: str


@dataclass(frozen=True, slots=True)
class Code:
    shown: str
    spelled: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Calling:
    """What the app says live about calls: ``who`` is talking, calling_you, will_call, waiting, in_menu or nobody.

    ``asked``: somebody on the telephone says to be this customer, and waits for their yes; its ``code_asked`` is what
    they hear.
    """

    who: str
    agent_number: str
    case_reference: str
    code_shown: str
    asked: UUID | None
    code_asked: str

    @property
    def urgent(self) -> bool:
        """Whether it stands on the first page as well: something is happening at this moment."""
        return self.asked is not None or self.who in ("talking", "calling_you")


@dataclass(frozen=True, slots=True)
class CallShown:
    """The customer's call from the page. ``state``: menu, waiting, talking, survey, goodbye, ended."""

    id: UUID
    state: str
    ahead: int
    minutes: int | None
    promised_by: datetime | None
    waited: str
    called_back: bool
    agent_name: Words | str
    agent_number: str
    answered_at: datetime | None
    lasted: str
    code_shown: str
    code_spelled: str
    held: bool
    recording: bool
    case_reference: str


def topics() -> list[TopicRow]:
    """What one calls about, each with its hours."""
    states = open_states()
    return [
        TopicRow(topic.code, topic.name, states[topic.code].open, _opens(states[topic.code].opens_at))
        for topic in contacts().topics
    ]


def _opens(at: datetime | None) -> str:
    return Words("{at} 开", "opens {at}").say(at=moment_words(at)) if at else str(Words("近期不开", "Closed for now"))


def wait_now(waiting: int) -> int | None:
    """About how many minutes somebody who calls now waits behind ``waiting`` others; ``None`` when nobody can tell."""
    language = "zh-hans" if reading_chinese() else "en"
    seconds = estimate_wait("general", language, waiting + 1, now())
    return None if seconds is None else round(seconds / 60)


def waiting_now() -> int:
    return len(line())


def latest_payments(customer_id: UUID) -> list[PaymentRow]:
    """The latest payments, in words short enough for a list of choices."""
    rows = activity(customer_id, kind="payment", limit=PAYMENTS_SHOWN).rows
    return [
        PaymentRow(
            row.id, f"{moment_words(row.at)}  {row.title}  {row.amount.asset.sign}{row.amount.plain.lstrip('-')}"
        )
        for row in rows
    ]


def device_words(user_agent: str) -> str:
    """What the browser says of itself, as the agent will read it."""
    block = device_block(user_agent)
    system = f"{block['os']} {block['os_version']}".strip()
    browser = f"{block['browser']} {block['browser_version']}".strip()
    return ", ".join(part for part in (block["brand"], system, browser) if part) or str(Words("没有说", "not told"))


def in_pairs(code: str) -> str:
    """``481702`` as it is compared: ``48 17 02``."""
    return " ".join(code[place : place + 2] for place in range(0, len(code), 2))


def code_of(customer_id: UUID) -> Code:
    """The six digits that prove a telephone caller, as this app shows them now."""
    shown = show_digits(customer_id)
    return Code(in_pairs(shown.digits), " ".join(shown.digits), now() + timedelta(seconds=shown.seconds_left))


def calling(customer_id: UUID) -> Calling:
    """Who of ours is on the line with this customer now; nobody, whatever a voice may say."""
    told, question = speaking_now(customer_id), open_approval(customer_id)
    return Calling(
        told.who,
        told.agent_number,
        told.case_reference,
        in_pairs(told.short_code),
        question.id if question else None,
        in_pairs(question.short_code) if question else "",
    )


def call_shown(customer_id: UUID, since: datetime) -> CallShown | None:
    """The customer's call that began after ``since``; ``None`` while it is not there yet."""
    latest = next(iter(calls_of_customer(customer_id, limit=1)), None)
    if latest is None or latest.arrived_at < since:
        return None
    place = next((one for one in line() if one.call_id == latest.id), None) if latest.place in IN_LINE else None
    return _shown(latest, place)


def _shown(call: CallView, place: LineView | None) -> CallShown:
    agent = call.agents[0] if call.agents else None
    queued, picked_up = call.queued_at or call.arrived_at, call.agent_at or call.ended_at or now()
    talked = (call.ended_at - call.agent_at).total_seconds() if call.ended_at and call.agent_at else 0
    return CallShown(
        id=call.id,
        state=_state(call),
        ahead=place.position - 1 if place else 0,
        minutes=minutes_said(place.expected_seconds) if place and place.expected_seconds is not None else None,
        promised_by=place.due_at if place else None,
        waited=how_long(int((picked_up - queued).total_seconds())),
        called_back=call.outcome == "call_back_kept",
        agent_name=agent.name if agent else "",
        agent_number=agent.employee_number if agent else "",
        answered_at=call.agent_at,
        lasted=how_long(int(talked)) if talked else "",
        code_shown=in_pairs(call.short_code),
        code_spelled=" ".join(call.short_code),
        held=call.held,
        recording=call.recording,
        case_reference=call.case_reference,
    )


def _state(call: CallView) -> str:
    if call.ended_at:
        return "ended"
    if call.place in WITH_PERSON and call.agents:
        return "talking"
    if call.place in IN_LINE:
        return "waiting"
    return {"surveying": "survey", "farewell": "goodbye"}.get(call.place, "menu")


def how_long(seconds: int) -> str:
    """``48 秒``, ``1 分 48 秒``, ``12 分``."""
    minutes, rest = divmod(max(0, seconds), 60)
    if not minutes:
        return Words("{s} 秒", "{s} s").say(s=rest)
    if minutes >= 10 or not rest:
        return Words("{m} 分", "{m} min").say(m=minutes)
    return Words("{m} 分 {s} 秒", "{m} min {s} s").say(m=minutes, s=rest)
