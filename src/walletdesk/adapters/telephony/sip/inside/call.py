"""One call: what its agent's events mean, and what we have said and heard so far.

coming in    offered ─(answer)→ answered ─(ACK)→ up ─→ gone
going out    ringing ─(200)────────────────→ up ─→ gone
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from sippy.CCEvents import (
    CCEventConnect,
    CCEventDisconnect,
    CCEventFail,
    CCEventPreConnect,
    CCEventRedirect,
    CCEventRing,
    CCEventTry,
)
from sippy.MsgBody import MsgBody
from sippy.SipAddress import SipAddress
from sippy.SipContact import SipContact
from sippy.SipURL import SipURL
from sippy.Time.Timeout import Timeout

from walletdesk.adapters.telephony.sip.inside.agent import CallAgent, fields, text_of
from walletdesk.adapters.telephony.sip.keypad import Key
from walletdesk.adapters.telephony.sip.porter import ALLOWED_METHODS
from walletdesk.adapters.telephony.sip.session import (
    Description,
    NotAcceptable,
    Ours,
    read_description,
    write_answer,
    write_offer,
)
from walletdesk.adapters.telephony.sip.settings import Trunk
from walletdesk.adapters.telephony.sip.words import EndCause, Ended, Established, Invited, KeyPressed, Redescribed

if TYPE_CHECKING:
    from walletdesk.adapters.telephony.sip.inside.endpoint import Endpoint

log = logging.getLogger(__name__)
RING_AFTER = 0.4  # seconds: who is answered sooner hears no ringing at all
RING_LASTS = 0.15  # never 200 right behind 180: some telephones lose the second
REASONS = {480: "Temporarily Unavailable", 486: "Busy Here", 488: "Not Acceptable Here", 503: "Service Unavailable"}
_NOT_SHOWN = re.compile(r"[^0-9A-Za-z+*#._-]")


def outcome(status: int, heard_anything: bool) -> EndCause:
    """What a refusal of our call means."""
    if status in (486, 600):
        return "busy"
    if status in (480, 487) or (status == 408 and heard_anything):
        return "no_answer"
    if status in (401, 403, 407, 603) or 300 <= status < 400:
        return "refused"
    return "unreachable"


class Call:
    """Serves one ``CallAgent`` and tells the endpoint."""

    def __init__(self, endpoint: Endpoint, name: str, *, trunk: Trunk | None = None, next_hop: Any = None) -> None:
        self.name = name
        self.call_id = self.from_tag = self.source = ""
        self.state: Literal["offered", "answered", "ringing", "up", "gone"] = "ringing" if trunk else "offered"
        self._endpoint = endpoint
        self._trunk = trunk
        self._theirs: Description | None = None
        self._ours: Ours | None = None
        self._offer_is_ours = False
        self._asked_to_end = self._heard_anything = False
        self._rang_at = 0.0
        credentials = {"username": trunk.user, "password": trunk.password} if trunk and trunk.user else {}
        self.agent = CallAgent(endpoint.config, self, nh_address=next_hop, **credentials)
        self.agent.lContact = SipContact(address=SipAddress(url=endpoint.contact_url()))

    # ── commands ──────────────────────────────────────────────────────────────────────────────────────────────────

    def answer(self, host: str, port: int) -> None:
        if self.state != "offered" or self._theirs is None:
            return
        too_soon = self._rang_at + RING_LASTS - time.monotonic()
        if too_soon > 0:
            Timeout(self.answer, too_soon, 1, host, port)
            return
        self.state = "answered"
        self._ours = Ours(host, port, secrets.randbelow(2**31))
        event = CCEventPreConnect((200, "OK", MsgBody(write_answer(self._theirs, self._ours))))
        event.extra_headers = fields(f"Allow: {ALLOWED_METHODS}")
        self.agent.recvEvent(event)

    def refuse(self, status: int, retry_after: int | None = None, warning: str = "") -> None:
        if self.state != "offered":
            return
        event = CCEventFail((status, REASONS.get(status, "Bad Request")))
        more = [f"Retry-After: {retry_after}"] if retry_after is not None else []
        event.extra_headers = fields(*more, *([f'Warning: 399 walletdesk "{warning}"'] if warning else []))
        self._finish("ended_by_us")
        self.agent.recvEvent(event)

    def hang_up(self) -> None:
        if self.state == "offered":
            self._asked_to_end = True
            self._finish("ended_by_us")
            self.agent.recvEvent(CCEventFail((480, REASONS[480])))
        elif self.state != "gone":
            self._asked_to_end = True
            self.agent.disconnect()

    def call_out(self, number: str, shown: str, host: str, port: int, ring_seconds: int) -> None:
        assert self._trunk
        self._ours = Ours(host, port, secrets.randbelow(2**31))
        event = CCEventTry((None, shown, number, MsgBody(write_offer(self._ours)), None, None))
        event.onUacSetupComplete = self._name_the_trunk
        event.extra_headers = fields(f"Allow: {ALLOWED_METHODS}")
        self.agent.expire_time = float(ring_seconds)
        self.agent.recvEvent(event)

    def _name_the_trunk(self, agent: Any) -> None:
        assert self._trunk
        for url in (agent.rTarget, agent.rUri.getUrl(), agent.lUri.getUrl()):
            url.host, url.port = self._trunk.realm, None
        self.call_id = str(agent.cId)

    def hand_over(self, number: str) -> None:
        if self.state == "up" and self._trunk_host():
            self._asked_to_end = True
            target = SipAddress(url=SipURL(username=number, host=self._trunk_host()))
            self._finish("ended_by_us")
            self.agent.recvEvent(CCEventDisconnect(target))

    def _trunk_host(self) -> str:
        return self._endpoint.settings.trunk.realm if self._endpoint.settings.trunk else ""

    # ── what the agent hears ──────────────────────────────────────────────────────────────────────────────────────

    def event(self, event: Any, _: Any) -> None:
        if isinstance(event, CCEventTry):
            self._offered(event)
        elif isinstance(event, CCEventRing):
            self._heard_anything = True
        elif isinstance(event, CCEventConnect):
            self._answered(event.getData()[2])
        elif isinstance(event, CCEventFail | CCEventRedirect):
            self._finish(outcome(event.getData()[0], self._heard_anything))
        elif isinstance(event, CCEventDisconnect):
            self._disconnected()

    def _offered(self, event: Any) -> None:
        call_id, number, dialled, body, _, _ = event.getData()
        self.call_id = str(call_id)
        if body is None:  # sippy cannot answer an offer that comes in the ACK
            self.refuse(488, warning="An offer is needed in the INVITE")
            return
        try:
            self._theirs = read_description(str(body))
        except NotAcceptable as problem:
            self.refuse(problem.status, warning=problem.why)
            return
        Timeout(self._ring, RING_AFTER)
        number, dialled = (_NOT_SHOWN.sub("", text or "")[:32] for text in (number, dialled))
        self._endpoint.tell(Invited(self.name, number, dialled, self._theirs, self.source))

    def _ring(self) -> None:
        if self.state == "offered":
            self._rang_at = time.monotonic()
            self.agent.recvEvent(CCEventRing(None))

    def _answered(self, body: Any) -> None:
        """A 200 to our call."""
        if self.state != "ringing":
            return
        try:
            self._theirs = read_description(text_of(body) or "")
        except NotAcceptable as problem:
            log.warning("call %s was answered with sound that we do not speak: %s", self.name, problem.why)
            self._finish("unreachable")
            self.agent.disconnect()
            return
        self.state = "up"
        self._endpoint.tell(Established(self.name, self._theirs))

    def _disconnected(self) -> None:
        if self._asked_to_end:
            self._finish("ended_by_us")
        elif self.state == "ringing":
            self._finish("no_answer")
        elif self.state == "answered":
            self._finish("unreachable")  # our 200 was never acknowledged
        else:
            self._finish("cancelled" if self.state == "offered" else "hung_up")

    # ── Hearer: inside the call ───────────────────────────────────────────────────────────────────────────────────

    def redescribed(self, body: str | None) -> str:
        assert self._ours and self._theirs
        self._ours = replace(self._ours, version=self._ours.version + 1)
        self._offer_is_ours = body is None
        if body is None:
            return write_offer(self._ours, like=self._theirs)
        self._agree(read_description(body))
        return write_answer(self._theirs, self._ours)

    def acknowledged(self, body: str | None) -> None:
        if self.state == "answered":
            self.state = "up"
            self._endpoint.tell(Established(self.name))
        if self._offer_is_ours and body is not None:
            self._offer_is_ours = False
            try:
                self._agree(read_description(body))
            except NotAcceptable as problem:
                log.warning("call %s: an answer that we do not speak: %s", self.name, problem.why)

    def _agree(self, theirs: Description) -> None:
        changed, self._theirs = theirs != self._theirs, theirs
        if changed:
            self._endpoint.tell(Redescribed(self.name, theirs))

    def key(self, key: Key) -> None:
        self._endpoint.tell(KeyPressed(self.name, key.digit, key.duration_ms))

    def _finish(self, cause: EndCause) -> None:
        if self.state != "gone":
            self.state = "gone"
            self._endpoint.forget(self)
            self._endpoint.tell(Ended(self.name, cause))
