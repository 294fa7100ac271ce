"""The two clients: ``Walletdesk`` waits for each answer, ``AsyncWalletdesk`` is awaited. Everything else is the same.

    with Walletdesk("wdk_test_…", "https://wallet.example") as shop:
        order = shop.orders.create(Money.of("38.00", "CNY"), reference="A-1001")

Without words they read ``WALLETDESK_API_KEY`` and ``WALLETDESK_API_URL``. One client serves a whole program: it keeps its
connections, may be used from many threads (``Walletdesk``) or tasks (``AsyncWalletdesk``), and is closed once, at the end.
"""

from __future__ import annotations

import os
from types import TracebackType
from typing import Any, Generic, Self, get_origin, get_type_hints

import httpx

from walletdesk.client.groups.agreements import Agreements
from walletdesk.client.groups.cases import Cases
from walletdesk.client.groups.orders import Orders
from walletdesk.client.groups.payments import Holds, Payments, Refunds
from walletdesk.client.groups.reading import (
    Directory,
    Events,
    Freezing,
    Merchants,
    Requests,
    Standing,
    Statements,
    Testing,
    Wallets,
)
from walletdesk.client.groups.transfers import Transfers
from walletdesk.client.groups.webhooks import Webhooks
from walletdesk.client.retrying import Patience
from walletdesk.client.sending import AsyncWire, Listener, Wire, checked_url, headers_for
from walletdesk.client.verbs import AtOnce, Awaited, Group, Sender, Way

KEY_VARIABLE, URL_VARIABLE = "WALLETDESK_API_KEY", "WALLETDESK_API_URL"
DEFAULT_TIMEOUT = httpx.Timeout(30.0, connect=5.0)
"""Seconds to wait for a byte of an answer; for a connection."""


class Verbs(Generic[Way]):
    """All groups of verbs, over one wire."""

    wallets: Wallets[Way]
    freeze: Freezing[Way]
    merchant: Merchants[Way]
    orders: Orders[Way]
    agreements: Agreements[Way]
    payments: Payments[Way]
    holds: Holds[Way]
    refunds: Refunds[Way]
    transfers: Transfers[Way]
    cases: Cases[Way]
    contacts: Directory[Way]
    events: Events[Way]
    statements: Statements[Way]
    webhooks: Webhooks[Way]
    requests: Requests[Way]
    health: Standing[Way]
    test: Testing[Way]

    def __init__(self, wire: Sender) -> None:
        for name, group in GROUPS.items():
            setattr(self, name, group(wire))


GROUPS: dict[str, type[Group[Any]]] = {
    name: get_origin(hint) for name, hint in get_type_hints(Verbs).items() if get_origin(hint)
}
"""Each group by the name under which a client has it."""


class Walletdesk(Verbs[AtOnce]):
    """``secret`` is an API key; without one only contacts can be read. ``language`` (``zh-CN`` or ``en``) is that of the
    sentences in errors. ``on_answer`` is told of each finished call. ``http`` replaces the connection (a proxy, a private
    certificate); the client then leaves its timeouts alone, and still closes it.
    """

    def __init__(
        self,
        secret: str | None = None,
        url: str | None = None,
        *,
        language: str = "en",
        patience: Patience | None = None,
        timeout: httpx.Timeout | float = DEFAULT_TIMEOUT,
        on_answer: Listener | None = None,
        http: httpx.Client | None = None,
    ) -> None:
        secret, url = _from_environment(secret, url)
        self._http = http or httpx.Client(timeout=timeout)
        self._http.base_url = url
        self._http.headers.update(headers_for(secret, language))
        self._shown = f"{type(self).__name__}({url}, {_named(secret)})"
        super().__init__(Wire(self._http, patience or Patience(), on_answer))

    def close(self) -> None:
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return self._shown


class AsyncWalletdesk(Verbs[Awaited]):
    """The same; each call is awaited, and lists are walked through with ``async for``."""

    def __init__(
        self,
        secret: str | None = None,
        url: str | None = None,
        *,
        language: str = "en",
        patience: Patience | None = None,
        timeout: httpx.Timeout | float = DEFAULT_TIMEOUT,
        on_answer: Listener | None = None,
        http: httpx.AsyncClient | None = None,
    ) -> None:
        secret, url = _from_environment(secret, url)
        self._http = http or httpx.AsyncClient(timeout=timeout)
        self._http.base_url = url
        self._http.headers.update(headers_for(secret, language))
        self._shown = f"{type(self).__name__}({url}, {_named(secret)})"
        super().__init__(AsyncWire(self._http, patience or Patience(), on_answer))

    async def close(self) -> None:
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        return self._shown


def _from_environment(secret: str | None, url: str | None) -> tuple[str, str]:
    url = url or os.environ.get(URL_VARIABLE, "")
    if not url:
        raise ValueError(f"where is the API? Give its address, or set {URL_VARIABLE}")
    return secret if secret is not None else os.environ.get(KEY_VARIABLE, ""), checked_url(url)


def _named(secret: str) -> str:
    """A key in a log: its mode and its last four characters, as the list of keys shows it."""
    return f"{secret[:9]}…{secret[-4:]}" if len(secret) > 20 else "no key"
