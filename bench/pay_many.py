"""How fast orders are paid, beside the bare ledger taking the same money in batches of the same size in the same run.

    python -m bench.pay_many [--rounds 3] [--seconds 4] [--sizes 1,10,100,1000] [--people 200] [--shops 20] [--seed 7]

One connection pays batches of N orders through ``payments.public.pay_many`` (N = 1 is ``pay``), each in its own
transaction, committed durably: key, order, PIN proof, wallet, books, receipt, facts and the kept answer. The baseline posts
the same two lines, price and fee, through ``ledger.public.post_many``. The orders are made outside the measured time;
what listeners do with the facts is the worker's work and is not in it either. A round measures the ledger and payments at
every N, one after the other; the figure is the middle one of the rounds.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Callable
from itertools import count
from uuid import UUID

from bench.claims import claim, say
from bench.ledger import product_on
from bench.throwaway import database

OPENING = 10**12
PRICE = 2_600
FEE = 16


class Town:
    """People with money, shops with tills, and a way to pay and to post."""

    def __init__(self, people: int, shops: int, seed: int) -> None:
        from walletdesk.money.ledger.public import system_account
        from walletdesk.money.wallets.public import wallet_places

        self._random = random.Random(seed)
        self._references = count(1)
        self.shops = [self._shop(number) for number in range(shops)]
        self.people = [self._person(number) for number in range(people)]
        places = wallet_places(self.people)
        self.wallets = [places[person, "CNY"].ledger_account for person in self.people]
        self.fees = system_account("fee_income", "CNY")
        bank = system_account("bank_clearing", "CNY")
        self._post([[(bank, wallet, OPENING)] for wallet in self.wallets])

    def _shop(self, number: int) -> tuple[UUID, int]:
        from walletdesk.foundation.identity.public import sign_up_user
        from walletdesk.money.merchants.public import sign_up_merchant

        owner = sign_up_user(f"shop{number}@bench.example", "bench-bench-bench")
        shop = sign_up_merchant(owner.id, f"店{number}", f"Shop {number}", "other")
        return shop.id, shop.ledger_account

    def _person(self, number: int) -> UUID:
        from walletdesk.foundation.identity.public import sign_up_user
        from walletdesk.money.wallets.public import open_wallet
        from walletdesk.trust.customers.public import register_customer, set_tier

        user = sign_up_user(f"person{number}@bench.example", "bench-bench-bench")
        customer = register_customer(user.id, f"Person {number}")
        set_tier(customer.id, 1, "bench", "No caps: a payer pays thousands of times")
        open_wallet(customer.id)
        return customer.id

    def _post(self, entries: list[list[tuple[int, int, int]]]) -> None:
        from walletdesk.foundation.clock.public import uuid7
        from walletdesk.money.ledger.public import Entry, Line, Posted, post_many

        answers = post_many(
            [
                Entry(uuid7(), "bench", f"bench-{next(self._references)}", tuple(Line(*line) for line in lines))
                for lines in entries
            ]
        )
        if not all(type(answer) is Posted for answer in answers):
            raise SystemExit(f"the books declined: {[answer for answer in answers if type(answer) is not Posted][:3]}")

    def post(self, size: int) -> float:
        """Post so many two-line entries; the seconds it took."""
        wallets = self._random.choices(self.wallets, k=size)
        shops = [shop for _, shop in self._random.choices(self.shops, k=size)]
        started = time.perf_counter()
        self._post(
            [[(wallet, shop, PRICE), (shop, self.fees, FEE)] for wallet, shop in zip(wallets, shops, strict=True)]
        )
        return time.perf_counter() - started

    def pay(self, size: int) -> float:
        """Pay so many orders, made before the clock runs; the seconds it took."""
        from walletdesk.foundation.amount.public import CNY, Amount
        from walletdesk.foundation.clock.public import now
        from walletdesk.money.payments.public import OrderRequest, Paid, PayIntent, create_orders, pay_many
        from walletdesk.trust.customers.public import PinProof

        shops = self._random.choices(self.shops, k=size)
        orders = create_orders([OrderRequest(shop, Amount(PRICE, CNY)) for shop, _ in shops])
        payers = self._random.choices(self.people, k=size)
        moment = now()
        started = time.perf_counter()
        results = pay_many(
            [
                PayIntent(f"bench-{order.id}", payer, order.id, PinProof(payer, moment))
                for order, payer in zip(orders, payers, strict=True)
            ]
        )
        took = time.perf_counter() - started
        if not all(isinstance(result, Paid) for result in results):
            raise SystemExit(f"refused: {[result for result in results if not isinstance(result, Paid)][:3]}")
        return took


def per_second(act: Callable[[int], float], size: int, seconds: float) -> float:
    """How many a second of the measured time; batches go on until that is over."""
    done, took = 0, 0.0
    while took < seconds:
        took += act(size)
        done += size
    return done / took


def compare(town: Town, options: argparse.Namespace) -> None:
    seen: dict[int, list[tuple[float, float]]] = {}
    for number in range(1, options.rounds + 1):
        for size in options.sizes:
            baseline = per_second(town.post, size, options.seconds)
            speed = per_second(town.pay, size, options.seconds)
            seen.setdefault(size, []).append((speed, baseline))
        shown = ", ".join(f"{size}: {pairs[-1][0]:,.0f} beside {pairs[-1][1]:,.0f}" for size, pairs in seen.items())
        say(f"round {number}: payments/s by batch, beside the bare ledger: {shown}")
    for size, pairs in seen.items():
        speed, baseline = sorted(pairs, key=lambda pair: pair[0] / pair[1])[len(pairs) // 2]
        claim(f"payments.pay.n{size}", speed, "payments/s", baseline=baseline, n=size, seed=options.seed)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.pay_many", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4, help="of each measurement")
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",")], default="1,10,100,1000")
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--shops", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


def main() -> None:
    options = read_options()
    say(f"seed {options.seed}, {os.cpu_count()} cores, {options.people} people, {options.shops} shops")
    with database("pay_many") as own, product_on(own):
        from walletdesk.project.processes.long_lived import settle_in

        town = Town(options.people, options.shops, options.seed)
        settle_in()
        compare(town, options)


if __name__ == "__main__":
    main()
