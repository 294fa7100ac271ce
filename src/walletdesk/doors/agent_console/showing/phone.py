"""The soft-phone as the bar shows it: where the agent stands, who rings, who is on the line, what drops from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse

from walletdesk.doors._shared import live
from walletdesk.doors.agent_console.acting import DeskRequest
from walletdesk.doors.agent_console.showing.phone_words import (
    PRESENCE_SHAPES,
    TRANSFER_TOPICS,
    Choice,
    how_long,
    in_pairs,
    lasted,
    spelled,
)
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.hotline.public import (
    DISPOSITIONS,
    OWN_REASONS,
    REASONS,
    STATE_WORDS,
    TOPICS,
    CallView,
    OfferView,
    SoftPhone,
    presences,
    soft_phone,
)
from walletdesk.trust.customers.public import customers

SEAT = "seat:agent:"
WITH_COLLEAGUE = ("consulting", "together")
STRANGER = Words("未核验来电", "Caller not verified")
_COLLEAGUE = Words("工号 {n} 请教您", "Agent {n} asks you")
_RINGS = Words(
    "来电：{who}，{topic}，等了 {waited}。按 y 接听", "Call: {who}, {topic}, waited {waited}. Press y to answer"
)
_ON_CALL = Words("正在和 {who} 通话", "On a call with {who}")
_ASIDE = Words("和 {n} 商量中", "Aside with {n}")
_TOGETHER = Words("三方，有 {n}", "All three, {n} too")
_HELD = Words("已保持", "On hold")
_VERIFIED, _NOT_VERIFIED = Words("已核验", "Verified"), Words("未核验", "Not verified")
_AFTERWARDS = Words("之后：{state}", "then: {state}")


@dataclass(frozen=True, slots=True)
class Ringing:
    """An offer. Before the caller is verified nothing of a customer stands here."""

    id: str
    who: Words | str
    topic: Words | str
    verified: bool
    waited: str


@dataclass(frozen=True, slots=True)
class OnLine:
    """``tone``, ``shape`` and ``words``: how it stands with the caller."""

    id: str
    who: Words | str
    phone_shown: str
    since: datetime
    lasted: str
    code_shown: str
    code_spelled: str
    tone: str
    shape: str
    words: Words | str
    recording: bool
    recording_paused: bool
    case_href: str


@dataclass(frozen=True, slots=True)
class Button:
    """``on``: pressed, not pressed, or no toggle. ``focus_only``: its key moves there, the agent presses."""

    wish: str
    key: str
    icon: str
    words: Words
    on: bool | None = None
    focus_only: bool = False


@dataclass(frozen=True, slots=True)
class Phone:
    """``call_id``: the conversation to write down, the present one or the last that is not written yet."""

    state: str
    tone: str
    shape: str
    words: Words
    reason: Words | str
    since: datetime | None
    lasted: str
    aloud: str
    seat_ticket: str
    choices: list[Choice]
    offer: Ringing | None = None
    call: OnLine | None = None
    buttons: list[Button] = field(default_factory=list)
    hang_up: Button | None = None
    call_id: str = ""
    about: Words | str = ""
    wrapping: bool = False
    with_colleague: str = ""
    consult_choices: list[Choice] = field(default_factory=list)
    colleagues: list[Choice] = field(default_factory=list)
    topics: list[Choice] = field(default_factory=list)
    dispositions: list[Choice] = field(default_factory=list)


CONSULT_CHOICES = [
    Choice("back_to_caller", Words("回到客户", "Back to the customer")),
    Choice("join", Words("三方一起", "All three together")),
    Choice("hand_over", Words("交给同事", "Hand over")),
]
HANG_UP = Button("hang_up", "g", "hangup", Words("挂断", "Hang up"), focus_only=True)


def context(request: DeskRequest, fields: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What ``phone_bar.html`` and ``phone_panel.html`` read. ``fields``: what was typed, when it was refused."""
    return {"phone": _phone(request, soft_phone(request.employee.id)), "fields": fields or {}}


def _phone(request: DeskRequest, soft: SoftPhone) -> Phone:
    moment, call, presence = now(), soft.call, soft.presence
    state = presence.state if presence else "logged_off"
    offer = _ringing(soft.offer, moment) if soft.offer else None
    other = _other(call, request) if call else ""
    on_line = _on_line(call, moment, other) if call else None
    to_write = call or (soft.unwrapped[0] if soft.unwrapped else None)
    tone, shape = PRESENCE_SHAPES[state]
    return Phone(
        state=state,
        tone=tone,
        shape=shape,
        words=STATE_WORDS[state],
        reason=_reason(soft),
        since=presence.since if presence else None,
        lasted=lasted(presence.since, moment) if presence else "",
        aloud=_aloud(state, offer, on_line),
        seat_ticket=live.ticket(request, [f"{SEAT}{request.employee.id}"]) if state != "logged_off" else "",
        choices=_choices(state, presence.reason if presence else ""),
        offer=offer,
        call=on_line,
        buttons=_buttons(call) if call else [],
        hang_up=HANG_UP,
        call_id=str(to_write.id) if to_write else "",
        about=_who(to_write)[0] if to_write else "",
        wrapping=call is None and to_write is not None,
        with_colleague=other,
        consult_choices=CONSULT_CHOICES,
        colleagues=_colleagues(request) if call else [],
        topics=[Choice(code, _headed(TOPICS[code])) for code in TRANSFER_TOPICS] if call else [],
        dispositions=[Choice(code, words) for code, words in DISPOSITIONS.items()] if to_write else [],
    )


