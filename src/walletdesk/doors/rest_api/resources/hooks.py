"""Webhooks and the feed of events: the same bodies by push and by asking."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from walletdesk.doors.rest_api.asked import Answer, Asked, as_json
from walletdesk.doors.rest_api.cursors import read_cursor, write_cursor
from walletdesk.doors.rest_api.endpoint import Endpoint
from walletdesk.doors.rest_api.listing import PageOf, page_of
from walletdesk.doors.rest_api.once import once
from walletdesk.doors.rest_api.shapes import answers
from walletdesk.doors.rest_api.shapes.asks import EndpointAsk, EndpointChange, EventListing
from walletdesk.doors.rest_api.shapes.parts import Listing
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.webhooks.public import (
    EndpointView,
    add_endpoint,
    change_endpoint,
    deliveries_of,
    delivery_shape,
    endpoint,
    endpoint_shape,
    endpoints_of,
    events_of,
    remove_endpoint,
    replay,
    rotate_secret,
    send_test,
)

NOTHING = b""


def _shown(view: EndpointView) -> dict[str, Any]:
    """The room says ``address``; the world says ``url``."""
    shape = endpoint_shape(view)
    return {"url" if name == "address" else name: value for name, value in shape.items()}


def list_events(asked: Asked) -> Answer:
    """Oldest first: a feed to follow. The cursor of a page with events is never null; an empty page gives back the one that
    it was asked with.
    """
    listing: EventListing = asked.query
    after = read_cursor(listing.cursor, int) or 0
    types = [one.strip() for one in (listing.type or "").split(",") if one.strip()]
    rows = events_of(asked.owner, listing.limit, after, types)
    cursor = write_cursor(rows[-1].number) if rows else listing.cursor
    return as_json(200, {"data": [msgspec.Raw(row.body.encode()) for row in rows], "next_cursor": cursor})


def list_webhooks(asked: Asked) -> Answer:
    return as_json(200, {"data": [_shown(view) for view in endpoints_of(asked.owner)], "next_cursor": None})


def add(asked: Asked) -> Answer:
    """The secret is in this answer only; it is not kept under the idempotency key, so a replay comes without it."""
    ask: EndpointAsk = asked.body
    secrets: list[str] = []

    def made() -> dict[str, Any]:
        view, secret = add_endpoint(asked.owner, ask.url, ask.types, ask.name)
        secrets.append(secret)
        return _shown(view)

    return _with_secret(once(asked, 201, made), secrets)


def rotate(asked: Asked) -> Answer:
    secrets: list[str] = []

    def rotated() -> dict[str, Any]:
        view, secret = rotate_secret(asked.owner, asked.place("webhook_id"))
        secrets.append(secret)
        return _shown(view)

    return _with_secret(once(asked, 200, rotated), secrets)


def _with_secret(answer: Answer, secrets: list[str]) -> Answer:
    if secrets and not answer.replayed:
        answer.body = msgspec.json.encode(msgspec.json.decode(answer.body) | {"secret": secrets[-1]})
    return answer


def get(asked: Asked) -> Answer:
    return as_json(200, _shown(endpoint(asked.owner, asked.place("webhook_id"))))


def change(asked: Asked) -> Answer:
    ask: EndpointChange = asked.body
    webhook_id = asked.place("webhook_id")
    return as_json(
        200,
        _shown(
            change_endpoint(
                asked.owner, webhook_id, address=ask.url, types=ask.types, name=ask.name, enabled=ask.enabled
            )
        ),
    )


def remove(asked: Asked) -> Answer:
    remove_endpoint(asked.owner, asked.place("webhook_id"))
    return Answer(204, NOTHING)


def test(asked: Asked) -> Answer:
    webhook_id = asked.place("webhook_id")
    return once(asked, 202, lambda: delivery_shape(send_test(asked.owner, webhook_id)))


def list_deliveries(asked: Asked) -> Answer:
    listing: Listing = asked.query
    after = read_cursor(listing.cursor, UUID)
    rows = deliveries_of(asked.owner, asked.place("webhook_id"), listing.limit + 1, after)
    return page_of(rows, listing.limit, delivery_shape, lambda row: row.id)


def again(asked: Asked) -> Answer:
    delivery_id = asked.place("delivery_id")
    return once(asked, 202, lambda: delivery_shape(replay(asked.owner, delivery_id)))


ENDPOINTS = [
    Endpoint(
        "GET",
        "/v1/events",
        "events.list",
        Words("事件，旧的在前，可一直往后读", "Events, the oldest first: a feed to follow"),
        PageOf[answers.Event],
        list_events,
        scope="events:read",
        query=EventListing,
        refuses="event_type_unknown",
    ),
    Endpoint(
        "GET",
        "/v1/webhooks",
        "webhooks.list",
        Words("全部推送地址", "Every webhook"),
        PageOf[answers.Webhook],
        list_webhooks,
        scope="webhooks:write",
    ),
    Endpoint(
        "POST",
        "/v1/webhooks",
        "webhooks.add",
        Words("加一个推送地址", "Add a webhook"),
        answers.Webhook,
        add,
        scope="webhooks:write",
        status=201,
        body=EndpointAsk,
        idempotent="optional",
        route="v1.webhooks",
        refuses="webhook_address_not_usable event_type_unknown webhook_name_not_usable too_many_webhooks",
        may_be_unknown=True,
    ),
    Endpoint(
        "GET",
        "/v1/webhooks/{webhook_id}",
        "webhooks.get",
        Words("一个推送地址", "One webhook"),
        answers.Webhook,
        get,
        scope="webhooks:write",
        refuses="webhook_not_found",
    ),
    Endpoint(
        "PATCH",
        "/v1/webhooks/{webhook_id}",
        "webhooks.change",
        Words("修改推送地址", "Change a webhook"),
        answers.Webhook,
        change,
        scope="webhooks:write",
        body=EndpointChange,
        refuses="webhook_not_found webhook_address_not_usable event_type_unknown webhook_name_not_usable",
    ),
    Endpoint(
        "DELETE",
        "/v1/webhooks/{webhook_id}",
        "webhooks.remove",
        Words("删除推送地址", "Remove a webhook"),
        None,
        remove,
        scope="webhooks:write",
        status=204,
        refuses="webhook_not_found",
    ),
    Endpoint(
        "POST",
        "/v1/webhooks/{webhook_id}/rotate",
        "webhooks.rotate",
        Words("换新的签名密钥，旧的再用 24 小时", "A new secret; the old one signs for 24 more hours"),
        answers.Webhook,
        rotate,
        scope="webhooks:write",
        idempotent="optional",
        route="v1.webhooks.rotate",
        refuses="webhook_not_found webhook_rotated_just_now",
        may_be_unknown=True,
    ),
    Endpoint(
        "POST",
        "/v1/webhooks/{webhook_id}/test",
        "webhooks.test",
        Words("发一个测试事件", "Send a test event"),
        answers.Delivery,
        test,
        scope="webhooks:write",
        status=202,
        idempotent="optional",
        route="v1.webhooks.test",
        refuses="webhook_not_found webhook_disabled",
    ),
    Endpoint(
        "GET",
        "/v1/webhooks/{webhook_id}/deliveries",
        "webhooks.deliveries",
        Words("发送记录，新的在前", "Deliveries, the newest first"),
        PageOf[answers.Delivery],
        list_deliveries,
        scope="webhooks:write",
        query=Listing,
        refuses="webhook_not_found",
    ),
    Endpoint(
        "POST",
        "/v1/webhook-deliveries/{delivery_id}/replay",
        "webhooks.replay",
        Words("再发一次", "Send a delivery again"),
        answers.Delivery,
        again,
        scope="webhooks:write",
        status=202,
        idempotent="optional",
        route="v1.webhook-deliveries.replay",
        refuses="delivery_not_found webhook_disabled delivery_on_its_way",
    ),
]
