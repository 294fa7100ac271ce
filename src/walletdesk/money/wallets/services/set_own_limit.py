"""A limit that the owner sets: lowered at once, raised after a delay that can be cancelled.

A thief who has the phone must not be able to lift what protects the money, so whatever lets more through waits
(``limits.raise_delay_seconds``), is told to the owner at once, and can be stopped by anybody who holds the phone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from walletdesk.foundation.amount.public import Amount, AmountTooSmall
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish
from walletdesk.foundation.profiles.public import value
from walletdesk.money.wallets.errors import NoRaiseToCancel, OwnLimitAboveTier, OwnLimitUnknown, WalletMissing
from walletdesk.money.wallets.events import OwnLimitChanged, OwnLimitRaiseCancelled
from walletdesk.money.wallets.models import CANCELLED, REPLACED, LimitCounter, OwnLimit
from walletdesk.money.wallets.queries.limits import begun_and_coming, open_own_limits, tier_figures
from walletdesk.money.wallets.queries.wallets import WalletPlace, wallet_places
from walletdesk.money.wallets.rules.limits import OWN_GROUPS, OWN_WINDOWS, is_raise
from walletdesk.money.wallets.services.keep_counters import lock_counters
from walletdesk.trust.customers.public import customers


@dataclass(frozen=True, slots=True)
class OwnLimitSet:
    """From ``holds_from`` on the limit is ``minor``; ``raised``: not before the delay is over."""

    minor: int | None
    raised: bool
    holds_from: datetime


def set_own_limit(
    customer_id: UUID, group: str, window: str, amount: Amount | None, asset_code: str = "CNY"
) -> OwnLimitSet:
    """Limit what leaves (``group`` out: everything, transfer) by movement, day or month; None takes one's own limit away.
    What is stricter than now holds at once and ends a raise that waits; what is looser waits, in the place of another that
    waited. The same as now only ends what waits. Publishes ``OwnLimitChanged``.

    Refuses, in this order: ``OwnLimitUnknown``, ``AmountTooSmall`` (below zero), ``WalletMissing``,
    ``OwnLimitAboveTier(most)``.
    """
    if group not in OWN_GROUPS or window not in OWN_WINDOWS:
        raise OwnLimitUnknown(group=group, window=window)
    if amount is not None and amount.minor < 0:
        raise AmountTooSmall()
    place = place_of(customer_id, asset_code)
    house = tier_figures(customers([customer_id])[customer_id].tier, asset_code).get((group, window))
    if amount is not None and house is not None and amount.minor > house:
        raise OwnLimitAboveTier(most=Amount(house, amount.asset))
    with transaction.atomic():
        lock_counters([place.wallet_id])
        return put_limit(place, asset_code, group, window, None if amount is None else amount.minor)


def put_limit(
    place: WalletPlace, asset_code: str, group: str, window: str, minor: int | None, payee_id: UUID | None = None
) -> OwnLimitSet:
    """Under the lock of the wallet's counters: at once or after the delay, as it lets less through or more."""
    moment = now()
    begun, waiting = begun_and_coming(list(_rows(place.wallet_id, group, window, payee_id)), moment)
    before = begun[-1].minor if begun else None
    _end(waiting, moment, CANCELLED)
    if minor == before:
        if waiting:
            publish(
                OwnLimitRaiseCancelled(place.customer_id, place.wallet_id, asset_code, group, window, moment, payee_id)
            )
        return OwnLimitSet(minor, False, moment)
    raised = is_raise(before, minor)
    holds_from = moment + timedelta(seconds=value("limits.raise_delay_seconds", moment)) if raised else moment
    if not raised:
        _end(begun, moment, REPLACED)
    OwnLimit.objects.create(
        wallet_id=place.wallet_id, group=group, window=window, payee_id=payee_id, minor=minor, asked_at=moment,
        holds_from=holds_from,
    )  # fmt: skip
    _mark(place.wallet_id, of_payee=payee_id is not None)
    publish(
        OwnLimitChanged(
            place.customer_id, place.wallet_id, asset_code, group, window, before, minor, raised, holds_from, moment,
            payee_id,
        )
    )  # fmt: skip
    return OwnLimitSet(minor, raised, holds_from)


def _mark(wallet_id: UUID, *, of_payee: bool) -> None:
    """From now on whoever locks the counters looks for limits of the owner's own."""
    counter = LimitCounter.objects.filter(pk=wallet_id)
    counter.filter(has_own_limits=False).update(has_own_limits=True)
    if of_payee:
        counter.filter(has_payee_limits=False).update(has_payee_limits=True)


def cancel_raise(customer_id: UUID, group: str, window: str, asset_code: str = "CNY") -> None:
    """What waits to rise stays as it is. Refuses, in this order: ``WalletMissing``, ``NoRaiseToCancel`` (it holds already,
    or nothing waits). Publishes ``OwnLimitRaiseCancelled``.
    """
    keep_limit(place_of(customer_id, asset_code), asset_code, group, window)


def keep_limit(place: WalletPlace, asset_code: str, group: str, window: str, payee_id: UUID | None = None) -> None:
    """What waits is ended. Refuses: ``NoRaiseToCancel``."""
    with transaction.atomic():
        lock_counters([place.wallet_id])
        moment = now()
        _, waiting = begun_and_coming(list(_rows(place.wallet_id, group, window, payee_id)), moment)
        if not waiting:
            raise NoRaiseToCancel(group=group, window=window)
        _end(waiting, moment, CANCELLED)
        publish(OwnLimitRaiseCancelled(place.customer_id, place.wallet_id, asset_code, group, window, moment, payee_id))


def place_of(customer_id: UUID, asset_code: str) -> WalletPlace:
    place = wallet_places([customer_id]).get((customer_id, asset_code))
    if place is None:
        raise WalletMissing(asset=asset_code)
    return place


def _rows(wallet_id: UUID, group: str, window: str, payee_id: UUID | None) -> QuerySet[OwnLimit]:
    return (
        open_own_limits([wallet_id]).filter(group=group, window=window, payee_id=payee_id).order_by("holds_from", "id")
    )


def _end(rows: list[OwnLimit], moment: datetime, how: str) -> None:
    OwnLimit.objects.filter(id__in=[row.id for row in rows]).update(ended_at=moment, ended_how=how)
