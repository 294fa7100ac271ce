"""Agreements: a customer's leave, with caps and an end, to pay a shop's orders without being there (免密协议)."""

from __future__ import annotations

from datetime import datetime

from walletdesk.client.answers import Agreement
from walletdesk.client.calls import Call, Page, describe, usable_key
from walletdesk.client.money import Money
from walletdesk.client.verbs import Group, Way, listing, verb

ONE = "/agreements/{agreement_id}"


class Agreements(Group[Way]):
    """Agreements: a customer's leave to pay a shop's orders without being there."""

    @verb
    def propose(
        self, title: str, max_single: Money, max_day: Money, *, valid_until: datetime, key: str | None = None
    ) -> Call[Agreement]:
        """Offer one. The customer opens ``accept_url`` in the wallet and accepts it with the PIN; until then nothing is owed."""
        body = {"title": title, "max_single": max_single, "max_day": max_day, "valid_until": valid_until}
        return describe("POST", "/agreements", Agreement, body=body, key=usable_key(key))

    @listing
    def list(self, *, limit: int | None = None, cursor: str | None = None) -> Call[Page[Agreement]]:
        """Agreements, newest first."""
        return describe("GET", "/agreements", Page[Agreement], query={"limit": limit, "cursor": cursor})

    @verb
    def get(self, agreement_id: str) -> Call[Agreement]:
        """One agreement, with what was used of it today."""
        return describe("GET", ONE, Agreement, into={"agreement_id": agreement_id})

    @verb
    def end(self, agreement_id: str, *, key: str | None = None) -> Call[Agreement]:
        """End it for good. The customer can do the same at any time, with one tap."""
        return describe("POST", f"{ONE}/end", Agreement, into={"agreement_id": agreement_id}, key=usable_key(key))
