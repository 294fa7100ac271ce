"""Payments and holds: money that moves, or is set aside until you say how much of it."""

from __future__ import annotations

from walletdesk.client.answers import Hold, Payment, PaymentMade, Refund, RefundMade
from walletdesk.client.calls import Call, Page, describe, usable_key
from walletdesk.client.money import Money
from walletdesk.client.verbs import Group, Way, listing, verb

ONE = "/payments/{payment_id}"


class Payments(Group[Way]):
    """Payments: paying an order, capturing or voiding what was set aside, refunding."""

    @verb
    def create(
        self, order_id: str, *, agreement_id: str | None = None, capture: bool | None = None, key: str | None = None
    ) -> Call[PaymentMade]:
        """Pay an order: with a shop's key by an agreement that its customer accepted, with a customer's own key by itself.

        ``capture=False`` sets the money aside only; see ``capture`` and ``void``.
        """
        body = {"order_id": order_id, "agreement_id": agreement_id, "capture": capture}
        return describe("POST", "/payments", PaymentMade, body=body, key=usable_key(key))

    @listing
    def list(self, *, limit: int | None = None, cursor: str | None = None) -> Call[Page[Payment]]:
        """Payments, newest first."""
        return describe("GET", "/payments", Page[Payment], query={"limit": limit, "cursor": cursor})

    @verb
    def get(self, payment_id: str) -> Call[Payment]:
        """One payment, with what was refunded of it."""
        return describe("GET", ONE, Payment, into={"payment_id": payment_id})

    @verb
    def capture(self, payment_id: str, *, amount: Money | None = None, key: str | None = None) -> Call[PaymentMade]:
        """Take what was set aside, or ``amount`` of it; the rest is the customer's again. Once only."""
        body: dict[str, object] = {"amount": amount}
        return describe(
            "POST", f"{ONE}/capture", PaymentMade, into={"payment_id": payment_id}, body=body, key=usable_key(key)
        )

    @verb
    def void(self, payment_id: str, *, key: str | None = None) -> Call[PaymentMade]:
        """Let go of what was set aside; nothing was taken."""
        return describe("POST", f"{ONE}/void", PaymentMade, into={"payment_id": payment_id}, key=usable_key(key))

    @verb
    def refund(self, payment_id: str, amount: Money, reason: str, *, key: str | None = None) -> Call[RefundMade]:
        """Give ``amount`` back to where it came from. The customer reads ``reason``. In all, never more than was captured."""
        body = {"amount": amount, "reason": reason}
        return describe(
            "POST", f"{ONE}/refunds", RefundMade, into={"payment_id": payment_id}, body=body, key=usable_key(key)
        )


class Refunds(Group[Way]):
    """Refunds: what went back to where it came from."""

    @verb
    def get(self, refund_id: str) -> Call[Refund]:
        """One refund."""
        return describe("GET", "/refunds/{refund_id}", Refund, into={"refund_id": refund_id})


class Holds(Group[Way]):
    """Holds: payments whose money is only set aside. A hold keeps its id when it is captured."""

    @verb
    def create(self, order_id: str, *, agreement_id: str | None = None, key: str | None = None) -> Call[PaymentMade]:
        """Set the money of an order aside. Capture or void it as a payment, under the same id."""
        body = {"order_id": order_id, "agreement_id": agreement_id}
        return describe("POST", "/holds", PaymentMade, body=body, key=usable_key(key))

    @listing
    def list(self, *, limit: int | None = None, cursor: str | None = None) -> Call[Page[Hold]]:
        """Holds, newest first."""
        return describe("GET", "/holds", Page[Hold], query={"limit": limit, "cursor": cursor})

    @verb
    def get(self, payment_id: str) -> Call[Hold]:
        """One hold: authorised, captured, voided or expired."""
        return describe("GET", "/holds/{payment_id}", Hold, into={"payment_id": payment_id})
