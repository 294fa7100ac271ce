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
    place = _place(customer_id, asset_code)
    house = tier_figures(customers([customer_id])[customer_id].tier, asset_code).get((group, window))
    if amount is not None and house is not None and amount.minor > house:
        raise OwnLimitAboveTier(most=Amount(house, amount.asset))
    with transaction.atomic():
        lock_counters([place.wallet_id])
        return _set(place, asset_code, group, window, None if amount is None else amount.minor)


def _set(place: WalletPlace, asset_code: str, group: str, window: str, minor: int | None) -> OwnLimitSet:
    moment = now()
    begun, waiting = begun_and_coming(list(_rows(place.wallet_id, group, window)), moment)
    before = begun[-1].minor if begun else None
    _end(waiting, moment, CANCELLED)
    if minor == before:
        if waiting:
            publish(OwnLimitRaiseCancelled(place.customer_id, place.wallet_id, asset_code, group, window, moment))
        return OwnLimitSet(minor, False, moment)
    raised = is_raise(before, minor)
    holds_from = moment + timedelta(seconds=value("limits.raise_delay_seconds", moment)) if raised else moment
    if not raised:
        _end(begun, moment, REPLACED)
    OwnLimit.objects.create(
        wallet_id=place.wallet_id, group=group, window=window, minor=minor, asked_at=moment, holds_from=holds_from
    )
    LimitCounter.objects.filter(pk=place.wallet_id, has_own_limits=False).update(has_own_limits=True)
    publish(
        OwnLimitChanged(
            place.customer_id, place.wallet_id, asset_code, group, window, before, minor, raised, holds_from, moment
        )
    )
    return OwnLimitSet(minor, raised, holds_from)


def cancel_raise(customer_id: UUID, group: str, window: str, asset_code: str = "CNY") -> None:
    """What waits to rise stays as it is. Refuses, in this order: ``WalletMissing``, ``NoRaiseToCancel`` (it holds already,
    or nothing waits). Publishes ``OwnLimitRaiseCancelled``.
    """
    place = _place(customer_id, asset_code)
    with transaction.atomic():
        lock_counters([place.wallet_id])
        moment = now()
        _, waiting = begun_and_coming(list(_rows(place.wallet_id, group, window)), moment)
        if not waiting:
            raise NoRaiseToCancel(group=group, window=window)
        _end(waiting, moment, CANCELLED)
        publish(OwnLimitRaiseCancelled(customer_id, place.wallet_id, asset_code, group, window, moment))


def _place(customer_id: UUID, asset_code: str) -> WalletPlace:
    place = wallet_places([customer_id]).get((customer_id, asset_code))
    if place is None:
        raise WalletMissing(asset=asset_code)
    return place


def _rows(wallet_id: UUID, group: str, window: str) -> QuerySet[OwnLimit]:
    return open_own_limits([wallet_id]).filter(group=group, window=window).order_by("holds_from", "id")


def _end(rows: list[OwnLimit], moment: datetime, how: str) -> None:
    OwnLimit.objects.filter(id__in=[row.id for row in rows]).update(ended_at=moment, ended_how=how)
