"""A limit of what goes to one payee, who was paid before: lowered at once, raised after a delay, as every limit of one's own.

What went there today before it was limited is taken from risk's memory of what was paid; from then on it is counted here.
What came back before that is not known here: it is free again at midnight.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.amount.public import Amount, AmountTooSmall
from walletdesk.foundation.clock.public import now
from walletdesk.money.wallets.errors import OwnLimitAboveTier, OwnLimitUnknown, PayeeNeverPaid
from walletdesk.money.wallets.figures import operators_zone
from walletdesk.money.wallets.queries.limits import open_own_limits, own_limits_in_force, tier_figures
from walletdesk.money.wallets.queries.wallets import WalletPlace
from walletdesk.money.wallets.rules.payee_limits import PAYEE, PAYEE_WINDOWS
from walletdesk.money.wallets.rules.windows import DAY, first_moment, later_of, windows_at
from walletdesk.money.wallets.services.keep_counters import lock_counters
from walletdesk.money.wallets.services.keep_payee_uses import PayeeUsed, write_payee_uses
from walletdesk.money.wallets.services.set_own_limit import OwnLimitSet, keep_limit, place_of, put_limit
from walletdesk.trust.customers.public import customers
from walletdesk.trust.risk.public import paid_to


def set_payee_limit(
    customer_id: UUID, payee_id: UUID, window: str, amount: Amount | None, asset_code: str = "CNY"
) -> OwnLimitSet:
    """Limit what goes to a person or a shop by payment or day; None takes the limit away. Otherwise as ``set_own_limit``.

    Refuses, in this order: ``OwnLimitUnknown``, ``AmountTooSmall`` (below zero), ``WalletMissing``, ``PayeeNeverPaid`` (where
    nothing limits them yet), ``OwnLimitAboveTier(most)``.
    """
    if window not in PAYEE_WINDOWS:
        raise OwnLimitUnknown(group=PAYEE, window=window)
    if amount is not None and amount.minor < 0:
        raise AmountTooSmall()
    place = place_of(customer_id, asset_code)
    limited = open_own_limits([place.wallet_id]).filter(payee_id=payee_id).exists()
    if not limited and not paid_to(customer_id, payee_id, asset_code):
        raise PayeeNeverPaid()
    house = tier_figures(customers([customer_id])[customer_id].tier, asset_code).get(("out", window))
    if amount is not None and house is not None and amount.minor > house:
        raise OwnLimitAboveTier(most=Amount(house, amount.asset))
    with transaction.atomic():
        counters = lock_counters([place.wallet_id])[place.wallet_id].counters
        if window == DAY and amount is not None and not _is_counted(place, payee_id):
            running = later_of(counters.windows, windows_at(now(), operators_zone()))
            _begin_to_count(place, payee_id, running.day, asset_code)
        return put_limit(place, asset_code, PAYEE, window, None if amount is None else amount.minor, payee_id)


def cancel_payee_raise(customer_id: UUID, payee_id: UUID, window: str, asset_code: str = "CNY") -> None:
    """As ``cancel_raise``. Refuses, in this order: ``WalletMissing``, ``NoRaiseToCancel``."""
    keep_limit(place_of(customer_id, asset_code), asset_code, PAYEE, window, payee_id)


def _is_counted(place: WalletPlace, payee_id: UUID) -> bool:
    """While a limit of the day holds, every payment there is counted."""
    own = own_limits_in_force([place.wallet_id], now()).get(place.wallet_id)
    return own is not None and any(limit.kind == DAY for limit in own.by_payee.get(payee_id, ()))


def _begin_to_count(place: WalletPlace, payee_id: UUID, day: date, asset_code: str) -> None:
    remembered = paid_to(place.customer_id, payee_id, asset_code, first_moment(day, operators_zone()))
    write_payee_uses({(place.wallet_id, payee_id): PayeeUsed(day, remembered)})
