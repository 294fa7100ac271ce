"""A process that does one act of the product and may be killed in the middle of it.

``Mortal`` starts ``python -m tests.faults.mortal``: Django made ready, no connection opened. For each act it forks a child,
arms the place where that child shall die, and says how it ended. A fork costs milliseconds where a start costs seconds.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from typing import Any
from uuid import UUID

import django

KILLED = {"killed": 9}


class Mortal:
    """Ask acts of a process on the database that ``environment`` names."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.mortal"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def does(self, act: str, kill_at: str = "", **fields: Any) -> dict[str, Any]:
        """``{"killed": 9}``, ``{"did": …}`` or ``{"failed": …}``."""
        assert self._process.stdin
        assert self._process.stdout
        wish = {"act": act, "kill_at": kill_at, "fields": {name: str(value) for name, value in fields.items()}}
        self._process.stdin.write(json.dumps(wish) + "\n")
        self._process.stdin.flush()
        return dict(json.loads(self._process.stdout.readline()))

    def rest(self) -> None:
        self._process.communicate(timeout=20)


def pay(key: str, customer: str, order: str) -> str:
    from tests.factories.money import proof_of
    from walletdesk.money.payments.public import PayIntent, pay

    return str(pay(PayIntent(key, UUID(customer), UUID(order), proof_of(UUID(customer)))).payment_id)


def refund(key: str, payment: str) -> str:
    from walletdesk.money.refunds.public import RefundIntent, refund_once

    return str(refund_once(RefundIntent(key, UUID(payment), 100, "merchant", reason="one yuan too much")).refund_id)


ACTS = {"pay": pay, "refund": refund}


def main() -> None:
    django.setup()
    logging.disable(logging.CRITICAL)
    from walletdesk.foundation.kill_points.public import arm

    for line in sys.stdin:
        wish = json.loads(line)
        child = os.fork()
        if not child:
            arm(wish["kill_at"])
            try:
                answer = {"did": ACTS[wish["act"]](**wish["fields"])}
            except Exception as error:
                answer = {"failed": repr(error)}
            print(json.dumps(answer), flush=True)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            print(json.dumps({"killed": os.WTERMSIG(status)}), flush=True)


if __name__ == "__main__":
    main()
