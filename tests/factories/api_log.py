"""What a shop's software asked: a line of the request log, as the API's door writes it."""

from __future__ import annotations

from typing import Any

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.trust.api_keys.public import KeyView, RequestRecord, keep_requests

BODY = '{"amount":{"minor":3800,"asset":"CNY"},"reference":"A-1001"}'


def a_logged_request(key: KeyView, **more: Any) -> RequestRecord:
    """An order that was made a moment ago, except for what is said in ``more``."""
    record = RequestRecord(
        id=uuid7(),
        key_id=key.id,
        owner_kind=key.owner.kind,
        owner_id=key.owner.id,
        mode=key.mode,
        at=now(),
        method="POST",
        path="/v1/orders",
        query="",
        status=201,
        code="",
        microseconds=8_300,
        address="203.0.113.7",
        idempotency_key="sale-1001",
        replayed=False,
        request_body=BODY,
        answer_body='{"id":"01a4","state":"waiting"}',
        whole=True,
    )
    made = record._replace(**more)
    keep_requests([made])
    return made
