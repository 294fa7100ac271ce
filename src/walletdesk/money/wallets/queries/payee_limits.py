"""Limits of what goes to one payee, to be shown: what holds, what waits, what is used and left today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.clock.public import now
from walletdesk.money.wallets.figures import operators_zone
from walletdesk.money.wallets.models import OwnLimit, PayeeUse
from walletdesk.money.wallets.queries.counters import counters_of
from walletdesk.money.wallets.queries.limits import (
    LimitLine,
    PlannedRaise,
    begun_and_coming,
    open_own_limits,
    tier_figures,
)
from walletdesk.money.wallets.queries.wallets import WalletView, wallets_for
from walletdesk.money.wallets.rules.limits import Limit
from walletdesk.money.wallets.rules.payee_limits import PAYEE, PAYEE_WINDOWS, left_for_payee
from walletdesk.money.wallets.rules.windows import DAY, later_of, resets_at, windows_at
from walletdesk.trust.customers.public import customers
from walletdesk.trust.risk.public import paid_to


@dataclass(frozen=True, slots=True)
class PayeeLimitLine(LimitLine):
    """``house`` is the most that the tier lets go out at all; ``holds`` is what the customer set, and ``used`` is counted
    only while that is so.
    """

    payee_id: UUID


class _Standing(NamedTuple):
    """What all lines of a wallet have in common."""

    wallet: WalletView
    moment: datetime
    rows: Sequence[OwnLimit]
    used: Mapping[UUID, int]
    house: Mapping[tuple[str, str], int]
    resets_at: datetime | None


def payee_limits_of(customer_id: UUID, asset_code: str = "CNY") -> list[PayeeLimitLine]:
    """What this customer may set for each payee for whom something is set or asked for, in the order of ``PAYEE_WINDOWS``."""
    wallet = wallets_for([customer_id], asset_code).get(customer_id)
    rows = _rows_of(wallet)
    if wallet is None or not rows:
        return []
    moment = now()
    begun, coming = begun_and_coming(rows, moment)
    latest = {(row.payee_id, row.window): row for row in begun}
    limited = [row.payee_id for row in (*latest.values(), *coming) if row.minor is not None or row in coming]
    return _lines(wallet, [payee for payee in dict.fromkeys(limited) if payee], rows, moment)


def payee_limit(customer_id: UUID, payee_id: UUID, window: str, asset_code: str = "CNY") -> PayeeLimitLine | None:
    """One of them, set or not; None where there is none that this customer may set: they have never paid this payee."""
    wallet = wallets_for([customer_id], asset_code).get(customer_id)
    rows = [row for row in _rows_of(wallet) if row.payee_id == payee_id]
    if wallet is None or not (rows or paid_to(customer_id, payee_id, asset_code)):
        return None
    return next((line for line in _lines(wallet, [payee_id], rows, now()) if line.kind == window), None)


def _rows_of(wallet: WalletView | None) -> list[OwnLimit]:
    if wallet is None:
        return []
    return list(open_own_limits([wallet.id]).filter(payee_id__isnull=False).order_by("holds_from", "id"))


def _lines(
    wallet: WalletView, payees: Iterable[UUID], rows: Sequence[OwnLimit], moment: datetime
) -> list[PayeeLimitLine]:
    zone = operators_zone()
    running = later_of(counters_of(wallet.id).windows, windows_at(moment, zone))
    used = PayeeUse.objects.filter(wallet_id=wallet.id, day__gte=running.day).values_list("payee_id", "used_minor")
    tier = customers([wallet.customer_id])[wallet.customer_id].tier
    house = tier_figures(tier, wallet.asset.code, moment)
    standing = _Standing(wallet, moment, rows, dict(used), house, resets_at(DAY, running, zone))
    return [_line(standing, payee, window) for payee in payees for window in PAYEE_WINDOWS]


def _line(standing: _Standing, payee_id: UUID, window: str) -> PayeeLimitLine:
    mine = [row for row in standing.rows if (row.payee_id, row.window) == (payee_id, window)]
    begun, coming = begun_and_coming(mine, standing.moment)
    own = begun[-1].minor if begun else None
    used = standing.used.get(payee_id, 0) if window == DAY and own is not None else None

    def amount(minor: int | None) -> Amount | None:
        return None if minor is None else Amount(minor, standing.wallet.asset)

    return PayeeLimitLine(
        group=PAYEE,
        kind=window,
        house=amount(standing.house.get(("out", window))),
        own=amount(own),
        holds=amount(own),
        used=amount(used),
        left=None if own is None else amount(left_for_payee(Limit(window, own), used or 0)),
        resets_at=standing.resets_at if used is not None else None,
        planned=PlannedRaise(amount(coming[-1].minor), coming[-1].holds_from) if coming else None,
        settable=True,
        payee_id=payee_id,
    )
