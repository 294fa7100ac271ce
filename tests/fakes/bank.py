"""A bank in memory that keeps the same promises as the real ones: ``tests/contracts/test_bank.py`` holds both to them."""

from __future__ import annotations

from dataclasses import dataclass, field

from walletdesk.foundation.amount.public import Amount
from walletdesk.money.payments.public import BankAnswer

UNKNOWN = BankAnswer("unknown")


@dataclass
class FakeBank:
    """Set ``down``, ``decline``, ``lose_request`` or ``lose_answer``; ``done`` is what really happened."""

    down: bool = False
    unreachable: bool = False
    decline: str = ""
    lose_request: bool = False
    lose_answer: bool = False
    done: dict[str, tuple[Amount, BankAnswer]] = field(default_factory=dict)
    voided: set[str] = field(default_factory=set)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def pull(self, reference: str, amount: Amount) -> BankAnswer:
        self.asked.append(("pull", reference))
        if self.down or self.unreachable:
            return BankAnswer("unavailable", "down")
        if self.lose_request:
            return UNKNOWN
        if reference in self.voided:
            return BankAnswer("declined", "voided")
        if reference in self.done and self.done[reference][0] != amount:
            return BankAnswer("declined", "reference_used")
        if reference not in self.done:
            outcome = BankAnswer("declined", self.decline) if self.decline else BankAnswer("accepted")
            self.done[reference] = (amount, BankAnswer(outcome.outcome, outcome.code, f"B{len(self.done):011d}"))
        return UNKNOWN if self.lose_answer else self.done[reference][1]

    def ask(self, reference: str) -> BankAnswer:
        self.asked.append(("ask", reference))
        if self.down or self.unreachable:
            return UNKNOWN
        if reference in self.voided:
            return BankAnswer("declined", "voided")
        return self.done[reference][1] if reference in self.done else BankAnswer("absent")

    def void(self, reference: str) -> BankAnswer:
        self.asked.append(("void", reference))
        if self.down or self.unreachable:
            return UNKNOWN
        if reference in self.done:
            return self.done[reference][1]
        self.voided.add(reference)
        return BankAnswer("declined", "voided")

    def taken(self, asset_code: str = "CNY") -> int:
        """The sum that left people's bank accounts, in minor units."""
        return sum(
            amount.minor
            for amount, answer in self.done.values()
            if answer.outcome == "accepted" and amount.asset.code == asset_code
        )
