"""What notifications need of the world: somebody who carries a text message, and the push services of the browsers.

Handing a message over has four outcomes. There is no key that would make a repetition harmless, so the last one is final:

    taken           they have it
    for_now         they say clearly that they did not take it; later they may
    for_good        they never will: the number cannot be reached, the subscription is gone, we are not their customer
    answer_lost     sent, and no answer that can be trusted: it may have gone out
    not_reached     nothing was sent, because there was no connection

What an adapter must not do: guess, retry by itself, follow a redirect, raise for anything that the network or the other
side does, wait longer than its deadline, log a text or a number, run inside a database transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

HandedOver = Literal["taken", "for_now", "for_good", "answer_lost", "not_reached"]
Whereabouts = Literal["delivered", "lost", "on_its_way"]


@dataclass(frozen=True, slots=True)
class SmsText:
    """``reference`` is ours and unique; ``to`` is E.164. A provider that sends free text sends ``text``; one that knows
    approved templates only fills the one called ``template`` in ``language`` with ``fields``.
    """

    reference: str
    to: str
    text: str
    template: str
    fields: Mapping[str, str]
    language: str


@dataclass(frozen=True, slots=True)
class SmsSent:
    """A message that was taken, as much of it as a provider needs to say where it is."""

    reference: str
    provider_reference: str
    to: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SmsReceipt:
    """What a provider told us by itself of one text; ``reference`` is ours, ``code`` their word for why it was lost."""

    reference: str
    state: Literal["delivered", "lost"]
    code: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """``code`` is the other side's own word, ``reference`` its number of the message, ``gone``: never try this one again."""

    outcome: HandedOver
    code: str = ""
    reference: str = ""
    gone: bool = False


class SmsProvider(Protocol):
    """Whoever carries text messages."""

    def send(self, message: SmsText) -> Answer:
        """Hand it over, once."""

    def whereabouts(self, sent: SmsSent) -> Whereabouts:
        """What became of it; ``on_its_way`` also when they cannot be reached or do not know yet."""

    def receipt(self, signature: str, body: bytes, at: datetime) -> SmsReceipt | None:
        """What a call back says; None unless it is theirs, whole, and of this moment. Also of one that never calls back."""


@dataclass(frozen=True, slots=True)
class PushTarget:
    """A browser's subscription (RFC 8030, RFC 8291): where to send, its public key and secret in base64url."""

    endpoint: str
    p256dh: str
    auth: str = field(repr=False)


class PushService(Protocol):
    """The push services of browsers, reached at the address in each subscription."""

    def public_key(self) -> str:
        """The key that browsers bind a subscription to (VAPID, RFC 8292), base64url."""

    def may_send_to(self, endpoint: str) -> bool:
        """Whether the address is one of a known push service: nobody makes us call any other."""

    def send(self, target: PushTarget, words: bytes, seconds: int, topic: str, *, urgent: bool) -> Answer:
        """Encrypt ``words`` for this browser and hand them over, to be kept ``seconds`` for it. The same ``topic`` (32 signs)
        again replaces what still waits there, so that a repetition is harmless: silence is ``for_now``.
        """


class NobodyJoined(RuntimeError):
    """The installation names nobody: ``project/ports.py`` did not call :func:`use_sms`, :func:`use_push`."""


_sms: list[SmsProvider] = []
_push: list[PushService] = []


def use_sms(provider: SmsProvider) -> None:
    """From now on this process sends its text messages by ``provider``."""
    _sms[:] = [provider]


def use_push(service: PushService) -> None:
    """From now on this process pushes by ``service``."""
    _push[:] = [service]


def the_sms() -> SmsProvider:
    if not _sms:
        raise NobodyJoined("sms")
    return _sms[0]


def the_push() -> PushService:
    if not _push:
        raise NobodyJoined("push")
    return _push[0]
