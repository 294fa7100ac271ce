"""Connections to machines that somebody else named: what the name resolves to is judged, and that very address is called.

A name may point to a public machine when an endpoint is made and to a private one a second later (DNS rebinding). So there
is one resolution for each connection, every address of it has to be public, and the socket is opened to one of those
addresses and not to the name. TLS still asks for a certificate of the name.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import httpcore

from walletdesk.adapters.webhooks.addresses import is_loopback, is_public

Resolve = Callable[[str, int], Awaitable[list[str]]]
NAMES_AT_ONCE = 256
"""As many as letters may be under way. The system's resolver keeps a thread for as long as a name's server is silent, longer than a
letter lives; the loop's own few threads would all be kept by one owner whose names are never answered."""
_names = ThreadPoolExecutor(NAMES_AT_ONCE, thread_name_prefix="webhook name")


class AddressNotAllowed(Exception):
    """The name stands for a machine that is never called. Nothing was connected."""


async def system_resolver(host: str, port: int) -> list[str]:
    """What the system's resolver says, both families, without doubles."""
    loop = asyncio.get_running_loop()
    found = await loop.run_in_executor(_names, partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM))
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


class PinnedBackend(httpcore.AsyncNetworkBackend):
    """The network of the carrier. ``loopback`` lets this machine be called; ``resolve`` is given by tests."""

    def __init__(self, *, loopback: bool = False, resolve: Resolve = system_resolver) -> None:
        self._loopback, self._resolve = loopback, resolve
        self._network: httpcore.AsyncNetworkBackend = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """To the first address that takes the connection; ``AddressNotAllowed`` if any of them is not allowed."""
        try:
            addresses = await self._resolve(host.rstrip("."), port)
        except OSError as unknown:
            raise httpcore.ConnectError(str(unknown)) from unknown
        if not all(self._may_call(one) for one in addresses):
            raise AddressNotAllowed
        failed: Exception = httpcore.ConnectError("the name stands for no address")
        for one in addresses:
            try:
                return await self._network.connect_tcp(one, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as refused:
                failed = refused
        raise failed

    async def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        raise AddressNotAllowed

    async def sleep(self, seconds: float) -> None:
        await self._network.sleep(seconds)

    def _may_call(self, address: str) -> bool:
        return is_public(address) or (self._loopback and is_loopback(address))
