"""The porter stands before sippy's socket: who may say what to us, and what everybody else is told.

In the order tried::

    a stranger (not on the list)                         nothing at all
    a banned address                                     nothing
    cut, LF-only, another version, no request            nothing
    a message that cannot be read                        400, 416 when it can be told whom to answer; otherwise nothing
    a response                                           to sippy
    a scanner by its own name                            nothing, and banned
    an ACK                                               to sippy
    Max-Forwards 0                                       483
    REGISTER, REFER                                      403, whatever account it names: all get the same answer
    any method but those that calls need                 405
    Require of an extension                              420
    OPTIONS outside a call                               200, or 503 while we take no calls
    INVITE to a number that is not ours                  403
    INVITE with a body that is no SDP, without Contact   415, 400
    INVITE beyond the rate, the room, or our own strength  503 with Retry-After
    the rest                                             to sippy

An address listed by itself is never banned: the sender of a datagram can be forged, and a forger must not be able to
shut out the trunk. Only those who are let in by a wider network can be.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from walletdesk.adapters.telephony.sip.datagram import Message, Unreadable, read
from walletdesk.adapters.telephony.sip.grammar import parameters, read_address, read_uri, read_via

Address = tuple[str, int]
ALLOWED_METHODS = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO"
CALL_METHODS = frozenset({"INVITE", "CANCEL", "BYE", "OPTIONS", "INFO"})
SCANNERS = (
    "friendly-scanner",
    "sipvicious",
    "sipcli",
    "sip-scan",
    "sipsak",
    "sundayddr",
    "iwar",
    "vaxsipuseragent",
    "pplsip",
)
STRIKES = 8
STRIKE_SECONDS = 60.0
BAN_SECONDS = 3_600.0
REMEMBERED_SECONDS = 64.0
MOST_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Pass:
    """For sippy, as we wrote it ourselves."""

    message: Message


@dataclass(frozen=True, slots=True)
class Answer:
    """The porter's own answer."""

    status: int
    data: bytes
    to: Address


@dataclass(frozen=True, slots=True)
class Drop:
    why: str


Verdict = Pass | Answer | Drop


@dataclass(frozen=True, slots=True)
class PorterRules:
    """``numbers``: what may be dialled here, by the user part; empty: anything, since nothing is ever passed on."""

    listed: tuple[str, ...] = ("127.0.0.1",)
    numbers: tuple[str, ...] = ()
    calls_a_second: float = 40.0
    calls_at_once: float = 80.0  # the bucket: how many may come in one moment
    most_calls: int = 400
    retry_after: int = 10


@dataclass(slots=True)
class _Memory:
    """Of one kind, bounded: the oldest is forgotten first."""

    kept: OrderedDict[object, tuple[float, float]] = field(default_factory=OrderedDict)

    def put(self, key: object, value: float, now: float) -> None:
        self.kept.pop(key, None)
        self.kept[key] = (value, now)
        if len(self.kept) > MOST_REMEMBERED:
            self.kept.popitem(last=False)

    def get(self, key: object) -> tuple[float, float] | None:
        return self.kept.get(key)


