"""May these wallets take this in? For money that was counted when it was set aside and arrives later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.amount.public import Amount
from walletdesk.money.ledger import public as ledger
from walletdesk.money.wallets.figures import limits_of_tier
from walletdesk.money.wallets.queries.counters import KeptCounters
from walletdesk.money.wallets.queries.wallets import WalletPlace
from walletdesk.money.wallets.rules.limits import balance_reached


@dataclass(frozen=True, slots=True)
class Arrival:
    """``amount`` into ``wallet``, whose owner has ``tier``."""

    wallet: WalletPlace
    tier: int
    amount: Amount


def judge_arrivals(arrivals: Sequence[Arrival], locked: Mapping[UUID, KeptCounters], moment: datetime) -> list[bool]:
    """Whether each fits under what its wallet may hold, those before it in the batch counted as arrived. ``locked`` comes from
    ``lock_uses`` in this transaction.
    """
    balances = ledger.balances({one.wallet.ledger_account for one in arrivals}) if arrivals else {}
    posted = {account: balance.posted for account, balance in balances.items()}
    fits: list[bool] = []
    for one in arrivals:
        account, minor = one.wallet.ledger_account, one.amount.minor
        limits = limits_of_tier(one.tier, one.amount.asset.code, moment)
        fits.append(balance_reached(limits, locked[one.wallet.wallet_id].counters, posted[account], minor) is None)
        if fits[-1]:
            posted[account] += minor
    return fits