def _reason(soft: SoftPhone) -> Words | str:
    """Why paused; in a call, where the agent goes afterwards."""
    if soft.presence is None:
        return ""
    if soft.presence.next_state:
        return _AFTERWARDS.say(state=str(STATE_WORDS[soft.presence.next_state]))
    return REASONS.get(soft.presence.reason, "")


def _aloud(state: str, offer: Ringing | None, on_line: OnLine | None) -> str:
    """What a screen reader says when the bar changes."""
    if offer:
        return _RINGS.say(who=str(offer.who), topic=str(offer.topic), waited=offer.waited)
    if on_line:
        return _ON_CALL.say(who=str(on_line.who))
    return str(STATE_WORDS[state])


def _who(call: CallView) -> tuple[Words | str, str]:
    """(name, masked phone) of a verified caller; of anybody else that we do not know them."""
    known = customers([call.customer_id]).get(call.customer_id) if call.customer_id and call.verified else None
    return (known.name, known.masked_phone) if known else (STRANGER, call.number_shown)


def _shown(call: CallView) -> tuple[Words | str, str]:
    """As ``_who``, in less room: of a stranger the number that the line says, for "not verified" stands beside it."""
    who, phone = _who(call)
    return (phone or who, "") if who is STRANGER else (who, phone)


def _ringing(offer: OfferView, moment: datetime) -> Ringing:
    call = offer.call
    asks = next((one.employee_number for one in call.agents), "")
    who = _COLLEAGUE.say(n=asks) if offer.kind == "colleague" else _shown(call)[0]
    waited = int((moment - (call.queued_at or call.arrived_at)).total_seconds())
    return Ringing(str(offer.id), who, TOPICS.get(call.topic, ""), call.verified, how_long(waited))


def _on_line(call: CallView, moment: datetime, other: str) -> OnLine:
    who, phone = _shown(call)
    since = call.agent_at or moment
    tone, shape, words = _line(call, other)
    return OnLine(
        id=str(call.id),
        who=who,
        phone_shown=phone,
        since=since,
        lasted=lasted(since, moment),
        code_shown=in_pairs(call.short_code),
        code_spelled=spelled(call.short_code),
        tone=tone,
        shape=shape,
        words=words,
        recording=call.recording,
        recording_paused=call.secret,
        case_href=reverse("desk-case", args=[call.case_reference]) if call.case_reference else "",
    )


def _line(call: CallView, other: str) -> tuple[str, str, Words | str]:
    """Whom the agent speaks with, before who the caller is."""
    if other:
        return (
            ("go", "talk", _TOGETHER.say(n=other))
            if call.place == "together"
            else ("wait", "hold", _ASIDE.say(n=other))
        )
    if call.held:
        return "wait", "hold", _HELD
    return ("go", "done", _VERIFIED) if call.verified else ("wait", "ring", _NOT_VERIFIED)


def _buttons(call: CallView) -> list[Button]:
    """What the call itself is asked for; mute is the page's own."""
    held, secret = call.held, call.secret
    words = Words("接回", "Resume") if held else Words("保持", "Hold")
    made = [Button("resume" if held else "hold", "h", "pause", words, held)]
    if call.recording:
        words = (
            Words("继续录音", "Record again")
            if secret
            else Words("停录：客户要说密码", "Pause the recording: a secret")
        )
        made.append(Button("secret_off" if secret else "secret_on", "s", "lock", words, secret))
    return made


def _headed(words: Words) -> Words:
    """As it stands by itself and not inside a sentence."""
    return Words(words.zh, words.en[:1].upper() + words.en[1:])


def _choices(state: str, reason: str) -> list[Choice]:
    """Where the agent may go by themselves; in a call it takes effect afterwards. A pause has its reason."""
    if state == "offered":
        return []
    return [
        Choice("available", STATE_WORDS["available"], "done", state == "available"),
        *(
            Choice(f"paused:{code}", REASONS[code], "hold", state == "paused" and reason == code)
            for code in OWN_REASONS
        ),
        Choice("logged_off", STATE_WORDS["logged_off"], "flat", state == "logged_off"),
    ]


def _other(call: CallView, request: DeskRequest) -> str:
    """The number of the colleague in a consultation."""
    if call.place not in WITH_COLLEAGUE:
        return ""
    return next((one.employee_number for one in call.agents if one.id != request.employee.id), "")


def _colleagues(request: DeskRequest) -> list[Choice]:
    """Those who are free now, by number and name."""
    me = request.employee.id
    return [
        Choice(
            str(one.employee.id),
            Words(
                f"工号 {one.employee.employee_number} {one.employee.name_zh}",
                f"Agent {one.employee.employee_number} {one.employee.name_en}",
            ),
        )
        for one in presences()
        if one.state == "available" and one.employee.id != me
    ]
