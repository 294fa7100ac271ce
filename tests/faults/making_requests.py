"""Payments that are still to be asked for, as they go over the line: ``python -m tests.faults.making_requests SEED COUNT PEOPLE``.

It makes a town with three shops on the database of its environment and prints one request a line, base64. The orders wait for a
day, and the risk rules are off: one person pays as often as the list is long.
"""

from __future__ import annotations

import logging
import sys
from base64 import b64encode
from random import Random

import django

SHOPS, AT_ONCE, PRICE = 3, 1_000, 100


def main(seed: int, count: int, people: int) -> int:
    django.setup()
    logging.disable(logging.CRITICAL)
    from bench.http_town import ORDERS

    from tests.faults.api_house import ApiTown
    from walletdesk.foundation.arrays.public import uuid_array
    from walletdesk.foundation.clock.public import uuid7
    from walletdesk.foundation.statements.public import sent

    dice = Random(seed)
    town = ApiTown(dice, shops=SHOPS, people=people, money=count)  # for each of them enough, whatever the dice say
    for start in range(0, count, AT_ONCE):
        shops = dice.choices(town.shops, k=min(AT_ONCE, count - start))
        orders = [uuid7() for _ in shops]
        sent(ORDERS, PRICE, "0" * 200, uuid_array(orders), uuid_array([shop.id for shop in shops]))
        for shop, order in zip(shops, orders, strict=True):
            print(b64encode(_request(shop.secret, str(order), dice.choice(town.payers).agreements[shop.id])).decode())
    return 0


def _request(secret: str, order: str, agreement: str) -> bytes:
    body = f'{{"order_id":"{order}","agreement_id":"{agreement}"}}'
    return (
        f"POST /v1/payments HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {secret}\r\n"
        f"Idempotency-Key: key-{order}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:4])))
