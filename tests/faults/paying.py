"""A client under load, in a process of its own: ``python -m tests.faults.paying SEED COUNT THREADS``.

It makes people, a shop and orders, then pays each order, some of them with a refund after it, from several threads. Every
line it prints is what a client's own notebook would say:

    asked pay-17 <order>        from now on the payment may exist
    acked pay-17 <payment>      the product said yes: from now on it must exist
    books true                  afterwards every invariant holds
    done                        every wish was answered

After any trouble it asks again with the same key, as a phone would, until it is answered or a minute has passed.
"""

from __future__ import annotations

import logging
import queue
import random
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar
from uuid import UUID

import django

PATIENCE_SECONDS = 60.0
Answer = TypeVar("Answer")


def main(seed: int, count: int, threads: int) -> int:
    django.setup()
    logging.disable(logging.CRITICAL)
    wishes = _make_wishes(random.Random(seed), count)
    workers = [threading.Thread(target=_grant, args=(wishes,)) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    _note(f"books {_answered(_first_wrong) or 'true'}")
    _note("done" if wishes.empty() else "gave up")
    return 0


def _first_wrong() -> object:
    from walletdesk.money.ledger.public import check_books

    return check_books().first_wrong


def _make_wishes(dice: random.Random, count: int) -> queue.SimpleQueue[Callable[[], None]]:
    from tests.factories.money import a_payer, a_shop, yuan
    from walletdesk.money.payments.public import OrderRequest, create_orders

    run = f"{dice.randrange(10**9):09d}"
    payers = [a_payer(1_000, email=f"payer-{run}-{n}@walletdesk.example").id for n in range(4)]
    shop = a_shop(user_id=_shopkeeper(run))
    orders = create_orders([OrderRequest(shop.id, yuan(dice.randrange(1, 5))) for _ in range(count)])
    wishes: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
    for number, order in enumerate(orders):
        wishes.put(partial(_pay, f"{run}-{number}", dice.choice(payers), order.id, dice.random() < 0.2))
    return wishes


def _shopkeeper(run: str) -> UUID:
    from tests.factories.foundation import a_user

    return a_user(f"shop-{run}@walletdesk.example").id


def _grant(wishes: queue.SimpleQueue[Callable[[], None]]) -> None:
    while True:
        try:
            wish = wishes.get_nowait()
        except queue.Empty:
            return
        try:
            _answered(wish)
        except TimeoutError:
            wishes.put(wish)
            return


def _answered(wish: Callable[[], Answer]) -> Answer:
    """Ask until there is an answer. A lost connection, an unknown outcome, a twin in flight: the key decides, not we."""
    from django.db import connections

    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            return wish()
        except Exception:
            time.sleep(0.05)
        finally:
            connections.close_all()
    raise TimeoutError


def _pay(key: str, customer: UUID, order: UUID, with_refund: bool) -> None:
    from tests.factories.money import proof_of
    from walletdesk.money.payments.public import PayIntent, pay

    _note(f"asked pay {key} {order}")
    paid = pay(PayIntent(f"pay-{key}", customer, order, proof_of(customer)))
    _note(f"acked pay {key} {paid.payment_id}")
    if with_refund:
        _refund(key, paid.payment_id)


def _refund(key: str, payment: UUID) -> None:
    from walletdesk.money.refunds.public import RefundIntent, refund_once

    _note(f"asked refund {key} {payment}")
    refunded = refund_once(RefundIntent(f"refund-{key}", payment, 50, "merchant", reason="half a loaf"))
    _note(f"acked refund {key} {refunded.refund_id}")


_pen = threading.Lock()


def _note(line: str) -> None:
    with _pen:
        print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:4])))
