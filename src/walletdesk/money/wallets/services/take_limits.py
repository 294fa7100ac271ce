"""May this be moved? A batch of uses is judged, and what the books then posted is counted, in one transaction.

    taken = take_limits(uses, moment)       counters locked in id order; one answer per use, in their order
    … the books …                           only what was not refused
    note_uses(taken, posted)                what was posted is counted; what the books declined never was

A use is judged as if those before it in the batch had been posted. When the books then decline one of them, a later use of
the same wallet may have been refused for nothing: ``taken.perhaps(posted)`` names those, and they are asked once more.
At most four statements however many the uses: the lock, the owners' own limits, balances, the writing. Two more, what went
to a payee today and the writing of it, only where a payer of the batch has limited that very payee by the day.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from walletdesk.foundation.amount.public import Amount
from walletdesk.money.ledger import public as ledger
from walletdesk.money.wallets.errors import (
    BalanceLimit,
    DayLimit,
    LifetimeLimit,
    LimitReached,
    MonthLimit,
    PayeeDayLimit,
    PayeeSingleLimit,
    SingleLimit,
    YearLimit,
)
from walletdesk.money.wallets.figures import limits_of_tier, operators_zone
from walletdesk.money.wallets.queries.counters import KeptCounters
from walletdesk.money.wallets.queries.limits import OwnLimits, own_limits_in_force
from walletdesk.money.wallets.queries.wallets import WalletPlace
from walletdesk.money.wallets.rules.counters import TOP_UP, Counters, awaiting, counted, rolled
from walletdesk.money.wallets.rules.limits import BALANCE, Limit, Reached, balance_reached, first_reached
from walletdesk.money.wallets.rules.payee_limits import PAYEE, payee_reached
from walletdesk.money.wallets.rules.windows import DAY, Windows, resets_at, windows_at
from walletdesk.money.wallets.services.keep_counters import lock_counters, write_counters
from walletdesk.money.wallets.services.keep_payee_uses import Pair, PayeeUsed, payee_uses, write_payee_uses

REFUSALS = {kind.kind: kind for kind in (SingleLimit, DayLimit, MonthLimit, YearLimit, LifetimeLimit, BalanceLimit)}
PAYEE_REFUSALS = {kind.kind: kind for kind in (PayeeSingleLimit, PayeeDayLimit)}
NONE_OF_THEIR_OWN = OwnLimits()


class LimitUse(NamedTuple):
    """One movement: ``amount`` by ``instrument`` out of (for a top-up: into) ``wallet``, whose owner has ``tier``.

    ``payee_id``: the person or shop it goes to. ``into``: the other person's wallet and tier, where the money goes to one
    that may be full.
    """

    wallet: WalletPlace
    tier: int
    amount: Amount
    instrument: str
    payee_id: UUID | None = None
    into: tuple[WalletPlace, int] | None = None

    @property
    def pair(self) -> Pair:
        return self.wallet.wallet_id, self.payee_id

    @property
    def receiver(self) -> tuple[WalletPlace, int] | None:
        return (self.wallet, self.tier) if self.instrument == TOP_UP else self.into


@dataclass(frozen=True, slots=True)
class TakenLimits:
    """``refusals`` has one answer per use: None when it may go on. The rest is what :func:`note_uses` needs: the counters as
    they stand, and as they will when everything that may go on is posted; ``payees``: what went today to those who are
    limited by the day.
    """

    uses: Sequence[LimitUse]
    refusals: Sequence[LimitReached | None]
    standing: Mapping[UUID, Counters] = field(repr=False)
    after_all: Mapping[UUID, Counters] = field(repr=False)
    payees: Mapping[Pair, PayeeUsed] = field(repr=False)

    def perhaps(self, posted: Collection[int]) -> list[int]:
        """Places refused here that an earlier use of the same wallet, not ``posted`` or bringing room, stood before."""
        touched: set[UUID] = set()
        doubtful: list[int] = []
        for place, use in enumerate(self.uses):
            refusal, receiver = self.refusals[place], use.receiver
            judged = {use.wallet.wallet_id} | ({receiver[0].wallet_id} if receiver else set())
            if refusal is not None:
                if judged & touched:
                    doubtful.append(place)
            elif place not in posted:
                touched |= judged
            elif receiver is not None:  # what it gave away made room for what came later
                touched.add(use.wallet.wallet_id)
        return doubtful


def take_limits(uses: Sequence[LimitUse], moment: datetime) -> TakenLimits:
    """Judge the uses, locking the counters of their wallets. Refuses each with the first :class:`LimitReached` of single,
    day, month, year, lifetime, single to this payee, day to this payee, balance (for a receiver's balance too:
    who asks puts that into words of their own).
    """
    if not uses:
        return TakenLimits(uses, [], {}, {}, {})
    judge = _Judge(uses, moment)
    return TakenLimits(uses, [judge.answer(use) for use in uses], judge.before, judge.after, judge.payees)


def note_uses(taken: TakenLimits, posted: Collection[int]) -> None:
    """Count the uses at these places (indexes into ``taken.uses``): one statement, none when nothing was posted; one more
    for payees that are limited by the day.
    """
    _note_payees(taken, posted)
    if len(posted) == sum(refusal is None for refusal in taken.refusals):
        used = {taken.uses[place].wallet.wallet_id for place in posted}
        write_counters({wallet_id: taken.after_all[wallet_id] for wallet_id in used})
        return
    changed: dict[UUID, Counters] = {}
    for place in sorted(posted):
        use = taken.uses[place]
        wallet_id = use.wallet.wallet_id
        now_at = counted(changed.get(wallet_id) or taken.standing[wallet_id], use.instrument, use.amount.minor)
        changed[wallet_id] = awaiting(now_at, use.amount.minor) if use.instrument == TOP_UP else now_at
    write_counters(changed)


def _note_payees(taken: TakenLimits, posted: Collection[int]) -> None:
    if not taken.payees:
        return
    paid: dict[Pair, PayeeUsed] = {}
    for place in sorted(posted):
        use = taken.uses[place]
        if use.pair in taken.payees:
            paid[use.pair] = paid.get(use.pair, taken.payees[use.pair]).and_more(use.amount.minor)
    write_payee_uses(paid)


class _Judge:
    """The batch as it is judged: counters and balances as they would be if every use so far went through."""

    def __init__(self, uses: Sequence[LimitUse], moment: datetime) -> None:
        self._uses, self._moment, self._zone = uses, moment, operators_zone()
        self._windows = windows_at(moment, self._zone)
        self._sheets: dict[tuple[int, str], tuple[Limit, ...]] = {}
        receivers = {
            place.wallet_id: place
            for use in uses
            if (receiver := use.receiver) and self._has_a_ceiling(receiver[1], use.amount.asset.code)
            for place in (receiver[0],)
        }
        kept = lock_counters({use.wallet.wallet_id for use in uses} | receivers.keys())
        self.before = {wallet_id: self._rolled(one) for wallet_id, one in kept.items()}
        self._own = own_limits_in_force([one for one in kept if kept[one].has_own_limits], moment)
        self.after = dict(self.before)
        self._of_payees: dict[Pair, tuple[Limit, ...]] = {
            (one, payee): limits for one, own in self._own.items() for payee, limits in own.by_payee.items()
        }
        self.payees = self._counted_payees() if self._of_payees else {}
        self._paid = {pair: used.minor for pair, used in self.payees.items()}
        accounts = {place.ledger_account: wallet_id for wallet_id, place in receivers.items()}
        balances = ledger.balances(accounts) if accounts else {}
        self._posted = {accounts[account]: balance.posted for account, balance in balances.items()}

    def _counted_payees(self) -> dict[Pair, PayeeUsed]:
        """What went today to those to whom something of this batch goes, where a limit of the day speaks of them."""
        asked = {use.pair for use in self._uses} & self._of_payees.keys()
        by_day = [pair for pair in asked if any(limit.kind == DAY for limit in self._of_payees[pair])]
        return payee_uses({pair: self._day(pair[0]) for pair in by_day})

    def _day(self, wallet_id: UUID) -> date:
        return (self.before[wallet_id].windows or self._windows).day

    def _rolled(self, kept: KeptCounters) -> Counters:
        return rolled(kept.counters, self._windows)

    def _sheet(self, tier: int, asset_code: str) -> tuple[Limit, ...]:
        place = (tier, asset_code)
        if place not in self._sheets:
            self._sheets[place] = limits_of_tier(tier, asset_code, self._moment)
        return self._sheets[place]

    def _has_a_ceiling(self, tier: int, asset_code: str) -> bool:
        return any(limit.kind == BALANCE for limit in self._sheet(tier, asset_code))

    def answer(self, use: LimitUse) -> LimitReached | None:
        reached = self._reached(use)
        if reached is None:
            self._let_pass(use)
            return None
        running: Windows = self.after[use.wallet.wallet_id].windows or self._windows
        asset, limit = use.amount.asset, reached.limit
        kinds = PAYEE_REFUSALS if limit.group == PAYEE else REFUSALS
        return kinds[limit.kind](
            limit=Amount(limit.minor, asset),
            left=Amount(reached.left, asset),
            resets_at=resets_at(limit.kind, running, self._zone),
            group=limit.group,
            own=limit.own,
        )

    def _reached(self, use: LimitUse) -> Reached | None:
        wallet_id, code, minor = use.wallet.wallet_id, use.amount.asset.code, use.amount.minor
        limits = (*self._sheet(use.tier, code), *self._own.get(wallet_id, NONE_OF_THEIR_OWN).of_all)
        reached = first_reached(limits, self.after[wallet_id], use.instrument, minor)
        if reached is None and self._of_payees and (to_them := self._of_payees.get(use.pair)):
            reached = payee_reached(to_them, self._paid.get(use.pair, 0), minor)
        receiver = use.receiver
        if reached is not None or receiver is None or receiver[0].wallet_id not in self._posted:
            return reached
        into = receiver[0].wallet_id
        return balance_reached(self._sheet(receiver[1], code), self.after[into], self._posted[into], minor)

    def _let_pass(self, use: LimitUse) -> None:
        wallet_id, minor, receiver = use.wallet.wallet_id, use.amount.minor, use.receiver
        after = counted(self.after[wallet_id], use.instrument, minor)
        self.after[wallet_id] = awaiting(after, minor) if use.instrument == TOP_UP else after
        if self._paid and use.pair in self._paid:
            self._paid[use.pair] += minor
        if use.instrument != TOP_UP and receiver is not None and receiver[0].wallet_id in self._posted:
            self._posted[receiver[0].wallet_id] += minor
