"""The front door of wallets.

    open_wallet(customer_id, asset_code="CNY")      idempotent; AssetUnknown of the books
    open_wallets(customer_ids, asset_code)          the same for many
    wallets_of(customer_id)                         with posted, held and available balance
    wallets_for(customer_ids, asset_code)           {customer: wallet}
    wallet_places(customer_ids)                     {(customer, asset code): where it stands}, no balances
    freeze_wallet(wallet_id, mode, reason, actor)   FreezeModeUnknown, ReasonMissing, WalletMissing, AlreadyFrozen
    unfreeze_wallet(wallet_id, reason, actor)       ReasonMissing, WalletMissing, NotFrozen

``WalletIsFrozen`` is the refusal that every path gives; ``WalletFrozen``, ``WalletUnfrozen``, ``WalletOpened`` are facts.
"""

from walletdesk.money.wallets.errors import AlreadyFrozen, NotFrozen, WalletIsFrozen, WalletMissing
from walletdesk.money.wallets.events import WalletFrozen, WalletOpened, WalletUnfrozen
from walletdesk.money.wallets.queries import (
    FreezeView,
    WalletPlace,
    WalletView,
    freezes_of,
    wallet,
    wallet_places,
    wallets_for,
    wallets_of,
)
from walletdesk.money.wallets.services.freeze_wallet import freeze_wallet, unfreeze_wallet
from walletdesk.money.wallets.services.open_wallet import open_wallet, open_wallets

__all__ = [
    "AlreadyFrozen",
    "FreezeView",
    "NotFrozen",
    "WalletFrozen",
    "WalletIsFrozen",
    "WalletMissing",
    "WalletOpened",
    "WalletPlace",
    "WalletUnfrozen",
    "WalletView",
    "freeze_wallet",
    "freezes_of",
    "open_wallet",
    "open_wallets",
    "unfreeze_wallet",
    "wallet",
    "wallet_places",
    "wallets_for",
    "wallets_of",
]
