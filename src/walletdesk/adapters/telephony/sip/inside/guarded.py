"""sippy's transaction layer behind our porter: what comes in was judged and written again, what goes out goes to the listed.

One receiving thread and one sending thread a socket (sippy's default of three makes answers overtake one another). The
porter works in the receiving thread, so a flood is turned away without waking the thread of the calls.
"""

from __future__ import annotations

import logging
import socket
import time
from typing import Any

import sippy.SipTransactionManager
from sippy.Core import EventDispatcher
from sippy.Core.EventDispatcher import ED2
from sippy.Network_server import Remote_address
from sippy.SipConf import SipConf
from sippy.SipTransactionManager import SipTransactionManager
from sippy.Udp_server import Udp_server, Udp_server_opts

from walletdesk.adapters.telephony.sip.datagram import Message
from walletdesk.adapters.telephony.sip.grammar import read_address, read_uri
from walletdesk.adapters.telephony.sip.porter import Address, Answer, Pass, Porter

log = logging.getLogger(__name__)
MOST_CROSSING = 400
MOST_HOMES = 10_000
RECEIVE_BUFFER = 4 * 1024 * 1024

SipConf.my_uaname = "Walletdesk"
SipConf.autoconvert_tel_url = True


def _note_exception(message: str, *_: object, **__: object) -> None:
    """In place of sippy's own, which prints the whole message: there may be digits in it that nobody may read."""
    log.exception("sippy: %s", message)


sippy.SipTransactionManager.dump_exception = EventDispatcher.dump_exception = _note_exception


class NoLog:
    """sippy offers every message to a log; none is kept, for the same reason."""

    def write(self, *_: object, **__: object) -> None:
        return None


class GuardedOptions(Udp_server_opts):
    nworkers = 1
    flags = 0  # the address is ours alone: shared, two processes would each hear half
    direct_dispatch = True


class GuardedServer(Udp_server):
    """``config["_porter"]`` judges; ``config["_shown_host"]`` is how we call ourselves."""

    def __init__(self, config: dict[str, Any], options: GuardedOptions) -> None:
        self._porter: Porter = config["_porter"]
        self._shown_host: str = config["_shown_host"]
        self._crossing: list[int] = config["_crossing"]
        self._homes: dict[Address, Address] = {}
        super().__init__(config, options)
        # Room for a burst while the receiving thread waits for its turn; the kernel gives what it allows.
        self.skt.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)

    def handle_read(self, data: bytes, source: Address, received: Any, delayed: bool = False) -> None:
        """In the receiving thread."""
        try:
            verdict = self._porter.judge(data, source, time.monotonic())
            if isinstance(verdict, Answer):
                self.send_to(verdict.data, verdict.to)
            elif isinstance(verdict, Pass):
                self._note_home(verdict.message, source)
                self._crossing[0] += 1
                ED2.callFromThread(self._hand_on, verdict.message.written(), source, received)
        except Exception:
            log.exception("the porter stumbled over %d bytes from %s", len(data), source[0])

    def _hand_on(self, data: bytes, source: Address, received: Any) -> None:
        """In sippy's thread."""
        self._crossing[0] -= 1
        super().handle_read(data, Remote_address(source, self.transport), received)

    def _note_home(self, message: Message, source: Address) -> None:
        """Who calls himself by an address that we do not talk to is answered where he spoke from."""
        for value in [*message.every("contact"), *message.every("record-route")]:
            if value == "*":
                continue
            uri = read_uri(read_address(value)[0])
            if not self._porter.is_listed(uri.host):
                if len(self._homes) >= MOST_HOMES:
                    self._homes.clear()
                self._homes[(uri.host, uri.port or 5060)] = source

    def send_to(self, data: bytes | str, address: Address, delayed: bool = False) -> None:
        """To listed addresses only, so that no field of a message can turn us against somebody else."""
        if not self._porter.is_listed(address[0]):
            home = self._homes.get(address)
            if home is None:
                return
            address = home
        super().send_to(data, address, delayed)

    def getSIPaddr(self) -> tuple[Address, str]:  # noqa: N802 — sippy's name
        return (self._shown_host, self.uopts.laddress[1]), self.transport


class Transactions(SipTransactionManager):
    model_udp_server = (GuardedServer, GuardedOptions)

    @property
    def server(self) -> GuardedServer:
        return next(iter(self.l4r.cache_l2s.values()))

    def cancel_timers(self) -> None:
        for transaction in [*self.tclient.values(), *self.tserver.values()]:
            for name in ("teA", "teB", "teC", "teD", "teE", "teF", "teG"):
                timer = getattr(transaction, name, None)
                if timer is not None:
                    timer.cancel()

    def unregConsumer(self, consumer: Any, call_id: str) -> None:  # noqa: N802 — sippy's name
        """Also after ``shutdown``: an agent may die half a minute later."""
        if self.req_consumers is not None:
            super().unregConsumer(consumer, call_id)