class Porter:
    """``judge`` is called from one thread. ``calls_up`` and ``backlog`` tell how full the house is; ``open``: we take calls."""

    def __init__(
        self, rules: PorterRules, calls_up: Callable[[], int] = lambda: 0, backlog: Callable[[], bool] = lambda: False
    ) -> None:
        self.rules = rules
        self.open = True
        self._calls_up, self._backlog = calls_up, backlog
        self._single, self._wide = _sorted_networks(rules.listed)
        self._secret = secrets.token_bytes(16)
        self._strikes, self._bans = _Memory(), _Memory()
        self._let_in, self._sent_away = _Memory(), _Memory()
        self._tokens, self._filled = rules.calls_at_once, 0.0
        self._is_listed = lru_cache(maxsize=65_536)(self._looked_up)

    def list_address(self, address: str) -> None:
        """The trunk's name was looked up."""
        self._single |= {address}
        self._is_listed.cache_clear()

    def is_listed(self, host: str) -> bool:
        return self._is_listed(host)

    def judge(self, datagram: bytes, source: Address, now: float) -> Verdict:
        if not self._is_listed(source[0]):
            return Drop("not listed")
        banned = self._bans.get(source[0])
        if banned and banned[0] > now:
            return Drop("banned")
        if not datagram.strip(b"\r\n\x00"):
            return Drop("keep-alive")
        try:
            message = read(datagram)
        except Unreadable as problem:
            self._strike(source[0], now)
            if not problem.status or problem.method in ("", "ACK"):
                return Drop(problem.why)
            return self._answer(problem.status, problem.why, problem.fields, source)
        if message.status:
            return Pass(message)
        return self._judge_request(message, source, now)

    def _judge_request(self, message: Message, source: Address, now: float) -> Verdict:
        who = message.first("user-agent").lower()
        if any(name in who for name in SCANNERS):
            self._ban(source[0], now)
            return Drop("scanner")
        if message.method == "ACK":
            return Pass(message)

        def answer(status: int, reason: str, *more: str) -> Verdict:
            return self._answer(status, reason, message.fields, source, *more)

        if message.first("max-forwards") and int(message.first("max-forwards")) == 0:
            return answer(483, "Too Many Hops")
        if message.method in ("REGISTER", "REFER"):
            self._strike(source[0], now)
            return answer(403, "Forbidden")
        if message.method not in CALL_METHODS:
            return answer(405, "Method Not Allowed", f"Allow: {ALLOWED_METHODS}")
        wanted = [*message.every("require"), *message.every("proxy-require")]
        if wanted and message.method != "CANCEL":
            return answer(420, "Bad Extension", f"Unsupported: {', '.join(wanted)}")
        if message.method == "OPTIONS" and not message.in_dialog:
            return self._answer_options(answer)
        if message.method == "INVITE" and not message.in_dialog:
            return self._judge_call(message, source, now, answer)
        return Pass(message)

    def _answer_options(self, answer: Callable[..., Verdict]) -> Verdict:
        if not self.open:
            return answer(503, "Service Unavailable", f"Retry-After: {self.rules.retry_after}")
        return answer(200, "OK", f"Allow: {ALLOWED_METHODS}", "Accept: application/sdp", "Supported:")

    def _judge_call(self, message: Message, source: Address, now: float, answer: Callable[..., Verdict]) -> Verdict:
        if self.rules.numbers and read_uri(message.start).user not in self.rules.numbers:
            self._strike(source[0], now)
            return answer(403, "Forbidden")
        kind = message.first("content-type").partition(";")[0].strip().lower()
        coded = message.first("content-encoding").lower()
        if (message.body and kind != "application/sdp") or coded not in ("", "identity"):
            return answer(415, "Unsupported Media Type", "Accept: application/sdp", "Accept-Encoding: identity")
        if len(message.every("contact")) != 1:
            return answer(400, "Bad Contact")
        if not self._has_room(message, now):
            return answer(503, "Service Unavailable", f"Retry-After: {self.rules.retry_after}")
        return Pass(message)

    def _has_room(self, message: Message, now: float) -> bool:
        """A retransmission is judged as its first was: a call let in is not sent away by its own echo, nor the other way."""
        call = (message.first("call-id"), message.first("cseq"), message.first("via"))
        for memory, verdict in ((self._let_in, True), (self._sent_away, False)):
            seen = memory.get(call)
            if seen and now - seen[1] < REMEMBERED_SECONDS:
                return verdict
        gained = (now - self._filled) * self.rules.calls_a_second
        self._tokens = min(self.rules.calls_at_once, self._tokens + max(gained, 0.0))
        self._filled = now
        if not self.open or self._backlog() or self._calls_up() >= self.rules.most_calls or self._tokens < 1:
            self._sent_away.put(call, 0, now)
            return False
        self._tokens -= 1
        self._let_in.put(call, 0, now)
        return True

    # ── who is heard at all ───────────────────────────────────────────────────────────────────────────────────────

    def _looked_up(self, host: str) -> bool:
        if host in self._single:
            return True
        try:
            address = ip_address(host)
        except ValueError:
            return False
        return any(address in network for network in self._wide)

    def _strike(self, host: str, now: float) -> None:
        count, since = self._strikes.get(host) or (0.0, now)
        if now - since > STRIKE_SECONDS:
            count, since = 0.0, now
        self._strikes.put(host, count + 1, since)
        if count + 1 >= STRIKES:
            self._ban(host, now)

    def _ban(self, host: str, now: float) -> None:
        if host not in self._single:
            self._bans.put(host, now + BAN_SECONDS, now)

    # ── what they are told ────────────────────────────────────────────────────────────────────────────────────────

    def _answer(
        self, status: int, reason: str, fields: tuple[tuple[str, str], ...], source: Address, *more: str
    ) -> Answer | Drop:
        """The same request gets the same answer, tag and all, so that nothing needs to be kept."""
        vias = [value for name, value in fields if name == "via"]
        hop = read_via(vias[0]) if vias else None
        values = dict(reversed(fields))
        if hop is None or not all(values.get(name) for name in ("from", "to", "call-id", "cseq")):
            return Drop(f"{status} {reason}, but to whom?")
        host, port, about = hop
        if "rport" in about:
            port = source[1]
            vias[0] = vias[0].replace("rport", f"rport={port}", 1) if not about["rport"] else vias[0]
        if host != source[0]:
            vias[0] += f";received={source[0]}"
        lines = [f"SIP/2.0 {status} {reason}", *(f"Via: {via}" for via in vias), f"From: {values['from']}"]
        lines += [
            f"To: {self._tagged(values['to'], values)}",
            f"Call-ID: {values['call-id']}",
            f"CSeq: {values['cseq']}",
        ]
        data = "\r\n".join([*lines, *more, "Content-Length: 0", "", ""]).encode()
        return Answer(status, data, (source[0], port))

    def _tagged(self, to: str, values: dict[str, str]) -> str:
        try:
            if "tag" in parameters(read_address(to)[1]):
                return to
        except ValueError:
            return to
        seed = f"{values['call-id']} {values['cseq']} {values['from']}".encode()
        return f"{to};tag={hashlib.blake2s(seed, key=self._secret, digest_size=8).hexdigest()}"


def _sorted_networks(listed: tuple[str, ...]) -> tuple[frozenset[str], tuple[IPv4Network | IPv6Network, ...]]:
    """Those named one by one, and those let in by a network."""
    single, wide = set(), []
    for one in listed:
        network = ip_network(one, strict=False)
        if network.num_addresses == 1:
            single.add(str(network.network_address))
        else:
            wide.append(network)
    return frozenset(single), tuple(wide)
