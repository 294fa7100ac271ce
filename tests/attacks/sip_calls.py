"""A bare caller on a UDP socket: sends exactly these bytes, and reads what comes back."""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
import time
from collections.abc import Iterable

from tests.attacks.sip_torture import SDP, message
from tests.contracts.telephones import Desk
from walletdesk.service.hotline.rules.gateway_words import CallOffered


class BareCaller(asyncio.DatagramProtocol):
    """``heard`` keeps every datagram; ``answer_to`` waits for the final answer to a call."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self._news = asyncio.Event()
        self.transport: asyncio.DatagramTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]

    @property
    def port(self) -> int:
        return int(self.transport.get_extra_info("sockname")[1])

    def datagram_received(self, data: bytes, _: object) -> None:
        self.heard.append(data)
        self._news.set()

    def send(self, data: bytes) -> None:
        self.transport.sendto(data)

    async def answer_to(self, call: str, seconds: float = 20.0, *, method: str = "INVITE") -> tuple[int, bytes]:
        """Status and text of the first final answer for this Call-ID."""
        async with asyncio.timeout(seconds):
            while True:
                for data in self.heard:
                    status = re.match(rb"SIP/2\.0 ([2-6]\d\d) ", data)
                    if status and f"{method}\r\n".encode() in data and call.encode() in data:
                        return int(status[1]), data
                self._news.clear()
                await self._news.wait()

    def close(self) -> None:
        self.transport.close()


async def bare_caller(one: Desk, local: str = "127.0.0.1") -> BareCaller:
    _, protocol = await asyncio.get_running_loop().create_datagram_endpoint(
        BareCaller, local_addr=(local, 0), remote_addr=one.gateway.line.address
    )
    return protocol


async def storm(one: Desk, messages: Iterable[bytes]) -> None:
    """All of them, fifty at a time: each fifty was read when the OPTIONS behind it is answered."""
    caller = await bare_caller(one)
    for at, data in enumerate(messages, 1):
        caller.send(data)
        if at % 50 == 0:
            await _was_read(caller, f"behind-{at}")
    await _was_read(caller, "behind-all")
    caller.close()


async def _was_read(caller: BareCaller, call: str) -> None:
    await answered(caller, message("OPTIONS", call=call, port=caller.port), call, "OPTIONS")
    caller.heard.clear()


async def answered(caller: BareCaller, data: bytes, call: str, method: str) -> tuple[int, bytes]:
    """Sent as telephones do: again after half a second, a second, two, until there is an answer."""
    for patience in (0.5, 1.0, 2.0, 4.0, 8.0):
        caller.send(data)
        with contextlib.suppress(TimeoutError):
            return await caller.answer_to(call, patience, method=method)
    raise AssertionError(f"{call}: no answer to {method}")


async def raw_call(one: Desk) -> float:
    """One good call, answered by the desk: the seconds from INVITE to 200. It is acknowledged and ended."""
    caller, call = await bare_caller(one), f"good-{secrets.token_hex(4)}"
    number = f"good{secrets.token_hex(3)}"
    whole = message(call=call, body=SDP, port=caller.port, replace={"From": f"<sip:{number}@127.0.0.1>;tag=g1"})
    begun = time.perf_counter()
    waiting = asyncio.create_task(answered(caller, whole, call, "INVITE"))
    offered = await one.next(CallOffered, number=number)
    await one.gateway.answer(offered.leg)
    status, answer = await waiting
    took = time.perf_counter() - begun
    assert status == 200
    tag = re.search(rb"\r\n[Tt]o: [^\r]*;tag=([^\r;]+)", answer)
    assert tag
    inside = {"To": f"<sip:hotline@127.0.0.1>;tag={tag[1].decode()}", "From": f"<sip:{number}@127.0.0.1>;tag=g1"}
    caller.send(message("ACK", call=call, port=caller.port, replace=inside))
    hop = {"CSeq": "2 BYE", "Via": f"SIP/2.0/UDP 127.0.0.1:{caller.port};branch=z9hG4bKb{call}"}
    caller.send(message("BYE", call=call, port=caller.port, replace={**inside, **hop}))
    assert (await caller.answer_to(call, method="BYE"))[0] == 200
    caller.close()
    return took
