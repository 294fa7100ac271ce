"""The front door of webhooks. An owner is a ``KeyOwner``: a shop, or a customer with keys; what is another's is not found.

    add_endpoint(owner, address, types, name) -> (EndpointView, secret)
        WebhookAddressNotUsable, EventTypeUnknown, WebhookNameNotUsable, TooManyEndpoints
    change_endpoint(owner, endpoint, address=…, types=…, name=…, enabled=…) -> EndpointView
        WebhookNotFound, then as above
    rotate_secret(owner, endpoint) -> (EndpointView, secret)            WebhookNotFound, RotatedJustNow
    remove_endpoint(owner, endpoint)                                    WebhookNotFound
    send_test(owner, endpoint) -> DeliveryView                          WebhookNotFound, WebhookDisabled
    replay(owner, delivery) -> DeliveryView                             DeliveryNotFound, WebhookDisabled, StillOnItsWay
    endpoints_of, endpoint, deliveries_of, delivery                     WebhookNotFound, DeliveryNotFound
    events_of(owner, limit, after, types), event(owner, id)             the feed, oldest first; EventNotFound
    EVENT_TYPES, and the shapes in which things are shown to other software
    send_due_webhooks(), keep_sending(stop)                             what the worker does; never inside a transaction
    reseal_endpoints() -> Resealed                                      after a change of the house's key

The refusals stand in ``errors.py``.
"""

from walletdesk.service.webhooks.errors import DeliveryNotFound, EventNotFound, WebhookNotFound
from walletdesk.service.webhooks.own_shapes import delivery_shape, endpoint_shape
from walletdesk.service.webhooks.queries import (
    AttemptView,
    DeliveryView,
    EndpointView,
    EventView,
    deliveries_of,
    delivery,
    endpoint,
    endpoints_of,
    event,
    events_of,
)
from walletdesk.service.webhooks.rules.event_types import EVENT_TYPES
from walletdesk.service.webhooks.sealing import reseal_endpoints
from walletdesk.service.webhooks.services.add_endpoint import add_endpoint
from walletdesk.service.webhooks.services.change_endpoint import change_endpoint
from walletdesk.service.webhooks.services.remove_endpoint import remove_endpoint
from walletdesk.service.webhooks.services.replay_delivery import replay
from walletdesk.service.webhooks.services.rotate_secret import rotate_secret
from walletdesk.service.webhooks.services.send_test import send_test
from walletdesk.service.webhooks.services.send_webhooks import keep_sending, send_due_webhooks
from walletdesk.service.webhooks.shapes import (
    agreement_shape,
    case_shape,
    hold_shape,
    message_shape,
    moment_shape,
    money_shape,
    order_shape,
    payment_shape,
    refund_shape,
    transfer_shape,
)
from walletdesk.trust.api_keys.public import KeyOwner as Owner

__all__ = [
    "EVENT_TYPES",
    "AttemptView",
    "DeliveryNotFound",
    "DeliveryView",
    "EndpointView",
    "EventNotFound",
    "EventView",
    "Owner",
    "WebhookNotFound",
    "add_endpoint",
    "agreement_shape",
    "case_shape",
    "change_endpoint",
    "deliveries_of",
    "delivery",
    "delivery_shape",
    "endpoint",
    "endpoint_shape",
    "endpoints_of",
    "event",
    "events_of",
    "hold_shape",
    "keep_sending",
    "message_shape",
    "moment_shape",
    "money_shape",
    "order_shape",
    "payment_shape",
    "refund_shape",
    "remove_endpoint",
    "replay",
    "reseal_endpoints",
    "rotate_secret",
    "send_due_webhooks",
    "send_test",
    "transfer_shape",
]
