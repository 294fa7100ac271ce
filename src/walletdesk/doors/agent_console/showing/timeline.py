"""The timeline at the desk, oldest first: what happened and what was said, one line each, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from walletdesk.doors._shared.reader_time import local, near_day_words
from walletdesk.doors.agent_console.showing import status
from walletdesk.foundation.amount.public import KNOWN_ASSETS, Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.agent_actions.public import FIELD_WORDS
from walletdesk.service.cases.public import Actor, CaseView, TimelineView, timeline
from walletdesk.service.conversations.public import MessageView, conversation

Spoken = Words | dict[str, str]


@dataclass(frozen=True, slots=True)
class Clip:
    href: str
    name: str
    size: str
    sha256: str


@dataclass(frozen=True, slots=True)
class BoxedPayment:
    number: str
    at: datetime
    status: status.Status
    amount: Amount


@dataclass(slots=True)
class Line:
    """One line; ``at`` is None for what has not happened. ``voice``: who spoke, as a bubble's class."""

    at: datetime | None
    words: Spoken
    who: Spoken | str = ""
    aside: Spoken | None = None
    tone: str = ""
    shape: str = ""
    icon: str = "info"
    text: str = ""
    voice: str = ""
    clips: list[Clip] = field(default_factory=list)
    payments: list[BoxedPayment] = field(default_factory=list)
    foot: Spoken | None = None
    next: bool = False
    day: str = ""


MARKS: dict[str, tuple[str, str, str]] = {
    # kind: (tone, shape, icon)
    "opened": ("go", "done", ""),
    "duplicate_found": ("wait", "half", ""),
    "payment_joined": ("", "", "link"),
    "taken": ("", "", "usercheck"),
    "reassigned": ("", "", "forward"),
    "verification_asked": ("wait", "", "device"),
    "customer_verified": ("go", "", "usercheck"),
    "agent_disowned": ("bad", "tri", ""),
    "proposal_made": ("wait", "", "refund"),
    "proposal_approved": ("go", "", "check"),
    "proposal_rejected": ("bad", "", "back"),
    "proposal_withdrawn": ("", "", "back"),
    "proposal_expired": ("wait", "", "clock"),
    "refund_posted": ("go", "done", ""),
    "confirmation_asked": ("wait", "", "help"),
    "not_solved": ("wait", "half", ""),
    "promise_kept": ("go", "", "clock"),
    "promise_late": ("bad", "", "clock"),
    "promise_broken": ("bad", "tri", ""),
    "unmasked": ("", "", "eye"),
    "safety_checked": ("go", "done", ""),
    "signed_out": ("wait", "", "device"),
    "payee_reported": ("wait", "", "shield"),
    "rated": ("go", "star", ""),
    "closed": ("go", "flat", ""),
    "reopened": ("wait", "ring", ""),
}
HERE = {
    # what the room says to the customer ("you"), said by one colleague to another
    "customer_verified": Words("在自己的手机上确认了身份", "confirmed on their own device"),
    "agent_disowned": Words(
        "说这不是我们的人，已报告安全小组", "said that it is not one of us; security has been told"
    ),
    "not_solved": Words("说还没有解决", "said that it is not solved yet"),
    "rated": Words("评价了 {stars} 星", "rated it {stars} of 5"),
}
ASKED = Words("请客户在手机上确认", "asked the customer to confirm on their phone")
UNMASKED = Words("看了客户的{field}：{reason}", "looked at the customer’s {field}: {reason}")
AGENT = Words("工号 {number} {name}", "Agent {number} {name}")
LEVEL = Words("第 {level} 级", "level {level}")
CONFIRM = Words("已请客户确认解决没有", "Asked the customer whether it is solved")
OPENED = Words("在应用里建立了案件", "opened this case in the app")
SOLVED = Words("确认已经解决，案件结案", "confirmed that it is solved; the case is closed")
ONE_ORDER = Words("同一订单 {reference}，同一商户，相隔 {apart}", "One order {reference}, one shop, {apart} apart")
NO_ORDER = Words("同一商户、同一金额，相隔 {apart}", "Same shop, same amount, {apart} apart")
ROLES = {
    "purchase": status.Status(Words("消费", "purchase"), "go", "done"),
    "likely_double": status.Status(Words("疑似重复", "likely double"), "wait", "half"),
    "transfer_out": status.Status(Words("转出", "sent"), "plain", "dot"),
    "transfer_in": status.Status(Words("转入", "received"), "plain", "dot"),
    "top_up": status.Status(Words("充值", "top-up"), "plain", "dot"),
    "refund": status.Status(Words("退款", "refund"), "plain", "dot"),
}
PLAIN_PAYMENT = status.Status(Words("付款", "payment"), "plain", "dot")
SYSTEM = Words("系统", "System")
IN_APP = Words("应用内留言", "in the app")
TO_CUSTOMER = Words("答复客户", "to the customer")
TO_SHOP = Words("问商户", "to the shop")
SHOP_SAYS = Words("商户回话，客户看不到", "the shop, not seen by the customer")
NOTE = Words("笔记", "Note")
STAFF_ONLY = Words("只有员工看得见", "staff only")
SHOP = Words("商户", "The shop")


