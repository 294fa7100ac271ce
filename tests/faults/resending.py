"""A client that pays its list and notes each answer: ``python -m tests.faults.resending``.

It reads one wish per line from standard input, ``key customer order``, pays ten at a time from three threads, and prints
``key answer`` with the answer as JSON as soon as it has it. It may be killed at any moment.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Sequence
from uuid import UUID

import django

Wish = tuple[str, str, str]
AT_ONCE = 10


def paid(wishes: Sequence[Wish]) -> dict[str, str]:
    """Pay these, one batch; the answers that are payments, by key, as JSON."""
    from tests.factories.money import proof_of
    from walletdesk.money.payments.public import Paid, PayIntent, pay_many

    intents = [PayIntent(key, UUID(who), UUID(order), proof_of(UUID(who))) for key, who, order in wishes]
    results = zip(wishes, pay_many(intents), strict=True)
    return {key: json.dumps(result.body) for (key, _, _), result in results if isinstance(result, Paid)}


def main() -> None:
    django.setup()
    wishes: list[Wish] = [tuple(line.split()) for line in sys.stdin]  # type: ignore[misc]
    batches = iter([wishes[start : start + AT_ONCE] for start in range(0, len(wishes), AT_ONCE)])
    pen = threading.Lock()

    def work() -> None:
        while True:
            with pen:
                batch = next(batches, None)
            if batch is None:
                return
            answers = paid(batch)
            with pen:
                for key, answer in answers.items():
                    print(key, answer, flush=True)

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


if __name__ == "__main__":
    main()
