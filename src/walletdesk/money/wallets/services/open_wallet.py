"""Open wallets: as many as are missing, in one go."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection, transaction

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.money.ledger import public as ledger
from walletdesk.money.wallets.events import WalletOpened
from walletdesk.money.wallets.models import Wallet
from walletdesk.money.wallets.queries.wallets import WalletView, wallets_for

# One who opens wallets in an asset at a time: two openings of the same wallet must not make two accounts in the books.
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('wallets.open:' || %s, 0))"


def open_wallet(customer_id: UUID, asset_code: str = "CNY") -> WalletView:
    """The customer's wallet in the asset; opened now if there was none. Refuses what the books refuse (unknown asset)."""
    return open_wallets([customer_id], asset_code)[customer_id]


def open_wallets(customer_ids: Sequence[UUID], asset_code: str = "CNY") -> dict[UUID, WalletView]:
    """As :func:`open_wallet` for many, in a constant number of statements."""
    wanted = list(dict.fromkeys(customer_ids))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(ONE_AT_A_TIME, [asset_code])
        there = set(
            Wallet.objects.filter(customer_id__in=wanted, asset_code=asset_code).values_list("customer_id", flat=True)
        )
        missing = [customer_id for customer_id in wanted if customer_id not in there]
        if missing:
            _open(missing, asset_code)
        return wallets_for(wanted, asset_code)


def _open(customer_ids: list[UUID], asset_code: str) -> None:
    ids = [uuid7() for _ in customer_ids]
    accounts = ledger.open_accounts(
        [
            ledger.AccountSpec(kind="customer_wallet", asset_code=asset_code, owner=f"wallet:{wallet_id}")
            for wallet_id in ids
        ]
    )
    opened_at = now()
    Wallet.objects.bulk_create(
        Wallet(
            id=wallet_id, customer_id=customer_id, asset_code=asset_code, ledger_account=account, opened_at=opened_at
        )
        for wallet_id, customer_id, account in zip(ids, customer_ids, accounts, strict=True)
    )
    publish_many(
        [
            WalletOpened(wallet_id=wallet_id, customer_id=customer_id, asset=asset_code, at=opened_at)
            for wallet_id, customer_id in zip(ids, customer_ids, strict=True)
        ]
    )
