"""A process that pays: ``python -m tests.faults.freeze_racer THREADS``, one of several at the same wallet.

Each line on its input is a race: a JSON list ``[customer, [[order, …], …]]``. It pays all groups from its threads, at once:
a group of one as a page does, a larger one in one go, as the API's lane does. It answers with one line: a JSON list of
``[code, moment]`` in the order in which the answers came; the moment is this machine's monotonic clock, which all its
processes share.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import django


def main(threads: int) -> int:
    django.setup()
    logging.disable(logging.CRITICAL)
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(_connect, range(threads)))
        print("ready", flush=True)
        for line in sys.stdin:
            customer, groups = json.loads(line)
            answers = [one for group in pool.map(_pay, [UUID(customer)] * len(groups), groups) for one in group]
            print(json.dumps(sorted(answers, key=lambda answer: answer[1])), flush=True)
    return 0


def _connect(_: int) -> None:
    from django.db import connection

    connection.ensure_connection()
    time.sleep(0.05)


def _pay(customer: UUID, orders: list[str]) -> list[tuple[str, float]]:
    from tests.factories.money import proof_of
    from walletdesk.foundation.errors import Refusal
    from walletdesk.money.payments.public import PayIntent, Refused, pay, pay_many

    intents = [PayIntent(f"race-{order}", customer, UUID(order), proof_of(customer)) for order in orders]
    if len(intents) > 1:
        results = pay_many(intents)
        moment = time.monotonic()
        return [(one.refusal.code if isinstance(one, Refused) else "paid", moment) for one in results]
    try:
        pay(intents[0])
    except Refusal as refusal:
        return [(refusal.code, time.monotonic())]
    return [("paid", time.monotonic())]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
