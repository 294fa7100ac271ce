"""The form of a webhook: what was typed, and what it makes."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from django.db import transaction
from django.http import QueryDict

from walletdesk.doors.merchant_web.key_owners import LIVE, TEST, owner_for
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.idempotency.public import KeyClaim, claim, fingerprint, store_many
from walletdesk.money.merchants.public import MemberView
from walletdesk.service.webhooks.public import EndpointView, add_endpoint

ROUTE = "till.add_webhook"
MODES = {TEST: Words("测试（虚拟钱）", "Test (play money)"), LIVE: Words("正式（真钱）", "Live (real money)")}


@dataclass(slots=True)
class WebhookForm:
    """``types`` empty: everything. ``once`` is the form's own key: sent twice, it makes one webhook."""

    address: str = ""
    name: str = ""
    mode: str = LIVE
    types: list[str] = field(default_factory=list)
    once: str = field(default_factory=lambda: str(uuid.uuid4()))

    @classmethod
    def of(cls, sent: QueryDict) -> WebhookForm:
        return cls(
            address=sent.get("address", "").strip()[:2_001],
            name=sent.get("name", "").strip()[:200],
            mode=TEST if sent.get("mode") == TEST else LIVE,
            types=sent.getlist("types")[:50],
            once=sent.get("once", ""),
        )


def make_from(form: WebhookForm, member: MemberView) -> tuple[EndpointView, str] | uuid.UUID:
    """The webhook and its secret; or the id of the one that this very form has made before, whose secret was shown then.

    Refuses what the room of idempotency keys refuses, then what ``add_endpoint`` does.
    """
    said = {"address": form.address, "name": form.name, "mode": form.mode, "types": form.types}
    one = KeyClaim(f"member:{member.id}", ROUTE, form.once, fingerprint(said))
    with transaction.atomic():
        before = claim(one)
        if before is not None:
            return uuid.UUID(before.body["webhook_id"])
        made, secret = add_endpoint(owner_for(member, form.mode), form.address, form.types, form.name)
        store_many([(one, 201, {"webhook_id": str(made.id)})])
    return made, secret
