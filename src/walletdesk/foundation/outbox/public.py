"""Telling facts and hearing them.

    publish_many([PaymentCaptured(…), …])                   in the transaction that captured
    register_route(PaymentCaptured, on_payment_captured, "cases.payment_captured")
    deliver_due()                                           what the worker does when it is woken or each second
    events_after(["customer:…"], last_id)                   what a live page missed

Two PostgreSQL channels: ``LIVE_CHANNEL`` carries ``topic:event id`` for live pages, ``WAKE_CHANNEL`` wakes the worker.
"""

from walletdesk.foundation.outbox.errors import DeadLetterNotFound
from walletdesk.foundation.outbox.queries import DeadLetter, StoredEvent, dead_letters, events_after, undelivered
from walletdesk.foundation.outbox.routes import forget_route, register_route
from walletdesk.foundation.outbox.rules.facts import Fact, fact
from walletdesk.foundation.outbox.services.deliver_due import deliver_all, deliver_due
from walletdesk.foundation.outbox.services.publish_facts import publish, publish_many
from walletdesk.foundation.outbox.services.purge_delivered import purge_delivered
from walletdesk.foundation.outbox.services.revive_delivery import revive

LIVE_CHANNEL = "walletdesk_live"
WAKE_CHANNEL = "walletdesk_outbox"

__all__ = [
    "LIVE_CHANNEL",
    "WAKE_CHANNEL",
    "DeadLetter",
    "DeadLetterNotFound",
    "Fact",
    "StoredEvent",
    "dead_letters",
    "deliver_all",
    "deliver_due",
    "events_after",
    "fact",
    "forget_route",
    "publish",
    "publish_many",
    "purge_delivered",
    "register_route",
    "revive",
    "undelivered",
]
