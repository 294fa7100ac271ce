"""What this room does when something happened. Safe to run twice."""

from __future__ import annotations

from collections.abc import Sequence

from walletdesk.foundation.amount.public import XTS
from walletdesk.money.payments.events import PaymentCaptured
from walletdesk.money.payments.services.find_duplicates import find_duplicates
from walletdesk.money.payments.services.stop_transfers import stop_for_freeze
from walletdesk.money.wallets.public import WalletFrozen


def on_payment_captured(facts: Sequence[PaymentCaptured]) -> None:
    """Look whether one of these purchases was charged before. Whoever tries things out with play money may try them twice."""
    find_duplicates([captured.payment_id for captured in facts if captured.asset != XTS.code])


def on_wallet_frozen(facts: Sequence[WalletFrozen]) -> None:
    """What risk delayed is not sent any more; its money is free, and stands still with the rest."""
    stop_for_freeze(one.customer_id for one in facts if one.mode in ("debit", "full"))
