"""Transfers from person to person, at once or at a time; for a customer's own key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from walletdesk.client.answers import Transfer, TransferMade
from walletdesk.client.calls import Call, Page, describe, usable_key
from walletdesk.client.money import Money
from walletdesk.client.verbs import Group, Way, listing, verb

ONE = "/transfers/{transfer_id}"


class Transfers(Group[Way]):
    """Transfers from person to person, at once or at a time; for a customer's own key."""

    @verb
    def create(
        self,
        to: str,
        amount: Money,
        *,
        note: str = "",
        when: datetime | None = None,
        accept_warnings: Sequence[str] = (),
        key: str | None = None,
    ) -> Call[TransferMade]:
        """Send ``amount`` to a wallet's number. With ``when`` it is set aside now, sent then, and can be cancelled before.
        ``accept_warnings``: codes of what was read of the payee after ``payee_warned``.
        """
        accepted = [*accept_warnings] or None
        body = {"to": to, "amount": amount, "note": note or None, "when": when, "accept_warnings": accepted}
        return describe("POST", "/transfers", TransferMade, body=body, key=usable_key(key))

    @listing
    def list(self, *, limit: int | None = None, cursor: str | None = None) -> Call[Page[Transfer]]:
        """Transfers, newest first."""
        return describe("GET", "/transfers", Page[Transfer], query={"limit": limit, "cursor": cursor})

    @verb
    def get(self, transfer_id: str) -> Call[Transfer]:
        """One transfer."""
        return describe("GET", ONE, Transfer, into={"transfer_id": transfer_id})

    @verb
    def cancel(self, transfer_id: str, *, key: str | None = None) -> Call[TransferMade]:
        """Take back a delayed transfer before it is due."""
        return describe("POST", f"{ONE}/cancel", TransferMade, into={"transfer_id": transfer_id}, key=usable_key(key))
