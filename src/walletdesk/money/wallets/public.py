"""The front door of wallets.

    open_wallet(customer_id, asset_code="CNY")      idempotent; AssetUnknown of the books
    open_wallets(customer_ids, asset_code)          the same for many
    wallets_of(customer_id)                         with posted, held and available balance
    wallets_for(customer_ids, asset_code)           {customer: wallet}
    wallet_places(customer_ids)                     {(customer, asset code): where it stands}, no balances
    freeze_wallet(wallet_id, mode, reason, actor)   FreezeModeUnknown, ReasonMissing, WalletMissing, AlreadyFrozen
    unfreeze_wallet(wallet_id, reason, actor)       ReasonMissing, WalletMissing, NotFrozen

    take_limits(uses, moment) -> TakenLimits        judged under the counters' locks, before the books; LimitReached each
    note_uses(taken, posted)                        what the books posted is counted
    lock_uses(wallet_ids), give_back(locked, ended, moment)     what came to nothing, or came back
    judge_arrivals(arrivals, locked, moment)        whether what was set aside before fits when it arrives
    limits_of(customer_id, asset_code="CNY")        used, left, when it starts again
    tier_figures(tier, asset_code)                  what a tier may
    set_own_limit(customer_id, group, window, amount)   OwnLimitUnknown, AmountTooSmall, WalletMissing, OwnLimitAboveTier
    cancel_raise(customer_id, group, window)        WalletMissing, NoRaiseToCancel
    set_payee_limit(customer_id, payee_id, window, amount)
        OwnLimitUnknown, AmountTooSmall, WalletMissing, PayeeNeverPaid, OwnLimitAboveTier
    cancel_payee_raise(customer_id, payee_id, window)   WalletMissing, NoRaiseToCancel
    payee_limits_of(customer_id), payee_limit(customer_id, payee_id, window)    what holds, what waits, what is left today

``WalletIsFrozen`` and ``LimitReached`` are the refusals that every path gives; facts: ``WalletFrozen``, ``WalletUnfrozen``,
``WalletOpened``, ``OwnLimitChanged``, ``OwnLimitRaiseCancelled``.
"""

from walletdesk.money.wallets.errors import (
    AlreadyFrozen,
    BalanceLimit,
    DayLimit,
    LifetimeLimit,
    LimitReached,
    MonthLimit,
    NoRaiseToCancel,
    NotFrozen,
    OwnLimitAboveTier,
    PayeeDayLimit,
    PayeeNeverPaid,
    PayeeSingleLimit,
    SingleLimit,
    WalletIsFrozen,
    WalletMissing,
    YearLimit,
)
from walletdesk.money.wallets.events import (
    OwnLimitChanged,
    OwnLimitRaiseCancelled,
    WalletFrozen,
    WalletOpened,
    WalletUnfrozen,
)
from walletdesk.money.wallets.queries.limits import LimitLine, LimitsView, PlannedRaise, limits_of, tier_figures
from walletdesk.money.wallets.queries.payee_limits import PayeeLimitLine, payee_limit, payee_limits_of
from walletdesk.money.wallets.queries.wallets import (
    FreezeView,
    WalletPlace,
    WalletView,
    ask_wallet_places,
    freezes_of,
    wallet,
    wallet_places,
    wallets_for,
    wallets_of,
)
from walletdesk.money.wallets.services.freeze_wallet import freeze_wallet, unfreeze_wallet
from walletdesk.money.wallets.services.give_back_uses import UseEnded, give_back, lock_uses
from walletdesk.money.wallets.services.judge_arrivals import Arrival, judge_arrivals
from walletdesk.money.wallets.services.open_wallet import open_wallet, open_wallets
from walletdesk.money.wallets.services.set_own_limit import OwnLimitSet, cancel_raise, set_own_limit
from walletdesk.money.wallets.services.set_payee_limit import cancel_payee_raise, set_payee_limit
from walletdesk.money.wallets.services.take_limits import LimitUse, TakenLimits, note_uses, take_limits

__all__ = [
    "AlreadyFrozen",
    "Arrival",
    "BalanceLimit",
    "DayLimit",
    "FreezeView",
    "LifetimeLimit",
    "LimitLine",
    "LimitReached",
    "LimitUse",
    "LimitsView",
    "MonthLimit",
    "NoRaiseToCancel",
    "NotFrozen",
    "OwnLimitAboveTier",
    "OwnLimitChanged",
    "OwnLimitRaiseCancelled",
    "OwnLimitSet",
    "PayeeDayLimit",
    "PayeeLimitLine",
    "PayeeNeverPaid",
    "PayeeSingleLimit",
    "PlannedRaise",
    "SingleLimit",
    "TakenLimits",
    "UseEnded",
    "WalletFrozen",
    "WalletIsFrozen",
    "WalletMissing",
    "WalletOpened",
    "WalletPlace",
    "WalletUnfrozen",
    "WalletView",
    "YearLimit",
    "ask_wallet_places",
    "cancel_payee_raise",
    "cancel_raise",
    "freeze_wallet",
    "freezes_of",
    "give_back",
    "judge_arrivals",
    "limits_of",
    "lock_uses",
    "note_uses",
    "open_wallet",
    "open_wallets",
    "payee_limit",
    "payee_limits_of",
    "set_own_limit",
    "set_payee_limit",
    "take_limits",
    "tier_figures",
    "unfreeze_wallet",
    "wallet",
    "wallet_places",
    "wallets_for",
    "wallets_of",
]
