"""Freeze a wallet, and lift the freeze.

The flag is set in the books, behind the lock that every posting takes: when the freeze is committed, no payment can
still be on its way out. The moment is taken after that lock, so each line that went out before carries an earlier one.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import connection, transaction

from walletdesk.foundation.outbox.public import publish
from walletdesk.money.ledger import public as ledger
from walletdesk.money.wallets.errors import AlreadyFrozen, FreezeModeUnknown, NotFrozen, ReasonMissing, WalletMissing
from walletdesk.money.wallets.events import WalletFrozen, WalletUnfrozen
from walletdesk.money.wallets.models import FREEZE_MODES, Wallet, WalletFreeze
from walletdesk.money.wallets.queries.wallets import WalletView, views_of

FreezeMode = Literal["debit", "credit", "full"]


def freeze_wallet(wallet_id: UUID, mode: FreezeMode, reason: str, actor: str) -> WalletView:
    """Stop money: ``debit`` going out, ``credit`` coming in, ``full`` both. A freeze of another kind is replaced.

    Refuses, in this order: ``FreezeModeUnknown``, ``ReasonMissing``, ``WalletMissing``, ``AlreadyFrozen``.
    """
    if mode not in FREEZE_MODES:
        raise FreezeModeUnknown(mode=mode)
    _needs_reason(reason)
    with transaction.atomic():
        wallet = _locked(wallet_id)
        standing = WalletFreeze.objects.filter(wallet=wallet, lifted_at=None).first()
        if standing is not None and standing.mode == mode:
            raise AlreadyFrozen(wallet_id=wallet_id)
        ledger.set_freeze([wallet.ledger_account], mode)
        moment, last = _database_moment(), ledger.last_line()
        if standing is not None:
            _lift(standing, moment, last, reason, actor)
        WalletFreeze.objects.create(
            wallet=wallet, mode=mode, reason=reason.strip(), actor=actor, frozen_at=moment, after_line=last
        )
        publish(WalletFrozen(wallet.id, wallet.customer_id, mode, reason.strip(), actor, moment))
        return views_of([wallet])[0]


def unfreeze_wallet(wallet_id: UUID, reason: str, actor: str) -> WalletView:
    """Let money move again. Refuses, in this order: ``ReasonMissing``, ``WalletMissing``, ``NotFrozen``."""
    _needs_reason(reason)
    with transaction.atomic():
        wallet = _locked(wallet_id)
        standing = WalletFreeze.objects.filter(wallet=wallet, lifted_at=None).first()
        if standing is None:
            raise NotFrozen(wallet_id=wallet_id)
        ledger.set_freeze([wallet.ledger_account], "none")
        moment = _database_moment()
        _lift(standing, moment, ledger.last_line(), reason, actor)
        publish(WalletUnfrozen(wallet.id, wallet.customer_id, reason.strip(), actor, moment))
        return views_of([wallet])[0]


def _needs_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing()


def _locked(wallet_id: UUID) -> Wallet:
    # Not FOR UPDATE: a payment that holds the account refers to this row, and each would wait for the other.
    wallet = Wallet.objects.select_for_update(no_key=True).filter(id=wallet_id).first()
    if wallet is None:
        raise WalletMissing(wallet_id=wallet_id)
    return wallet


def _lift(freeze: WalletFreeze, moment: datetime, last: int, reason: str, actor: str) -> None:
    """A clock that was put back does not end it before it began."""
    freeze.lifted_at, freeze.lifted_reason = max(moment, freeze.frozen_at), reason.strip()
    freeze.until_line, freeze.lifted_by = last, actor
    freeze.save(update_fields=["lifted_at", "until_line", "lifted_reason", "lifted_by"])


def _database_moment() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT walletdesk_now()")
        moment: datetime = cursor.fetchone()[0]
        return moment
