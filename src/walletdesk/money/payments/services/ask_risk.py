"""What risk says of a batch before it is booked, the same for payments and transfers.

judged = ask_risk({place: (RiskAsk(…), account)})   after orders and wallets, before limits and books; locks nothing
judged.refusals                                     {place: refusal} of those that may not go on
judged.keep(moved)                                  the decisions are written, with which money then moved

with in_one_flight():                               the same in two steps: the database reads while the caller does
    ahead = ask_risk_ahead({place: (…), …})         something else, and those who are refused meanwhile are not judged
judged = ahead.judge(places)
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.statements.public import Asked, in_one_flight
from walletdesk.money.ledger import public as ledger
from walletdesk.money.payments.errors import NotEnoughMoney
from walletdesk.money.payments.queries.sums import amount_of
from walletdesk.money.wallets.public import WalletIsFrozen
from walletdesk.trust.risk.public import (
    Decision,
    Delay,
    Memory,
    RiskAsk,
    decide_many,
    delay_of,
    is_frozen,
    keep_decisions,
    refusal_of,
    remember_many,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """Decisions by the place of their intent in the batch."""

    decisions: dict[int, Decision]
    refusals: dict[int, Refusal]

    @property
    def delays(self) -> dict[int, Delay]:
        """Transfers that are to wait; nothing else ever is."""
        found = {place: delay_of(decision) for place, decision in self.decisions.items()}
        return {place: delay for place, delay in found.items() if delay is not None}

    def keep(self, moved: Collection[int], but: Collection[int] = ()) -> None:
        """``moved``: the places whose money moved, or is set aside; of one that risk delayed it has not moved yet."""
        kept = {place: one for place, one in self.decisions.items() if place not in but}
        keep_decisions(list(kept.values()), [place in moved and one.outcome == "allow" for place, one in kept.items()])


@dataclass(frozen=True, slots=True)
class Ahead:
    """What risk and the books were asked about these, under way."""

    asks: Mapping[int, tuple[RiskAsk, int]]
    memory: Memory | None
    balances: Asked[dict[int, ledger.Balance]] | None

    def judge(self, places: Collection[int]) -> Judged:
        """Those at these places alone. Who cannot pay at all, frozen or short, is told that at once: nobody is led over a
        proof to a payment that the books would then refuse.
        """
        balances = self.balances.value() if self.balances else {}
        refusals: dict[int, Refusal] = {}
        wanted: dict[int, RiskAsk] = {}
        for place in places:
            ask, account = self.asks[place]
            balance = balances.get(account) if ask.origin.channel != "system" else None
            if balance is None:
                wanted[place] = ask
            elif (hopeless := _hopeless(ask, balance)) is not None:
                refusals[place] = hopeless
            else:
                wanted[place] = ask.with_available(balance.available)
        decisions = dict(zip(wanted, decide_many(list(wanted.values()), self.memory), strict=True))
        refusals |= {place: no for place, one in decisions.items() if (no := _refusal(one))}
        return Judged(decisions, refusals)


def ask_risk_ahead(asks: Mapping[int, tuple[RiskAsk, int]]) -> Ahead:
    """``asks``: by place, what is asked and the payer's account in the books. Two to four statements, sent and not waited for:
    to be called in a flight. The balance is read for those whom a person's hand sends.
    """
    if not asks:
        return Ahead(asks, None, None)
    by_hand = {account for ask, account in asks.values() if ask.origin.channel != "system"}
    memory = remember_many([ask for ask, _ in asks.values()])
    return Ahead(asks, memory, ledger.ask_balances(by_hand) if by_hand else None)


def ask_risk(asks: Mapping[int, tuple[RiskAsk, int]]) -> Judged:
    """All of them at once, in one flight."""
    if not asks:
        return Judged({}, {})
    with in_one_flight():
        ahead = ask_risk_ahead(asks)
    return ahead.judge(asks.keys())


def _hopeless(ask: RiskAsk, balance: ledger.Balance) -> Refusal | None:
    if balance.freeze in ("debit", "full"):
        return WalletIsFrozen()
    if ask.amount_minor > balance.available:
        return NotEnoughMoney(short_by=amount_of(ask.amount_minor - balance.available, ask.asset))
    return None


def _refusal(decision: Decision) -> Refusal | None:
    if decision.outcome == "allow":
        return None
    return WalletIsFrozen() if is_frozen(decision) else refusal_of(decision)
