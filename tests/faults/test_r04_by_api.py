"""R04 through ``/v1``: random operations over HTTP beside an independent model. The same answers, the same balances, and what was
answered once is answered again with the same bytes; the same key with another body never does anything.

200 operations on every change; in ``bin/soak`` 5,000 a round, round after round.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.databases import FreshDatabase
from tests.faults.api_house import ApiTown, Notebook, api_server
from tests.faults.api_model import ApiModel, Later, ModelOrder
from tests.faults.rounds import rounds, size
from walletdesk.client import Money, Problem, Walletdesk
from walletdesk.foundation.clock.public import now
from walletdesk.money.ledger.public import check_books

pytestmark = pytest.mark.serial
OPERATIONS = size(200, 5_000)
PEOPLE, SHOPS, MONEY, COMPARED_EVERY = 4, 2, 60, 25


@dataclass
class Thing:
    """An order with the payment that it may have, as the API and as the model know them."""

    id: str
    model: ModelOrder
    payment: str = ""


class Player:
    """Draws operations that are mostly sensible and often contested."""

    def __init__(self, dice: Random, port: int) -> None:
        self.dice, self.town, self.notebook = dice, ApiTown(dice, shops=SHOPS, people=PEOPLE, money=MONEY), Notebook()
        self.tills = [self.notebook.client(port, shop.secret) for shop in self.town.shops]
        self.owners = [self.notebook.client(port, payer.secret) for payer in self.town.payers]
        self.model = ApiModel(self.tills[0].merchant.get().fee_bps, [MONEY * 100] * PEOPLE, [0] * SHOPS)
        self.things: list[Thing] = []
        self.later: list[tuple[str, Later]] = []
        self.said: Counter[str] = Counter()
        self.number = 0

    def step(self) -> None:
        self.number += 1
        verbs: list[tuple[float, Callable[[str], None]]] = [
            (0.2, self.order), (0.4, self.pay), (0.52, self.hold), (0.62, self.capture), (0.68, self.void),
            (0.78, self.refund), (0.82, self.cancel), (0.9, self.send), (0.95, self.plan), (1.0, self.unplan),
        ]  # fmt: skip
        luck = self.dice.random()
        act = next(act for most, act in verbs if luck <= most) if self.things else self.order
        act(f"{act.__name__}-{self.number}")

    def order(self, key: str) -> None:
        shop, minor = self.dice.randrange(SHOPS), self.dice.randint(1, 2_000)
        made = self.tills[shop].orders.create(Money(minor, "CNY"), key=key)
        self.things.append(Thing(made.id, ModelOrder(shop, minor)))
        self.said["order"] += 1

    def pay(self, key: str) -> None:
        self._pay_or_hold(key, None)

    def hold(self, key: str) -> None:
        self._pay_or_hold(key, False)

    def _pay_or_hold(self, key: str, capture: bool | None) -> None:
        thing, payer = self._thing("waiting"), self.dice.randrange(PEOPLE)
        by_shop, shop = self.dice.random() < 0.5, thing.model.shop
        agreement = self.town.payers[payer].agreements[self.town.shops[shop].id] if by_shop else None
        client = self.tills[shop] if by_shop else self.owners[payer]
        expected = (self.model.pay if capture is None else self.model.hold)(thing.model, payer)
        made = self._same(
            expected, lambda: client.payments.create(thing.id, agreement_id=agreement, capture=capture, key=key)
        )
        if made:
            thing.payment = made.id
            if self.dice.random() < 0.2:
                self._other_body(client, key, thing.id, agreement, capture)

    def _other_body(
        self, client: Walletdesk, key: str, first: str, agreement: str | None, capture: bool | None
    ) -> None:
        """Another order, or the other wish for the same one, under a key that is used: 422, whatever else is in the way."""
        other = self.dice.choice(self.things).id
        wishes = [(first, capture is False)] + ([(other, True), (other, False)] if other != first else [])
        order, wish = self.dice.choice(wishes)
        self._same(
            "idempotency_body_differs",
            lambda: client.payments.create(order, agreement_id=agreement, capture=wish, key=key),
        )

    def capture(self, key: str) -> None:
        thing = self._thing("authorised", paid=True)
        minor = self.dice.randint(1, thing.model.minor + 5)
        if thing.payment:
            expected = self.model.capture(thing.model, minor)
            till = self.tills[thing.model.shop]
            self._same(expected, lambda: till.payments.capture(thing.payment, amount=Money(minor, "CNY"), key=key))

    def void(self, key: str) -> None:
        thing = self._thing("authorised", paid=True)
        till = self.tills[thing.model.shop]
        if thing.payment:
            self._same(self.model.void(thing.model), lambda: till.payments.void(thing.payment, key=key))

    def refund(self, key: str) -> None:
        thing = self._thing("paid", paid=True)
        if thing.model.state == "paid" and thing.payment:
            minor = self.dice.randint(1, thing.model.taken + 2)
            till, expected = self.tills[thing.model.shop], self.model.refund(thing.model, minor)
            self._same(expected, lambda: till.payments.refund(thing.payment, Money(minor, "CNY"), "cold", key=key))

    def cancel(self, key: str) -> None:
        thing = self._thing("waiting")
        till = self.tills[thing.model.shop]
        self._same(self.model.cancel(thing.model), lambda: till.orders.cancel(thing.id, key=key))

    def send(self, key: str) -> None:
        self._send(key, None)

    def plan(self, key: str) -> None:
        self._send(key, 2)

    def _send(self, key: str, days: int | None) -> None:
        payer, payee, minor = self.dice.randrange(PEOPLE), self.dice.randrange(PEOPLE), self.dice.randint(1, 2_500)
        when = now() + timedelta(days=days) if days else None
        expected = (self.model.plan if days else self.model.send)(payer, payee, minor)
        to, sum_ = self.town.address(payee), Money(minor, "CNY")
        made = self._same(expected, lambda: self.owners[payer].transfers.create(to, sum_, when=when, key=key))
        if made and days:
            self.later.append((made.id, Later(payer, payee, minor)))

    def unplan(self, key: str) -> None:
        if self.later:
            its_id, later = self.dice.choice(self.later)
            self._same(self.model.unplan(later), lambda: self.owners[later.payer].transfers.cancel(its_id, key=key))

    def _thing(self, state: str, *, paid: bool = False) -> Thing:
        """Mostly one in this state, else any; ``paid``: one that has a payment, if there is one."""
        fitting = [one for one in self.things if one.model.state == state and (one.payment or not paid)]
        return self.dice.choice(fitting if fitting and self.dice.random() < 0.8 else self.things)

    def _same(self, expected: str, act: Callable[[], Any]) -> Any:
        """The API's answer, which must be what the model expects; sometimes asked twice."""
        made, code = None, ""
        try:
            made = act()
            if self.dice.random() < 0.1:
                act()
        except Problem as refused:
            code = refused.code
        assert code == expected, (self.number, code, expected)
        self.said[expected or "done"] += 1
        return made

    def compare(self) -> None:
        for place, owner in enumerate(self.owners):
            (one,) = owner.wallets.balances()
            there = (one.balance.available.minor, one.balance.held.minor)
            assert there == (self.model.free[place], self.model.held[place]), (self.number, place)
        for place, till in enumerate(self.tills):
            (one,) = till.wallets.balances()
            assert one.balance.posted.minor == self.model.shops[place], (self.number, place)


def test_r04_the_api_answers_as_the_model_does(fresh_database: FreshDatabase, tmp_path: Path) -> None:
    with api_server(fresh_database.environment, tmp_path) as port:
        for dice in rounds("R04 model over HTTP", small=1):
            player = Player(dice, port)
            for number in range(1, OPERATIONS + 1):
                player.step()
                if number % COMPARED_EVERY == 0 or number == OPERATIONS:
                    player.compare()
            again = player.notebook.ask_all_again(port)
            player.compare()
            assert check_books().findings == ()
            print(f"R04 over HTTP: {OPERATIONS} operations, {dict(player.said)}; {again} answered with the same bytes")
