"""Orders: what a shop asks to be paid for."""

from __future__ import annotations

from walletdesk.client.answers import Order
from walletdesk.client.calls import Call, Page, describe, describe_bytes, usable_key
from walletdesk.client.money import Money
from walletdesk.client.verbs import Group, Way, listing, verb

ONE = "/orders/{order_id}"


class Orders(Group[Way]):
    """Orders: what a shop asks to be paid for."""

    @verb
    def create(self, amount: Money, *, reference: str = "", note: str = "", key: str | None = None) -> Call[Order]:
        """A new order, waiting to be paid. ``reference`` is your own number for the sale; the customer reads ``note``."""
        body = {"amount": amount, "reference": reference or None, "note": note or None}
        return describe("POST", "/orders", Order, body=body, key=usable_key(key))

    @listing
    def list(self, *, limit: int | None = None, cursor: str | None = None) -> Call[Page[Order]]:
        """Your orders, newest first."""
        return describe("GET", "/orders", Page[Order], query={"limit": limit, "cursor": cursor})

    @verb
    def get(self, order_id: str) -> Call[Order]:
        """One order as it stands now."""
        return describe("GET", ONE, Order, into={"order_id": order_id})

    @verb
    def qr_svg(self, order_id: str) -> Call[bytes]:
        """The order's code as a drawing, to be shown on any screen and scanned by the customer's wallet."""
        return describe_bytes(f"{ONE}/qr", "image/svg+xml", into={"order_id": order_id})

    @verb
    def qr_png(self, order_id: str) -> Call[bytes]:
        """The order's code as a picture."""
        return describe_bytes(f"{ONE}/qr", "image/png", into={"order_id": order_id})

    @verb
    def cancel(self, order_id: str, *, key: str | None = None) -> Call[Order]:
        """Take it back. Refused (``order_paid``) when it was paid a moment ago."""
        return describe("POST", f"{ONE}/cancel", Order, into={"order_id": order_id}, key=usable_key(key))
