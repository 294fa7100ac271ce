"""Endpoints that hear, over a real line to a receiver on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.fakes.webhook_receiver import Heard, Receiver, receiver
from walletdesk.adapters.webhooks.carrier import HttpCarrier
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.money.merchants.public import MerchantView
from walletdesk.service.webhooks import ports
from walletdesk.service.webhooks.public import DeliveryView, EndpointView, Owner, add_endpoint, deliveries_of
from walletdesk.trust.customers.public import CustomerView

PATIENCE = 30.0
"""Seconds: nothing here fails because the machine is busy. Who waits for a receiver that hangs names less."""


@contextmanager
def carrying(patience: float = PATIENCE, *, loopback: bool = True) -> Iterator[HttpCarrier]:
    """For a while, webhooks really go out; to this machine too, unless told otherwise."""
    before, carrier = list(ports._joined), HttpCarrier(patience, loopback=loopback)
    ports.use_carrier(carrier)
    try:
        yield carrier
    finally:
        ports._joined[:] = before
        carrier.close()


@contextmanager
def a_line(patience: float = PATIENCE) -> Iterator[Receiver]:
    """A receiver, and a carrier that reaches it."""
    with carrying(patience), receiver() as there:
        yield there


def owner_of(whom: MerchantView | CustomerView) -> Owner:
    return Owner("merchant" if isinstance(whom, MerchantView) else "customer", whom.id)


def a_listener(
    whom: MerchantView | CustomerView, there: Receiver, types: tuple[str, ...] = (), name: str = "till software"
) -> tuple[EndpointView, str]:
    """An endpoint of theirs at this receiver, and its secret."""
    return add_endpoint(owner_of(whom), there.url, types, name)


def everything_is_written() -> None:
    """What the worker's relay would do now."""
    deliver_all()


def log_of(endpoint: EndpointView) -> list[DeliveryView]:
    """Newest first."""
    return deliveries_of(endpoint.owner, endpoint.id, 200)


def headers_of(heard: Heard) -> dict[str, str]:
    """The three of the standard; a timestamp of simulated time is of no use to a library that looks at its own clock."""
    return {name: heard.headers[name] for name in ("webhook-id", "webhook-timestamp", "webhook-signature")}
