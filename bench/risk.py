"""How fast risk decides, and what the payment path keeps of its speed with every rule on, in the same run.

    python -m bench.risk [--rounds 3] [--seconds 4] [--sizes 1,10,100,1000] [--people 2000] [--history 60] [--seed 7]

``risk.pay``: payments a second through ``payments.public.pay_many`` as by page (device, proof, balance looked at, every
rule on, each decision stored), beside the same batches with risk taken out of the path. ``risk.decide``: decisions a
second, judged and stored in a transaction of their own, beside the payments without rules. Everybody has a history of so
many decisions in the last thirty days; who pays has proved themselves just now, so that nothing is stopped. A round
measures all three at each size, one after the other; the figure is the middle round by its ratio.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg

from bench.claims import claim, say
from bench.ledger import product_on
from bench.pay_many import PRICE, Town, per_second
from bench.throwaway import database, on_database

HISTORY = """
INSERT INTO risk_decision (id, customer_id, kind, payee_id, amount_minor, asset, outcome, reasons, score, rule_version,
                           new_payee, night, done, inputs, channel, device_id, at)
SELECT gen_random_uuid(), p.person, 'payment', (%(shops)s::uuid[])[1 + n %% %(count)s], 1000 + n * 10, 'CNY', 'allow', NULL,
       0, 1, false, false, true, '{"amount_minor": 1000}', 'page', NULL, now() - n * interval '11 hours'
FROM unnest(%(people)s::uuid[]) AS p (person), generate_series(1, %(rows)s) n
"""


class JudgedTown(Town):
    """The town of ``bench.pay_many``, paying by page."""

    def remember(self, rows: int) -> None:
        """A history for everybody, as if it had been paid."""
        from django.db import connection

        shops: list[UUID] = [shop for shop, _ in self.shops]
        named = {"shops": shops, "count": len(shops), "people": self.people, "rows": rows}
        with connection.cursor() as cursor:
            cursor.execute(HISTORY, named)
        owner = on_database(os.environ["DATABASE_OWNER_URL"], str(connection.settings_dict["NAME"]))
        with psycopg.connect(owner, autocommit=True) as own:  # as thirty days of autovacuum would have left it
            own.execute("VACUUM ANALYZE risk_decision")

    def pay_by_page(self, size: int) -> float:
        """Pay so many orders by hand, made before the clock runs; the seconds it took."""
        from walletdesk.foundation.amount.public import CNY, Amount
        from walletdesk.foundation.clock.public import now, uuid7
        from walletdesk.money.payments.public import OrderRequest, Paid, PayIntent, create_orders, pay_many
        from walletdesk.trust.customers.public import PinProof
        from walletdesk.trust.risk.public import Origin

        shops = self._random.choices(self.shops, k=size)
        orders = create_orders([OrderRequest(shop, Amount(PRICE, CNY)) for shop, _ in shops])
        payers, moment, device = self._random.choices(self.people, k=size), now(), uuid7()
        origin = Origin("page", device, None, moment)
        intents = [
            PayIntent(f"bench-{order.id}", payer, order.id, PinProof(payer, moment), origin=origin)
            for order, payer in zip(orders, payers, strict=True)
        ]
        started = time.perf_counter()
        results = pay_many(intents)
        took = time.perf_counter() - started
        if not all(isinstance(result, Paid) for result in results):
            raise SystemExit(f"refused: {[result for result in results if not isinstance(result, Paid)][:3]}")
        return took

    def decide(self, size: int) -> float:
        """Judge so many asks and keep what was decided, in one transaction; the seconds it took."""
        from django.db import transaction

        from walletdesk.foundation.clock.public import now
        from walletdesk.trust.risk.public import Origin, RiskAsk, decide_many, keep_decisions

        origin = Origin("page", None, None, now())
        asks = [
            RiskAsk(payer, "payment", shop, PRICE, "CNY", origin, 10**9)
            for payer, (shop, _) in zip(
                self._random.choices(self.people, k=size), self._random.choices(self.shops, k=size), strict=True
            )
        ]
        started = time.perf_counter()
        with transaction.atomic():
            decisions = decide_many(asks)
            keep_decisions(decisions, [True] * size)
        took = time.perf_counter() - started
        if not all(one.outcome == "allow" for one in decisions):
            raise SystemExit(f"stopped: {[one for one in decisions if one.outcome != 'allow'][:3]}")
        return took


@contextmanager
def without_rules() -> Iterator[None]:
    """Risk is not asked: the path as it was before there were rules."""
    from walletdesk.money.payments.services import pay_many as path
    from walletdesk.money.payments.services.ask_risk import Judged

    class Silent:
        def judge(self, places: object) -> Judged:
            return Judged({}, {})

    real = path.ask_risk_ahead
    path.ask_risk_ahead = lambda asks: Silent()  # type: ignore[assignment]
    try:
        yield
    finally:
        path.ask_risk_ahead = real  # type: ignore[assignment]


def compare(town: JudgedTown, options: argparse.Namespace) -> None:
    seen: dict[int, list[tuple[float, float, float]]] = {}
    for number in range(1, options.rounds + 1):
        for size in options.sizes:
            with without_rules():
                plain = per_second(town.pay_by_page, size, options.seconds)
            judged = per_second(town.pay_by_page, size, options.seconds)
            decided = per_second(town.decide, size, options.seconds)
            seen.setdefault(size, []).append((plain, judged, decided))
        shown = ", ".join(_figures(size, rows[-1]) for size, rows in seen.items())
        say(f"round {number}: payments/s by batch with rules, without; decisions/s: {shown}")
    for size, rows in seen.items():
        plain, judged, decided = _middle(rows, lambda row: row[1] / row[0])
        claim(f"risk.pay.n{size}", judged, "payments/s", baseline=plain, n=size, seed=options.seed)
        claim(f"risk.decide.n{size}", decided, "decisions/s", baseline=plain, n=size, seed=options.seed)


def _figures(size: int, row: tuple[float, float, float]) -> str:
    plain, judged, decided = row
    return f"{size}: {judged:,.0f} of {plain:,.0f}; {decided:,.0f}"


def _middle(
    rows: list[tuple[float, float, float]], key: Callable[[tuple[float, float, float]], float]
) -> tuple[float, float, float]:
    return sorted(rows, key=key)[len(rows) // 2]


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.risk", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4, help="of each measurement")
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",")], default="1,10,100,1000")
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--history", type=int, default=60, help="decisions of each payer in the last thirty days")
    parser.add_argument("--shops", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


def main() -> None:
    options = read_options()
    history = f"{options.history} decisions each"
    say(f"seed {options.seed}, {os.cpu_count()} cores, {options.people} people, {options.shops} shops, {history}")
    with database("risk") as own, product_on(own):
        town = JudgedTown(options.people, options.shops, options.seed)
        from walletdesk.project.processes.long_lived import settle_in

        town.remember(options.history)
        settle_in()
        compare(town, options)


if __name__ == "__main__":
    main()
