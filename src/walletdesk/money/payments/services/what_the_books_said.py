"""The books' answers in words: the codes of ``ledger.post_many`` become refusals, the same on every path."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from walletdesk.foundation.amount.public import Amount, AmountTooBig
from walletdesk.foundation.errors import Refusal
from walletdesk.money.ledger import public as ledger
from walletdesk.money.payments.errors import NotEnoughMoney, PaymentNotDone
from walletdesk.money.wallets.public import WalletIsFrozen

log = logging.getLogger(__name__)
FROZEN = ("account_frozen", "account_frozen_credit")


@dataclass(frozen=True, slots=True)
class Declines:
    """``available`` holds the balance of each account that had too little, read after the posting."""

    available: dict[int, int]

    def refusal(
        self,
        declined: ledger.Declined,
        payer: int,
        wanted: Amount,
        other_side: type[Refusal],
        booked: type[Refusal],
        short: type[Refusal] = NotEnoughMoney,
    ) -> Refusal:
        """``payer`` is the account that was to give ``wanted``; ``other_side`` says that the other one cannot take part,
        ``booked`` that this is in the books already."""
        if declined.code == "reference_used":
            return booked()
        if declined.code in FROZEN:
            return WalletIsFrozen() if declined.account_id == payer else other_side()
        if declined.code == "insufficient_available":
            if declined.account_id != payer:
                return other_side()
            has = self.available.get(payer, 0)
            return short(short_by=Amount(max(1, wanted.minor - has), wanted.asset))
        if declined.code == "amount_too_big":
            return AmountTooBig()
        log.error("the books declined what should have been right: %s", declined)
        return PaymentNotDone()


def read_declines(answers: Sequence[ledger.Posted | ledger.Declined]) -> Declines:
    """One more read, and only if somebody had too little."""
    poor = {
        answer.account_id
        for answer in answers
        if isinstance(answer, ledger.Declined) and answer.code == "insufficient_available" and answer.account_id
    }
    found = ledger.balances(poor) if poor else {}
    return Declines({account: balance.available for account, balance in found.items()})
