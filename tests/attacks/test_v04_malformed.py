"""V04: what cannot be read is told so or dropped, at once, and the next good call is answered as if nothing had been."""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from pathlib import Path

import pytest

from tests.attacks.sip_calls import raw_call, storm
from tests.attacks.sip_torture import Trial, variations, written
from tests.contracts.telephones import desk
from walletdesk.adapters.telephony.gateway_settings import GatewaySettings
from walletdesk.adapters.telephony.sip.datagram import read
from walletdesk.adapters.telephony.sip.porter import Answer, Drop, Pass, Porter, PorterRules
from walletdesk.adapters.telephony.sip.settings import LineSettings

SOURCE = ("127.0.0.1", 5099)
GENEROUS = PorterRules(numbers=("hotline",), calls_a_second=1e6, calls_at_once=1e6, most_calls=10**6)


def became(porter: Porter, data: bytes) -> str:
    verdict = porter.judge(data, SOURCE, 1.0)
    return str(verdict.status) if isinstance(verdict, Answer) else "pass" if isinstance(verdict, Pass) else "drop"


@pytest.mark.parametrize("trial", written(), ids=lambda trial: trial.name)
def test_v04_each_kind_of_bad_message_gets_the_answer_that_it_is_owed(trial: Trial) -> None:
    assert became(Porter(GENEROUS), trial.data) == trial.becomes


def test_v04_what_is_passed_on_was_written_by_ourselves_and_reads_the_same() -> None:
    for trial in written():
        if trial.becomes == "pass":
            first = read(trial.data)
            again = read(first.written())
            assert (again.method, again.status, again.body) == (first.method, first.status, first.body), trial.name
            assert "\r\nx-" not in first.written().decode().lower(), trial.name


def test_v04_the_porter_judges_twenty_thousand_variations_without_stumbling() -> None:
    porter, seed = Porter(GENEROUS), int(os.environ.get("WALLETDESK_SEED", "20261122"))
    print(f"seed {seed}")
    kinds = {Pass: 0, Answer: 0, Drop: 0}
    longest = 0.0
    for data in variations(seed, 20_000):
        begun = time.perf_counter()
        verdict = porter.judge(data, SOURCE, 1.0)
        longest = max(longest, time.perf_counter() - begun)
        kinds[type(verdict)] += 1
        if isinstance(verdict, Pass):
            read(verdict.message.written())
    assert min(kinds.values()) > 1_000, kinds
    print({kind.__name__: number for kind, number in kinds.items()}, f"longest {longest * 1000:.1f} ms")


def test_v04_an_answer_goes_to_the_sender_never_to_an_address_in_the_message() -> None:
    message = written()[0].data.replace(b"Max-Forwards: 70", b"Max-Forwards: 0")
    verdict = Porter(GENEROUS).judge(message.replace(b"127.0.0.1:5099;", b"192.0.2.66:53;"), SOURCE, 1.0)
    assert isinstance(verdict, Answer)
    assert verdict.to == ("127.0.0.1", 53)
    assert b"received=127.0.0.1" in verdict.data


@pytest.mark.skipif(not shutil.which("sipp"), reason="sipp (sip-tester) is not installed")
def test_v04_after_the_storm_a_good_call_is_answered(tmp_path: Path) -> None:
    async def story() -> None:
        settings = GatewaySettings(line=LineSettings(port=0, rules=GENEROUS))
        seed, number = int(os.environ.get("WALLETDESK_SEED", "7")), int(os.environ.get("WALLETDESK_TORTURE", "600"))
        async with desk(settings) as one:
            await storm(one, [*(trial.data for trial in written()), *variations(seed, number), os.urandom(60_000)])
            took = await raw_call(one)
            print(f"seed {seed}: {number} variations, then a good call was answered in {took * 1000:.0f} ms")

    asyncio.run(story())
