"""A till under load, in a process of its own: ``python -m tests.faults.paying_by_api SEED COUNT THREADS PORT``.

It makes a town, takes orders and pays them over HTTP by agreement, some of them by a hold that is captured, some with a refund
after it. Its lines are what a careful till would write down, as in ``paying.py``:

    asked pay 17-key <order>        from now on the payment may exist
    acked pay 17-key <payment>      the API said yes: from now on it must exist
    again 137                       so many keyed requests were sent once more and answered with the same bytes
    books true
    done                            every wish was answered
"""

from __future__ import annotations

import logging
import random
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from tests.faults.api_house import ApiPayer, ApiShop
    from walletdesk.client import Walletdesk

_pen = threading.Lock()


def main(seed: int, count: int, threads: int, port: int) -> int:
    django.setup()
    logging.disable(logging.CRITICAL)
    from tests.faults.api_house import ApiTown, Notebook

    dice = random.Random(seed)
    town, notebook = ApiTown(dice), Notebook()
    shop = town.shops[0]
    with notebook.client(port, shop.secret) as till, ThreadPoolExecutor(threads) as pool:
        wishes = [(f"{town.run}-{n}", dice.choice(town.payers), dice.random()) for n in range(count)]
        list(pool.map(lambda wish: _sell(till, shop, *wish), wishes))
    _note(f"again {notebook.ask_all_again(port)}")
    _note(f"books {_first_wrong() or 'true'}")
    _note("done")
    return 0


def _sell(till: Walletdesk, shop: ApiShop, key: str, payer: ApiPayer, luck: float) -> None:
    from walletdesk.client import Money

    order = till.orders.create(Money(100 + int(luck * 300), "CNY"), key=f"order-{key}")
    agreement = payer.agreements[shop.id]
    _note(f"asked pay {key} {order.id}")
    if luck < 0.3:
        held = till.payments.create(order.id, agreement_id=agreement, capture=False, key=f"hold-{key}")
        paid = till.payments.capture(held.id, amount=Money(100, "CNY"), key=f"capture-{key}")
    else:
        paid = till.payments.create(order.id, agreement_id=agreement, key=f"pay-{key}")
    _note(f"acked pay {key} {paid.id}")
    if luck > 0.8:
        _note(f"asked refund {key} {paid.id}")
        refund = till.payments.refund(paid.id, Money(50, "CNY"), "half a loaf", key=f"refund-{key}")
        _note(f"acked refund {key} {refund.id}")


def _first_wrong() -> object:
    from django.db import connections

    from walletdesk.money.ledger.public import check_books

    connections.close_all()  # the server was killed since this process made the town
    return check_books().first_wrong


def _note(line: str) -> None:
    with _pen:
        print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:5])))
