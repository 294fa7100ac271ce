"""The endpoint: one socket, its calls by name, its trunk. All of it runs in sippy's thread."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from typing import Any

from sippy.Core.EventDispatcher import ED2
from sippy.SipURL import SipURL

from walletdesk.adapters.telephony.sip.inside.call import Call
from walletdesk.adapters.telephony.sip.inside.guarded import MOST_CROSSING, NoLog, Transactions
from walletdesk.adapters.telephony.sip.inside.trunk import Registration
from walletdesk.adapters.telephony.sip.porter import Porter
from walletdesk.adapters.telephony.sip.settings import LineSettings
from walletdesk.adapters.telephony.sip.words import Ended, LineWord

log = logging.getLogger(__name__)


def run_forever() -> None:
    ED2.loop()


def post(work: Callable[..., object], *about: object) -> None:
    ED2.callFromThread(work, *about)


def ask(work: Callable[..., object], *about: object) -> Any:
    return ED2.callFromThreadSync(work, *about)


class Endpoint:
    def __init__(self, settings: LineSettings, tell: Callable[[LineWord], None]) -> None:
        self.settings = settings
        self.tell = tell
        self.calls: dict[str, Call] = {}
        self._crossing = [0]
        self.porter = Porter(settings.rules, lambda: len(self.calls), lambda: self._crossing[0] > MOST_CROSSING)
        self.config: dict[str, Any] = {
            "_sip_address": settings.host,
            "_sip_port": settings.port,
            "_sip_logger": NoLog(),
            "_porter": self.porter,
            "_shown_host": settings.shown_host,
            "_crossing": self._crossing,
        }
        self.transactions = Transactions(self.config, self._request)
        self.config["_sip_tm"] = self.transactions
        self.address: tuple[str, int] = (settings.host, self.transactions.server.uopts.laddress[1])
        self._trunk_address: tuple[str, int] | None = None
        self._registration: Registration | None = None

    def contact_url(self, user: str = "hotline") -> Any:
        return SipURL(username=user, host=self.settings.shown_host, port=self.address[1])

    def trunk_found(self, host: str, port: int) -> None:
        trunk = self.settings.trunk
        assert trunk
        self._trunk_address = (host, port)
        self.porter.list_address(host)
        if trunk.registers:
            self._registration = Registration(self, trunk, self._trunk_address)
            self._registration.begin()

    def say_goodbye(self) -> None:
        self.porter.open = False
        for call in list(self.calls.values()):
            call.hang_up()
        if self._registration:
            self._registration.end()

    def close(self) -> None:
        """sippy's timers outlive its sockets: what still stands is put to rest first."""
        self.transactions.cancel_timers()
        self.transactions.shutdown()

    # ── commands ──────────────────────────────────────────────────────────────────────────────────────────────────

    def answer(self, name: str, host: str, port: int) -> None:
        if call := self.calls.get(name):
            call.answer(host, port)

    def refuse(self, name: str, status: int, retry_after: int | None) -> None:
        if call := self.calls.get(name):
            call.refuse(status, retry_after)

    def hang_up(self, name: str) -> None:
        if call := self.calls.get(name):
            call.hang_up()

    def hand_over(self, name: str, number: str) -> None:
        if call := self.calls.get(name):
            call.hand_over(number)

    def call_out(self, name: str, number: str, shown: str, host: str, port: int, ring_seconds: int) -> None:
        if name in self.calls:
            return
        if self._trunk_address is None or self.settings.trunk is None:
            self.tell(Ended(name, "unreachable"))
            return
        call = self._kept(Call(self, name, trunk=self.settings.trunk, next_hop=self._trunk_address))
        call.call_out(number, shown, host, port, ring_seconds)

    def _kept(self, call: Call) -> Call:
        self.calls[call.name] = call
        return call

    def forget(self, call: Call) -> None:
        self.calls.pop(call.name, None)

    # ── requests that belong to no call that sippy knows ──────────────────────────────────────────────────────────

    def _request(self, request: Any, transaction: Any) -> Any:
        if request.getMethod() != "INVITE":
            return request.genResponse(481, "Call Does Not Exist"), None, None
        call_id, from_tag = str(request.getHFBody("call-id")), request.getHFBody("from").getTag()
        twin = next((one for one in self.calls.values() if (one.call_id, one.from_tag) == (call_id, from_tag)), None)
        if request.getHFBody("to").getTag() is not None:
            status = (491, "Request Pending") if twin else (481, "Call Does Not Exist")
            return request.genResponse(*status), None, None
        if twin:
            return request.genResponse(482, "Loop Detected"), None, None
        call = self._kept(Call(self, f"tel-{secrets.token_hex(8)}"))
        call.from_tag, call.source = from_tag, request.getSource()[0]
        return call.agent.recvRequest(request, transaction)
