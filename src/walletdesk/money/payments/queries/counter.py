"""What a batch of payments reads, once: the orders (locked), their shops, and the payers with their wallets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from walletdesk.foundation.arrays.public import uuid_array
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.statements.public import Rows, asked, in_one_flight
from walletdesk.money.merchants.public import MerchantView, ask_shops_with_people
from walletdesk.money.wallets.public import WalletPlace, ask_wallet_places
from walletdesk.trust.customers.public import PayerFacts, ask_payers

LOCK_ORDERS = (Path(__file__).resolve().parent.parent / "sql" / "lock_orders.sql").read_text()


class CounterOrder(NamedTuple):
    """In the order of ``sql/lock_orders.sql``; ``sequence`` is its place among the receipts."""

    id: UUID
    merchant_id: UUID
    order_reference: str
    amount_minor: int
    asset_code: str
    note: str
    state: str
    expires_at: datetime
    sequence: int


@dataclass(frozen=True, slots=True)
class SalesCounter:
    """``shops``: each with the users who work there."""

    moment: datetime
    orders: dict[UUID, CounterOrder]
    shops: dict[UUID, tuple[MerchantView, frozenset[UUID]]]
    wallets: dict[tuple[UUID, str], WalletPlace]
    payers: dict[UUID, PayerFacts]


def at_the_counter(orders: Iterable[UUID], customers: Iterable[UUID]) -> SalesCounter:
    """Four statements, three of them in one flight. The orders stay locked until the transaction ends; the moment, and all
    else that is read, is after the lock.
    """
    locked = asked(LOCK_ORDERS, uuid_array(list(set(orders))), read=_orders_in).value()
    wanted, moment = set(customers), now()
    with in_one_flight():
        shops = ask_shops_with_people(order.merchant_id for order in locked.values())
        wallets, payers = ask_wallet_places(wanted), ask_payers(wanted)
    return SalesCounter(moment, locked, shops.value(), wallets.value(), payers.value())


def _orders_in(rows: Rows) -> dict[UUID, CounterOrder]:
    return {row[0]: CounterOrder(*row) for row in rows}
