"""The form of a new API key: what was typed, what it means, and the choices it offers."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import QueryDict

from walletdesk.doors.merchant_web.key_owners import LIVE, TEST, owner_for
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.idempotency.public import KeyClaim, claim, fingerprint, store_many
from walletdesk.money.merchants.public import MemberView
from walletdesk.trust.api_keys.public import KeyView, make_key, scopes_for

ROUTE = "till.make_api_key"
USUAL_SCOPES = ("orders:read", "orders:write", "payments:read", "refunds:write", "events:read")
"""What a shop's till or web shop needs to sell, refund and follow; ticked at first."""

MODES = {
    TEST: Words("测试（虚拟钱）", "Test (play money)"),
    LIVE: Words("正式（真钱）", "Live (real money)"),
}
LIVES = {
    "90": Words("90 天", "90 days"),
    "365": Words("一年", "One year"),
    "": Words("不设到期", "No expiry"),
}


@dataclass(slots=True)
class KeyForm:
    """What was typed. ``once`` is the form's own key: sent twice, it makes one API key."""

    name: str = ""
    mode: str = TEST
    scopes: list[str] = field(default_factory=lambda: list(USUAL_SCOPES))
    days: str = "365"
    addresses: str = ""
    once: str = field(default_factory=lambda: str(uuid.uuid4()))

    @classmethod
    def of(cls, sent: QueryDict) -> KeyForm:
        """From a POST. An unknown mode or scope stays as it is, so that the room says no by name."""
        days = sent.get("days", "365")
        return cls(
            name=sent.get("name", "").strip(),
            mode=sent.get("mode", ""),
            scopes=sent.getlist("scopes"),
            days=days if days in LIVES else "365",
            addresses=sent.get("addresses", "")[:2_000],
            once=sent.get("once", ""),
        )

    @property
    def expires_at(self) -> datetime | None:
        return now() + timedelta(days=int(self.days)) if self.days else None

    @property
    def networks(self) -> list[str]:
        return self.addresses.replace(",", " ").split()

    def choices(self) -> dict[str, Any]:
        """The radio buttons and ticks with their words, for the page."""
        return {
            "modes": [{"value": value, "words": words, "on": value == self.mode} for value, words in MODES.items()],
            "lives": [{"value": value, "words": words, "on": value == self.days} for value, words in LIVES.items()],
            "scopes": [
                {"value": scope.name, "words": scope.words, "on": scope.name in self.scopes}
                for scope in scopes_for("merchant")
            ],
        }


def make_from(form: KeyForm, member: MemberView) -> tuple[KeyView, str] | uuid.UUID:
    """The new key and its secret; or the id of the key that this very form has made before, whose secret was shown then.

    Refuses what the room of idempotency keys refuses, then what ``make_key`` does.
    """
    said = {"name": form.name, "mode": form.mode, "scopes": form.scopes, "days": form.days, "from": form.addresses}
    one = KeyClaim(f"member:{member.id}", ROUTE, form.once, fingerprint(said))
    with transaction.atomic():
        before = claim(one)
        if before is not None:
            return uuid.UUID(before.body["key_id"])
        owner = owner_for(member, form.mode)
        key, secret = make_key(
            owner.kind,
            owner.id,
            form.name,
            form.scopes,
            form.mode,
            form.expires_at,
            form.networks,
            f"member:{member.id}",
        )
        store_many([(one, 201, {"key_id": str(key.id)})])
    return key, secret
