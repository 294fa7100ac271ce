"""A webhook and what went to it, as the till shows them: never a secret."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from walletdesk.doors.merchant_web.showing.api_key import MODES
from walletdesk.doors.merchant_web.showing.status import Status
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.webhooks.public import EVENT_TYPES, AttemptView, DeliveryView, EndpointView

WORKS = Status(Words("启用", "On"), "go", "done")
TROUBLED = Status(Words("送不到", "Failing"), "wait", "tri")
OFF = Status(Words("已停用", "Off"), "plain", "flat")
GONE = Status(Words("对方已不接收", "Receiver gone"), "bad", "x")
STATES = {
    "waiting": Status(Words("等待再试", "Waits"), "wait", "half"),
    "sending": Status(Words("正在送", "Sending"), "wait", "half"),
    "delivered": Status(Words("已送达", "Delivered"), "go", "done"),
    "given_up": Status(Words("没有送到", "Given up"), "bad", "x"),
}
WORDS_OF_TYPES = {
    "order.created": Words("新订单", "Order made"),
    "order.cancelled": Words("订单取消", "Order cancelled"),
    "payment.authorised": Words("预授权", "Payment authorised"),
    "payment.captured": Words("已收款", "Payment captured"),
    "payment.voided": Words("预授权撤销", "Authorisation voided"),
    "refund.posted": Words("已退款", "Refund posted"),
    "agreement.accepted": Words("免密协议生效", "Agreement accepted"),
    "agreement.ended": Words("免密协议结束", "Agreement ended"),
    "case.opened": Words("新案件", "Case opened"),
    "case.message": Words("案件消息", "Message in a case"),
    "case.closed": Words("案件结束", "Case closed"),
    "webhook.test": Words("测试", "Test"),
}
"""Those that a shop can hear; transfers are between people."""
ENDINGS = {
    "timed_out": Words("15 秒内没有回答", "No answer within 15 s"),
    "not_reached": Words("连不上", "Could not be reached"),
    "not_allowed": Words("这个地址不允许访问", "This address is not called"),
    "broken": Words("回答不完整", "The answer broke off"),
}


@dataclass(frozen=True, slots=True)
class HookRow:
    id: UUID
    called: str
    host: str
    address: str
    mode: Status
    standing: Status
    on: bool
    gone: bool
    test: bool
    everything: bool
    types: list[Words]
    old_secret_until: datetime | None
    rests_until: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    id: UUID
    words: Words
    type: str
    state: Status
    tries: int
    last: str
    next_at: datetime | None
    created_at: datetime
    replayed: bool


@dataclass(frozen=True, slots=True)
class TryLine:
    number: int
    at: datetime
    word: Status
    took_ms: int
    answer: str


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    line: DeliveryLine
    event_id: UUID
    over: bool
    tries: list[TryLine]
    body: str


def called(endpoint: EndpointView) -> str:
    """Its name, else the machine that it is at."""
    return endpoint.name or urlsplit(endpoint.address).netloc


def row(endpoint: EndpointView) -> HookRow:
    return HookRow(
        id=endpoint.id,
        called=called(endpoint),
        host=urlsplit(endpoint.address).netloc,
        address=endpoint.address,
        mode=MODES[endpoint.mode],
        standing=_standing(endpoint),
        on=endpoint.state == "enabled",
        gone=endpoint.disabled_because == "gone",
        test=endpoint.mode == "test",
        everything=not endpoint.types,
        types=[WORDS_OF_TYPES.get(one, Words(one, one)) for one in endpoint.types],
        old_secret_until=endpoint.old_secret_until,
        rests_until=endpoint.rests_until,
        created_at=endpoint.created_at,
    )


def types(chosen: list[str]) -> list[dict[str, Any]]:
    """The ticks of the form: what a shop can hear."""
    return [
        {"value": one, "words": WORDS_OF_TYPES[one], "on": one in chosen}
        for one in EVENT_TYPES
        if one in WORDS_OF_TYPES
    ]


def line(delivery: DeliveryView) -> DeliveryLine:
    last = delivery.attempts[-1] if delivery.attempts else None
    return DeliveryLine(
        id=delivery.id,
        words=WORDS_OF_TYPES.get(delivery.type, Words(delivery.type, delivery.type)),
        type=delivery.type,
        state=STATES[delivery.state],
        tries=delivery.tries,
        last=str(last.status or "") if last else "",
        next_at=delivery.due_at if delivery.state == "waiting" and delivery.tries else None,
        created_at=delivery.created_at,
        replayed=delivery.replay_of is not None,
    )


def page(delivery: DeliveryView) -> DeliveryPage:
    return DeliveryPage(
        line=line(delivery),
        event_id=delivery.event_id,
        over=delivery.state in ("delivered", "given_up"),
        tries=[_try(one) for one in delivery.attempts],
        body=json.dumps(json.loads(delivery.body), ensure_ascii=False, indent=2),
    )


def _standing(endpoint: EndpointView) -> Status:
    if endpoint.disabled_because == "gone":
        return GONE
    if endpoint.state != "enabled":
        return OFF
    return TROUBLED if endpoint.failures else WORKS


def _try(one: AttemptView) -> TryLine:
    if one.status is None:
        word = Status(ENDINGS[one.ended], "bad", "x")
    elif 200 <= one.status < 300:
        word = Status(Words(f"收下 {one.status}", f"Taken {one.status}"), "go", "done")
    else:
        word = Status(Words(f"没有收下 {one.status}", f"Not taken {one.status}"), "wait", "tri")
    return TryLine(one.number, one.at, word, one.took_ms, one.words)
