"""The client of the ``/v1`` API: typed, blocking or awaited, careful with money.

    from walletdesk.client import Money, Walletdesk

    with Walletdesk() as shop:
        order = shop.orders.create(Money.of("38.00", "CNY"), reference="A-1001")

Every request that changes something carries an idempotency key and is sent again with the same key when its answer is
lost; what cannot be known in the end is said so (``OutcomeUnknown``), never guessed. Knows nothing of the rest of this
product, and needs only httpx and msgspec. The way in: ``docs/guides/take-a-payment.md``.
"""

from walletdesk.client.answers import Event
from walletdesk.client.calls import Page, new_key
from walletdesk.client.clients import AsyncWalletdesk, Walletdesk
from walletdesk.client.errors import (
    BadRequest,
    Conflict,
    NoAnswer,
    NotAllowed,
    NotFound,
    NotFromWalletdesk,
    NotNow,
    NotSignedIn,
    NotUsable,
    OutcomeUnknown,
    Problem,
    TooMany,
    UnreadableAnswer,
    WalletdeskError,
)
from walletdesk.client.money import Money
from walletdesk.client.retrying import Patience
from walletdesk.client.sending import Told
from walletdesk.client.webhooks import check_webhook, read_webhook

__all__ = [
    "AsyncWalletdesk",
    "BadRequest",
    "Conflict",
    "Event",
    "Money",
    "NoAnswer",
    "NotAllowed",
    "NotFound",
    "NotFromWalletdesk",
    "NotNow",
    "NotSignedIn",
    "NotUsable",
    "OutcomeUnknown",
    "Page",
    "Patience",
    "Problem",
    "Told",
    "TooMany",
    "UnreadableAnswer",
    "Walletdesk",
    "WalletdeskError",
    "check_webhook",
    "new_key",
    "read_webhook",
]
