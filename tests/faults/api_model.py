"""What a shop and its payers may do over ``/v1``, once more, in memory and in plain words: an independent model for R04.

Written from docs/reference and not from the code. Each method answers ``""`` or the code of the refusal, and moves money in
dictionaries; nothing is concurrent here and nothing is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class ModelOrder:
    """``state``: waiting, authorised, paid, cancelled. ``was_held``: set aside first. ``taken`` was captured, ``back`` refunded."""

    shop: int
    minor: int
    state: str = "waiting"
    payer: int = -1
    was_held: bool = False
    taken: int = 0
    back: int = 0


@dataclass
class Later:
    payer: int
    payee: int
    minor: int
    state: str = "waiting"


@dataclass
class ApiModel:
    """``free`` and ``held`` by payer; ``shops`` what each shop has after fees of ``fee_bps``."""

    fee_bps: int
    free: list[int]
    shops: list[int]
    held: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.held = [0] * len(self.free)

    def pay(self, order: ModelOrder, payer: int) -> str:
        refused = self._may_pay(order, payer)
        if not refused:
            self.free[payer] -= order.minor
            order.state, order.payer = "paid", payer
            self._take(order, order.minor)
        return refused

    def hold(self, order: ModelOrder, payer: int) -> str:
        refused = self._may_pay(order, payer)
        if not refused:
            self.free[payer] -= order.minor
            self.held[payer] += order.minor
            order.state, order.payer, order.was_held = "authorised", payer, True
        return refused

    def capture(self, order: ModelOrder, minor: int) -> str:
        if not order.was_held:
            return "payment_not_found"
        if order.state != "authorised":
            return "hold_ended"
        if minor > order.minor:
            return "capture_above_hold"
        self.held[order.payer] -= order.minor
        self.free[order.payer] += order.minor - minor
        order.state = "paid"
        self._take(order, minor)
        return ""

    def void(self, order: ModelOrder) -> str:
        """Let go of already: nothing more happens, and that is an answer too."""
        if not order.was_held:
            return "payment_not_found"
        if order.state == "paid":
            return "hold_ended"
        if order.state == "authorised":
            self.held[order.payer] -= order.minor
            self.free[order.payer] += order.minor
            order.state = "cancelled"
        return ""

    def cancel(self, order: ModelOrder) -> str:
        if order.state != "waiting":
            return "order_not_waiting"
        order.state = "cancelled"
        return ""

    def refund(self, order: ModelOrder, minor: int) -> str:
        if minor > order.taken - order.back:
            return "refund_exceeds_payment"
        fee = self._fee_back(order, order.back + minor) - self._fee_back(order, order.back)
        if self.shops[order.shop] + fee < minor:
            return "merchant_cannot_cover"
        self.shops[order.shop] += fee - minor
        self.free[order.payer] += minor
        order.back += minor
        return ""

    def send(self, payer: int, payee: int, minor: int) -> str:
        refused = self._may_send(payer, payee, minor)
        if not refused:
            self.free[payer] -= minor
            self.free[payee] += minor
        return refused

    def plan(self, payer: int, payee: int, minor: int) -> str:
        refused = self._may_send(payer, payee, minor)
        if not refused:
            self.free[payer] -= minor
            self.held[payer] += minor
        return refused

    def unplan(self, later: Later) -> str:
        if later.state == "waiting":
            self.held[later.payer] -= later.minor
            self.free[later.payer] += later.minor
            later.state = "cancelled"
        return ""

    def _may_pay(self, order: ModelOrder, payer: int) -> str:
        if order.state != "waiting":
            return f"order_{order.state}"
        return "" if self.free[payer] >= order.minor else "not_enough_money"

    def _may_send(self, payer: int, payee: int, minor: int) -> str:
        if payer == payee:
            return "transfer_to_self"
        return "" if self.free[payer] >= minor else "not_enough_money"

    def _take(self, order: ModelOrder, minor: int) -> None:
        order.taken = minor
        self.shops[order.shop] += minor - self._fee(minor)

    def _fee(self, minor: int) -> int:
        return (minor * self.fee_bps + 5_000) // 10_000

    def _fee_back(self, order: ModelOrder, back: int) -> int:
        """Of the fee, in proportion to what went back, rounded half up: whole when all of it has."""
        return (2 * self._fee(order.taken) * back + order.taken) // (2 * order.taken)
