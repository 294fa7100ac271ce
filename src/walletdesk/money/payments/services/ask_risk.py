"""What risk says of a batch before it is booked, the same for payments and transfers.

judged = ask_risk({place: (RiskAsk(…), account)})   after orders and wallets, before limits and books; locks nothing
judged.refusals                                     {place: refusal} of those that may not go on
judged.keep(moved)                                  the decisions are written, with which money then moved
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.statements.public import in_one_flight
from walletdesk.money.ledger import public as ledger
from walletdesk.money.payments.errors import NotEnoughMoney
from walletdesk.money.payments.queries.sums import amount_of
from walletdesk.money.wallets.public import WalletIsFrozen
from walletdesk.trust.risk.public import (
    Decision,
    Delay,
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


def ask_risk(asks: Mapping[int, tuple[RiskAsk, int]]) -> Judged:
    """``asks``: by place, what is asked and the payer's account in the books. Three or four statements, one flight.

    The balance is read for those whom a person's hand sends. Who cannot pay at all, frozen or short, is told that at once:
    nobody is led over a proof to a payment that the books would then refuse.
    """
    if not asks:
        return Judged({}, {})
    by_hand = {account for ask, account in asks.values() if ask.origin.channel != "system"}
    with in_one_flight():
        memory = remember_many([ask for ask, _ in asks.values()])
        reading = ledger.ask_balances(by_hand) if by_hand else None
    balances = reading.value() if reading else {}
    refusals: dict[int, Refusal] = {}
    wanted: dict[int, RiskAsk] = {}
    for place, (ask, account) in asks.items():
        balance = balances.get(account) if ask.origin.channel != "system" else None
        if balance is None:
            wanted[place] = ask
        elif (hopeless := _hopeless(ask, balance)) is not None:
            refusals[place] = hopeless
        else:
            wanted[place] = ask._replace(available_minor=balance.available)
    decisions = dict(zip(wanted, decide_many(list(wanted.values()), memory), strict=True))
    refusals |= {place: no for place, one in decisions.items() if (no := _refusal(one))}
    return Judged(decisions, refusals)


def _hopeless(ask: RiskAsk, balance: ledger.Balance) -> Refusal | None:
    if balance.freeze in ("debit", "full"):
        return WalletIsFrozen()
    if ask.amount_minor > balance.available:
        return NotEnoughMoney(short_by=amount_of(ask.amount_minor - balance.available, ask.asset))
    return None


def _refusal(decision: Decision) -> Refusal | None:
    return WalletIsFrozen() if is_frozen(decision) else refusal_of(decision)