def flow(
    case: CaseView, reader: Actor, customer_name: str, next_step: Words | None, next_more: Words | None
) -> list[Line]:
    """Events and messages in one order, a day's name before each new day, then what comes next."""
    lines = [_event(one, customer_name) for one in timeline(case.id, "staff")]
    lines += [_message(case, one, customer_name) for one in conversation(case.id, reader)]
    lines.sort(key=lambda line: line.at or case.created_at)
    _name_days(lines)
    if next_step is not None:
        if lines:
            lines[-1].next = True
        lines.append(Line(None, next_step, aside=next_more, tone="wait", shape="half"))
    return lines


def _name_days(lines: list[Line]) -> None:
    before = None
    for line in lines:
        day = local(line.at).date() if line.at else None
        if day and day != before:
            line.day = near_day_words(day)
            before = day


def _event(event: TimelineView, customer_name: str) -> Line:
    tone, shape, icon = MARKS.get(event.kind, ("", "dot", ""))
    line = Line(event.at, event.words, tone=tone, shape=shape, icon=icon or "info")
    if event.audience == "staff":
        line.aside = STAFF_ONLY
    by_customer = event.actor_kind == "customer"
    if by_customer:
        line.who = customer_name
    if event.kind in HERE and by_customer:
        line.words = HERE[event.kind].both(stars=event.detail.get("stars", ""))
    elif event.kind == "opened" and by_customer:
        line.words = OPENED
    elif event.kind == "closed" and by_customer:
        if event.detail.get("summary", {}).get("closed_by") == "restored":
            line.who = ""  # nobody said that it is solved: they are back in their account
        else:
            line.words = SOLVED
    elif event.kind == "confirmation_asked":
        line.words = CONFIRM
    elif event.kind == "verification_asked":
        line.who, line.words = _agent(event), ASKED
    elif event.kind == "unmasked":
        field = FIELD_WORDS.get(event.detail.get("field", ""), "")
        line.who, line.words = _agent(event), UNMASKED.both(field=field, reason=event.detail.get("reason", ""))
    elif by_customer:
        line.who = ""
    if event.kind == "customer_verified" and "level" in event.detail:
        line.aside = LEVEL.both(level=event.detail["level"])
    _box(line, event.detail)
    return line


def _agent(event: TimelineView) -> dict[str, str]:
    name = Words(event.actor_name.get("zh-hans", ""), event.actor_name.get("en", ""))
    return AGENT.both(number=event.actor_number, name=name)


def _box(line: Line, detail: dict[str, Any]) -> None:
    """The payments that an event is about, as a small table under it."""
    rows = detail.get("payments")
    if not isinstance(rows, list) or not rows or not isinstance(rows[0], dict):
        return
    for row in rows:
        asset = KNOWN_ASSETS.get(row.get("asset", "CNY"), KNOWN_ASSETS["CNY"])
        line.payments.append(
            BoxedPayment(
                number=row.get("receipt_number", ""),
                at=datetime.fromisoformat(row["at"]),
                status=ROLES.get(row.get("role", ""), PLAIN_PAYMENT),
                amount=Amount(-int(row["amount_minor"]), asset),
            )
        )
    if "seconds_apart" in detail:
        line.foot = _apart(detail)


def _apart(detail: dict[str, Any]) -> dict[str, str]:
    seconds = int(detail["seconds_apart"])
    span = (
        Words(f"{seconds} 秒", f"{seconds} s")
        if seconds < 120
        else Words(f"{seconds // 60} 分钟", f"{seconds // 60} min")
    )
    reference = detail.get("order_reference") or ""
    return ONE_ORDER.both(reference=reference, apart=span) if reference else NO_ORDER.both(apart=span)


def _message(case: CaseView, message: MessageView, customer_name: str) -> Line:
    name = Words(message.author_name.get("zh-hans", ""), message.author_name.get("en", ""))
    number = message.author_number
    agent = Words(f"工号 {number} {name.zh}", f"Agent {number} {name.en}")
    line = Line(message.sent_at, IN_APP, icon="chat", text=message.text)
    if message.audience == "staff":
        line.words, line.who, line.aside, line.voice, line.icon = STAFF_ONLY, NOTE, agent, "note", "receipt"
    elif message.author_kind == "customer":
        line.who = customer_name
    elif message.author_kind == "merchant":
        line.who, line.words, line.icon = (name if name.zh else SHOP), SHOP_SAYS, "store"
    elif message.author_kind == "employee":
        to_shop = message.audience == "merchant"
        line.who, line.words, line.voice = agent, TO_SHOP if to_shop else TO_CUSTOMER, "ours"
        line.icon = "store" if to_shop else "send"
    else:
        line.who, line.words = SYSTEM, IN_APP
    line.clips = [_clip(case, clip) for clip in message.attachments]
    return line


def _clip(case: CaseView, clip: Any) -> Clip:
    """A file; of a closed case only its name, since its links are dead until the case is reopened."""
    href = reverse("desk-file", args=[case.reference, clip.id]) if case.is_open else ""
    return Clip(href, clip.name, filesizeformat(clip.bytes), clip.sha256)
