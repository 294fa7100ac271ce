"""What stands in the way of an order, the same whether it is paid at once or set aside for."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.errors import Refusal
from walletdesk.money.agreements.public import Consent, PinProofStale, proof_holds
from walletdesk.money.payments.errors import (
    CodeBroken,
    OrderAuthorised,
    OrderCancelled,
    OrderExpired,
    OrderNotFound,
    OrderPaid,
    OwnShop,
)
from walletdesk.money.payments.queries.counter import SalesCounter
from walletdesk.money.payments.rules.paying import OrderFacts, obstacle
from walletdesk.money.wallets.public import WalletMissing
from walletdesk.trust.customers.public import PinProof

OBSTACLES: dict[str, type[Refusal]] = {
    refusal.code: refusal
    for refusal in (
        OrderNotFound,
        PinProofStale,
        CodeBroken,
        OwnShop,
        OrderAuthorised,
        OrderPaid,
        OrderCancelled,
        OrderExpired,
        WalletMissing,
    )
}


class Wish(Protocol):
    """What an intent about an order says."""

    @property
    def customer_id(self) -> UUID: ...
    @property
    def order_id(self) -> UUID: ...
    @property
    def consent(self) -> Consent: ...
    @property
    def shown(self) -> Amount | None: ...


def ask_order(wish: Wish, counter: SalesCounter) -> Refusal | None:
    """The first refusal of ``OBSTACLES``, in that order, or None. Reads nothing: the counter was read for the batch."""
    order = counter.orders.get(wish.order_id)
    facts = None
    if order is not None:
        _, people = counter.shops[order.merchant_id]
        facts = OrderFacts(order.state, order.amount_minor, order.asset_code, order.expires_at, people)
    payer = counter.payers.get(wish.customer_id)
    code = obstacle(
        facts,
        payer_user=payer.user_id if payer else None,
        proof_good=_proof_good(wish, counter.moment),
        shown=(wish.shown.minor, wish.shown.asset.code) if wish.shown else None,
        has_wallet=order is not None and (wish.customer_id, order.asset_code) in counter.wallets,
        now=counter.moment,
    )
    return OBSTACLES[code](order_id=wish.order_id) if code else None


def _proof_good(wish: Wish, moment: datetime) -> bool:
    """Software has no PIN: what its key or agreement allows is asked afterwards."""
    given = wish.consent
    return not isinstance(given, PinProof) or proof_holds(given.customer_id, given.at, wish.customer_id, moment)
