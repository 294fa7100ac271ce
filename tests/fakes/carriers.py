"""Carriers of messages in memory: a provider of texts and a push service that do as they are told."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from walletdesk.service.notifications import ports
from walletdesk.service.notifications.ports import Answer, PushTarget, SmsReceipt, SmsSent, SmsText, Whereabouts

_numbers = itertools.count(1)


@dataclass
class FakeSms:
    """``answer`` is given to every text; ``then`` to every question."""

    answer: Answer | None = None
    then: Whereabouts = "delivered"
    texts: list[SmsText] = field(default_factory=list)
    asked: int = 0

    def send(self, message: SmsText) -> Answer:
        self.texts.append(message)
        return self.answer or Answer("taken", "", f"T{next(_numbers)}")

    def whereabouts(self, sent: SmsSent) -> Whereabouts:
        self.asked += 1
        return self.then

    def receipt(self, signature: str, body: bytes, at: datetime) -> SmsReceipt | None:
        """Signed is what says "good"."""
        return SmsReceipt(**json.loads(body)) if signature == "good" else None


@dataclass
class FakePush:
    answer: Answer = field(default_factory=lambda: Answer("taken"))
    pushed: list[tuple[PushTarget, bytes, bool]] = field(default_factory=list)

    def public_key(self) -> str:
        return "B" + "A" * 86

    def may_send_to(self, endpoint: str) -> bool:
        return endpoint.startswith("https://push.example/")

    def send(self, target: PushTarget, words: bytes, seconds: int, topic: str, *, urgent: bool) -> Answer:
        self.pushed.append((target, words, urgent))
        return self.answer


@contextmanager
def carriers() -> Iterator[tuple[FakeSms, FakePush]]:
    """The fakes stand behind the ports until the end of the block."""
    before = list(ports._sms), list(ports._push)
    sms, push = FakeSms(), FakePush()
    ports.use_sms(sms)
    ports.use_push(push)
    yield sms, push
    ports._sms[:], ports._push[:] = before
