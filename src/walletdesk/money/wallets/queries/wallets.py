"""Reads about wallets. Balances are read from the books, on the primary, when they are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from walletdesk.foundation.amount.public import Amount, Asset
from walletdesk.foundation.arrays.public import uuid_array
from walletdesk.foundation.statements.public import Asked, Rows, asked
from walletdesk.money.ledger import public as ledger
from walletdesk.money.wallets.models import Wallet, WalletFreeze

PLACES = "SELECT id, customer_id, asset_code, ledger_account FROM wallets_wallet WHERE customer_id = ANY (%s::uuid[])"


@dataclass(frozen=True, slots=True)
class WalletView:
    """A wallet with its money. ``freeze`` is ``none``, ``debit``, ``credit`` or ``full``."""

    id: UUID
    customer_id: UUID
    asset: Asset
    ledger_account: int
    freeze: str
    posted: Amount
    held: Amount
    available: Amount
    opened_at: datetime

    @property
    def frozen(self) -> bool:
        return self.freeze != "none"


class WalletPlace(NamedTuple):
    """Where a wallet stands in the books, without its money: what a batch of payments needs."""

    wallet_id: UUID
    customer_id: UUID
    ledger_account: int


@dataclass(frozen=True, slots=True)
class FreezeView:
    mode: str
    reason: str
    actor: str
    frozen_at: datetime
    lifted_at: datetime | None
    lifted_reason: str
    lifted_by: str


def views_of(rows: Iterable[Wallet]) -> list[WalletView]:
    """The rows with their money, one statement for all."""
    rows = list(rows)
    balances = ledger.balances([row.ledger_account for row in rows]) if rows else {}
    return [_view(row, balances[row.ledger_account]) for row in rows]


def _view(row: Wallet, balance: ledger.Balance) -> WalletView:
    return WalletView(
        id=row.id,
        customer_id=row.customer_id,
        asset=balance.asset,
        ledger_account=row.ledger_account,
        freeze=balance.freeze,
        posted=Amount(balance.posted, balance.asset),
        held=Amount(balance.held, balance.asset),
        available=Amount(balance.available, balance.asset),
        opened_at=row.opened_at,
    )


def wallet(wallet_id: UUID) -> WalletView | None:
    return next(iter(views_of(Wallet.objects.filter(id=wallet_id))), None)


def wallets_of(customer_id: UUID) -> list[WalletView]:
    """All wallets of a customer, the first opened first."""
    return views_of(Wallet.objects.filter(customer_id=customer_id).order_by("opened_at", "id"))


def wallets_for(customer_ids: Iterable[UUID], asset_code: str) -> dict[UUID, WalletView]:
    """The wallet of each customer in one asset; two statements however many."""
    rows = Wallet.objects.filter(customer_id__in=set(customer_ids), asset_code=asset_code)
    return {view.customer_id: view for view in views_of(rows)}


def wallet_places(customer_ids: Iterable[UUID]) -> dict[tuple[UUID, str], WalletPlace]:
    """Where the wallets of these customers stand, by (customer, asset code); one statement."""
    return ask_wallet_places(customer_ids).value()


def ask_wallet_places(customer_ids: Iterable[UUID]) -> Asked[dict[tuple[UUID, str], WalletPlace]]:
    """The same, asked for: inside ``in_one_flight`` nobody waits for it yet."""
    return asked(PLACES, uuid_array(list(set(customer_ids))), read=_places_in)


def _places_in(rows: Rows) -> dict[tuple[UUID, str], WalletPlace]:
    return {(customer_id, code): WalletPlace(id_, customer_id, account) for id_, customer_id, code, account in rows}


def freezes_of(wallet_id: UUID) -> list[FreezeView]:
    """Every freeze of a wallet, the latest first."""
    rows = WalletFreeze.objects.filter(wallet_id=wallet_id).order_by("-frozen_at", "-id")
    return [FreezeView(r.mode, r.reason, r.actor, r.frozen_at, r.lifted_at, r.lifted_reason, r.lifted_by) for r in rows]
