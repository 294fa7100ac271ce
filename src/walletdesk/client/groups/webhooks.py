"""Webhooks: where events are sent to, and what became of each sending."""

from __future__ import annotations

from collections.abc import Sequence

from walletdesk.client.answers import Delivery, Webhook
from walletdesk.client.calls import Call, Page, describe, usable_key
from walletdesk.client.verbs import Group, Way, listing, verb

ONE = "/webhooks/{webhook_id}"


class Webhooks(Group[Way]):
    """Webhooks: where events are sent to, and what became of each sending."""

    @verb
    def add(self, url: str, *, types: Sequence[str] = (), name: str = "", key: str | None = None) -> Call[Webhook]:
        """Have events sent to ``url`` (https), of ``types`` only if any are named. The secret is shown in this answer alone."""
        body = {"url": url, "types": list(types), "name": name or None}
        return describe("POST", "/webhooks", Webhook, body=body, key=usable_key(key))

    @listing
    def list(self) -> Call[Page[Webhook]]:
        """Where events are sent to."""
        return describe("GET", "/webhooks", Page[Webhook])

    @verb
    def get(self, webhook_id: str) -> Call[Webhook]:
        """One address."""
        return describe("GET", ONE, Webhook, into={"webhook_id": webhook_id})

    @verb
    def change(
        self,
        webhook_id: str,
        *,
        url: str | None = None,
        types: Sequence[str] | None = None,
        name: str | None = None,
        enabled: bool | None = None,
    ) -> Call[Webhook]:
        """Change what is named; ``enabled=True`` sends again after the address had said 410 or was switched off."""
        body = {"url": url, "types": None if types is None else list(types), "name": name, "enabled": enabled}
        return describe("PATCH", ONE, Webhook, into={"webhook_id": webhook_id}, body=body)

    @verb
    def remove(self, webhook_id: str) -> Call[None]:
        """Send nothing there any more."""
        return describe("DELETE", ONE, None, into={"webhook_id": webhook_id})

    @verb
    def rotate(self, webhook_id: str, *, key: str | None = None) -> Call[Webhook]:
        """A new secret, shown in this answer alone. For 24 hours each webhook is signed with both."""
        return describe("POST", f"{ONE}/rotate", Webhook, into={"webhook_id": webhook_id}, key=usable_key(key))

    @verb
    def test(self, webhook_id: str, *, key: str | None = None) -> Call[Delivery]:
        """Send a ``webhook.test`` there now."""
        return describe("POST", f"{ONE}/test", Delivery, into={"webhook_id": webhook_id}, key=usable_key(key))

    @listing
    def deliveries(
        self, webhook_id: str, *, limit: int | None = None, cursor: str | None = None
    ) -> Call[Page[Delivery]]:
        """What was sent there, newest first, with each attempt."""
        query = {"limit": limit, "cursor": cursor}
        return describe("GET", f"{ONE}/deliveries", Page[Delivery], into={"webhook_id": webhook_id}, query=query)

    @verb
    def replay(self, delivery_id: str, *, key: str | None = None) -> Call[Delivery]:
        """Send the event of a delivery once more, now."""
        path = "/webhook-deliveries/{delivery_id}/replay"
        return describe("POST", path, Delivery, into={"delivery_id": delivery_id}, key=usable_key(key))
