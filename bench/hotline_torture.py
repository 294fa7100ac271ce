"""Damaged and hostile SIP messages, then a good call: how soon it is answered, beside the same call before the storm.

    python -m bench.hotline_torture [--messages 10000] [--seed 7] [--rounds 1]

The written set of ``tests/attacks/sip_torture.py`` and seeded variations of good messages go to a gateway that runs with
its limits lifted, so that every message is read and none is merely turned away. Goal: 500 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import resource
import time

from tests.attacks.sip_calls import raw_call, storm
from tests.attacks.sip_torture import variations, written
from tests.contracts.telephones import desk

from bench.claims import claim, say
from walletdesk.adapters.telephony.gateway_settings import GatewaySettings
from walletdesk.adapters.telephony.sip.porter import PorterRules
from walletdesk.adapters.telephony.sip.settings import LineSettings

UNLIMITED = PorterRules(numbers=("hotline",), calls_a_second=1e6, calls_at_once=1e6, most_calls=10**6)


class Stumbles(logging.Handler):
    """Counts what sippy and the porter could not deal with (and lived on)."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.kinds: dict[str, int] = {}

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else record.getMessage()[:60]
        self.kinds[kind] = self.kinds.get(kind, 0) + 1


async def one_round(messages: int, seed: int) -> None:
    async with desk(GatewaySettings(line=LineSettings(port=0, rules=UNLIMITED))) as one:
        before = await raw_call(one)
        begun = time.monotonic()
        await storm(one, [*(trial.data for trial in written()), *variations(seed, messages)])
        took = time.monotonic() - begun
        after = await raw_call(one)
        offered = sum(type(event).__name__ == "CallOffered" for event in one.told)
        say(f"seed {seed}: {messages} messages in {took:.1f} s, {offered} of them good enough to ring")
        claim("hotline.torture.good_call", after * 1000, "ms", baseline=before * 1000, n=messages, seed=seed)


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--messages", type=int, default=10_000)
    words.add_argument("--seed", type=int, default=7)
    words.add_argument("--rounds", type=int, default=1)
    told = words.parse_args()
    stumbles = Stumbles()
    logging.getLogger("walletdesk").addHandler(stumbles)
    logging.getLogger("walletdesk").propagate = False
    for at in range(told.rounds):
        asyncio.run(one_round(told.messages, told.seed + at))
    say(
        f"stumbles: {stumbles.kinds or 'none'}; {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most"
    )


if __name__ == "__main__":
    main()
