"""Reads about limits: what holds, what is used, what is left, when it starts again, and what each tier may.

All of it is read on the primary, when it is asked for, and is true to the minor unit and the second at that moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.clock.public import now
from walletdesk.money.wallets.figures import limits_of_tier, operators_zone
from walletdesk.money.wallets.models import OwnLimit
from walletdesk.money.wallets.queries.counters import counters_of
from walletdesk.money.wallets.queries.wallets import WalletView, wallets_for
from walletdesk.money.wallets.rules.counters import Counters, rolled
from walletdesk.money.wallets.rules.limits import (
    BALANCE,
    KINDS,
    OWN_GROUPS,
    OWN_WINDOWS,
    SINGLE,
    Limit,
    is_raise,
    left_under,
)
from walletdesk.money.wallets.rules.windows import resets_at, windows_at
from walletdesk.trust.customers.public import customers


@dataclass(frozen=True, slots=True)
class PlannedRaise:
    """What a limit of one's own will be from a moment on; ``amount`` None: no limit of one's own any more."""

    amount: Amount | None
    holds_from: datetime


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One limit. ``house`` is the tier's, ``own`` the customer's, ``holds`` the smaller; None: there is none.

    ``used`` is the sum within the window (for the balance: held and on its way; for a single movement None). ``left`` is
    None where nothing limits. ``settable``: the customer may set one.
    """

    group: str
    kind: str
    house: Amount | None
    own: Amount | None
    holds: Amount | None
    used: Amount | None
    left: Amount | None
    resets_at: datetime | None
    planned: PlannedRaise | None
    settable: bool

    def would_rise(self, amount: Amount | None) -> bool:
        """Whether setting this, or None for no limit, has to wait."""
        return is_raise(self.own.minor if self.own else None, amount.minor if amount else None)


@dataclass(frozen=True, slots=True)
class LimitsView:
    """All limits of one wallet at a moment. ``zone`` is the operator's: whose midnight it is."""

    wallet: WalletView
    tier: int
    at: datetime
    zone: tzinfo
    lines: Sequence[LimitLine]

    def line(self, group: str, kind: str) -> LimitLine | None:
        return next((one for one in self.lines if (one.group, one.kind) == (group, kind)), None)


class OwnLimits(NamedTuple):
    """What an owner set: of everything that leaves, and of what goes to one payee."""

    of_all: tuple[Limit, ...] = ()
    by_payee: Mapping[UUID, tuple[Limit, ...]] = {}


def own_limits_in_force(wallet_ids: Iterable[UUID], moment: datetime) -> dict[UUID, OwnLimits]:
    """The owners' own limits that hold at a moment; one statement, none for nobody."""
    wanted = list(wallet_ids)
    if not wanted:
        return {}
    begun = open_own_limits(wanted).filter(Q(holds_from__lte=moment) | AT_ONCE).order_by("holds_from", "id")
    latest: dict[UUID, dict[tuple[UUID | None, str, str], OwnLimit]] = {}
    for row in begun:
        latest.setdefault(row.wallet_id, {})[row.payee_id, row.group, row.window] = row
    return {wallet_id: _own_limits(rows.values()) for wallet_id, rows in latest.items()}


def _own_limits(rows: Iterable[OwnLimit]) -> OwnLimits:
    by_payee: dict[UUID | None, tuple[Limit, ...]] = {}
    for row in rows:
        if row.minor is not None:
            limit = Limit(row.window, row.minor, row.group, own=True)
            by_payee[row.payee_id] = (*by_payee.get(row.payee_id, ()), limit)
    of_all = by_payee.pop(None, ())
    return OwnLimits(of_all, {payee: limits for payee, limits in by_payee.items() if payee is not None})


AT_ONCE = Q(holds_from=F("asked_at"))
"""A limit that was lowered holds for whoever sees it, also for one whose clock is behind the one it was lowered by."""


def open_own_limits(wallet_ids: Iterable[UUID]) -> QuerySet[OwnLimit]:
    """What the owners of these wallets set and what has not ended: in force, superseded by what began later, or to come."""
    return OwnLimit.objects.filter(wallet_id__in=list(wallet_ids), ended_at=None)


def tier_figures(tier: int, asset_code: str = "CNY", at: datetime | None = None) -> dict[tuple[str, str], int]:
    """What the tier's sheets say now: {(group, kind): minor units}, the smaller where two speak; ("", "balance") too."""
    figures: dict[tuple[str, str], int] = {}
    for limit in limits_of_tier(tier, asset_code, at or now()):
        place = (limit.group, limit.kind)
        figures[place] = min(limit.minor, figures.get(place, limit.minor))
    return figures


def limits_of(customer_id: UUID, asset_code: str = "CNY") -> LimitsView | None:
    """The limits of the customer's wallet in an asset as they stand now; None when there is no such wallet."""
    wallet = wallets_for([customer_id], asset_code).get(customer_id)
    if wallet is None:
        return None
    moment, zone = now(), operators_zone()
    tier = customers([customer_id])[customer_id].tier
    counters = rolled(counters_of(wallet.id), windows_at(moment, zone))
    house = tier_figures(tier, asset_code, moment)
    rows = list(open_own_limits([wallet.id]).order_by("holds_from", "id"))
    places = dict.fromkeys([*house, *((group, window) for group in OWN_GROUPS for window in OWN_WINDOWS)])
    lines = [
        _line(place, house.get(place), rows, counters, wallet, moment, zone) for place in sorted(places, key=_order)
    ]
    return LimitsView(wallet, tier, moment, zone, lines)


def begun_and_coming(rows: Sequence[OwnLimit], moment: datetime) -> tuple[list[OwnLimit], list[OwnLimit]]:
    """The open limits of one kind that hold or held, the last of them being in force, and those that wait."""
    begun = [row for row in rows if row.holds_from <= moment or row.holds_from == row.asked_at]
    return begun, [row for row in rows if row not in begun]


def _order(place: tuple[str, str]) -> tuple[int, str, int]:
    """All that leaves first, then what is narrower, the balance last."""
    group, kind = place
    return (KINDS.index(kind) if kind == BALANCE else OWN_GROUPS.index(group) if group in OWN_GROUPS else 2, group,
            KINDS.index(kind))  # fmt: skip


def _line(
    place: tuple[str, str],
    house: int | None,
    rows: Sequence[OwnLimit],
    counters: Counters,
    wallet: WalletView,
    moment: datetime,
    zone: tzinfo,
) -> LimitLine:
    group, kind = place
    asset = wallet.asset
    mine = [row for row in rows if (row.group, row.window) == place]
    begun, coming = begun_and_coming(mine, moment)
    own = begun[-1].minor if begun else None
    holds = min((figure for figure in (house, own) if figure is not None), default=None)

    def amount(minor: int | None) -> Amount | None:
        return None if minor is None else Amount(minor, asset)

    if kind == BALANCE:
        used: int | None = wallet.posted.minor + counters.incoming
    else:
        used = None if kind == SINGLE else counters.used(group, kind)
    left = None if holds is None else left_under(Limit(kind, holds, group), counters, wallet.posted.minor)
    return LimitLine(
        group=group,
        kind=kind,
        house=amount(house),
        own=amount(own),
        holds=amount(holds),
        used=amount(used),
        left=amount(left),
        resets_at=resets_at(kind, counters.windows or windows_at(moment, zone), zone),
        planned=PlannedRaise(amount(coming[-1].minor), coming[-1].holds_from) if coming else None,
        settable=group in OWN_GROUPS and kind in OWN_WINDOWS,
    )
