"""What any bank behind ``BankGateway`` must keep, asked of the practice bank over HTTP and of the fake in memory."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.fakes.bank import FakeBank
from walletdesk.adapters.bank.sandbox_http import SandboxBank
from walletdesk.foundation.amount.public import CNY, Amount
from walletdesk.money.payments.public import BankGateway

PATIENCE, HASTE = 30.0, 1.0
"""Seconds. Only who waits for a bank that is silent is hasty, so that a busy machine fails nothing."""
GUIDE = Path(__file__).parents[2] / "docs/guides/sandbox-bank.md"
SUM = Amount(50_000, CNY)


class RealBench:
    """The practice bank as a process, its gateway, and its switches."""

    def __init__(self, folder: Path) -> None:
        self.books = folder / "bank.sqlite3"
        with contextlib.closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.gateway = SandboxBank(self.url, deadline=PATIENCE)
        self.in_haste = SandboxBank(self.url, deadline=HASTE)
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "walletdesk_sandbox.bank", "--port", str(self.port), "--data", str(self.books)]
        source = Path(__file__).parents[2] / "src"
        self.process = subprocess.Popen(
            command, env={**os.environ, "PYTHONPATH": str(source)}, stdout=subprocess.DEVNULL
        )
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            with contextlib.suppress(httpx.HTTPError):
                httpx.get(f"{self.url}/health", trust_env=False)
                return
        raise TimeoutError("the practice bank did not start")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        self.gateway.close()
        self.in_haste.close()
        self.end(how)

    def end(self, how: signal.Signals) -> None:
        if self.process:
            self.process.send_signal(how)
            self.process.wait(PATIENCE)
            self.process = None

    def goes_away(self) -> None:
        self.end(signal.SIGKILL)

    def comes_back(self) -> None:
        self.start()

    def fault(self, **switches: object) -> None:
        httpx.post(f"{self.url}/faults", json=switches, trust_env=False).raise_for_status()

    def all_well(self) -> None:
        httpx.delete(f"{self.url}/faults", trust_env=False).raise_for_status()

    def taken(self) -> int:
        return int(httpx.get(f"{self.url}/statement", trust_env=False).json()["sums"].get("CNY", 0))


class FakeBench:
    """The fake with the same switches."""

    def __init__(self) -> None:
        self.bank = FakeBank()
        self.gateway: BankGateway = self.bank
        self.in_haste: BankGateway = self.bank

    def stop(self) -> None:
        """Nothing runs."""

    def goes_away(self) -> None:
        self.bank.unreachable = True

    def comes_back(self) -> None:
        self.bank.unreachable = False

    def fault(self, **switches: object) -> None:
        for name, value in switches.items():
            setattr(self.bank, name, value)

    def all_well(self) -> None:
        self.bank.down = self.bank.lose_request = self.bank.lose_answer = False
        self.bank.decline = ""

    def taken(self) -> int:
        return self.bank.taken()


Bench = RealBench | FakeBench


@pytest.fixture(params=["practice bank", "fake"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    bench: Bench = RealBench(tmp_path) if request.param == "practice bank" else FakeBench()
    yield bench
    bench.stop()


@pytest.fixture
def reference() -> str:
    return str(uuid.uuid4())


def test_a_pull_is_done_and_can_be_asked_for(bench: Bench, reference: str) -> None:
    done = bench.gateway.pull(reference, SUM)
    assert done.outcome == "accepted"
    assert done.bank_reference
    assert bench.gateway.ask(reference) == done
    assert bench.taken() == SUM.minor


def test_one_reference_is_one_pull_however_often_it_is_sent(bench: Bench, reference: str) -> None:
    answers = {bench.gateway.pull(reference, SUM) for _ in range(5)}
    assert len(answers) == 1
    assert bench.taken() == SUM.minor


def test_the_same_reference_for_another_sum_is_declined(bench: Bench, reference: str) -> None:
    bench.gateway.pull(reference, SUM)
    other = bench.gateway.pull(reference, Amount(1, CNY))
    assert (other.outcome, other.code) == ("declined", "reference_used")
    assert bench.taken() == SUM.minor


def test_a_refusal_has_the_banks_word_and_stays_one(bench: Bench, reference: str) -> None:
    bench.fault(decline="no_funds")
    refused = bench.gateway.pull(reference, SUM)
    bench.all_well()
    assert (refused.outcome, refused.code) == ("declined", "no_funds")
    assert bench.gateway.pull(reference, SUM).outcome == "declined"
    assert bench.taken() == 0


def test_a_lost_answer_is_unknown_and_the_question_settles_it(bench: Bench, reference: str) -> None:
    bench.fault(lose_answer=True)
    assert bench.in_haste.pull(reference, SUM).outcome == "unknown"
    assert bench.gateway.ask(reference).outcome == "accepted"
    assert bench.taken() == SUM.minor


def test_a_lost_request_is_unknown_too_and_then_absent(bench: Bench, reference: str) -> None:
    bench.fault(lose_request=True)
    assert bench.in_haste.pull(reference, SUM).outcome == "unknown"
    assert bench.gateway.ask(reference).outcome == "absent"
    assert bench.taken() == 0


def test_a_voided_reference_is_never_done_even_if_it_arrives_late(bench: Bench, reference: str) -> None:
    assert bench.gateway.void(reference).outcome == "declined"
    late = bench.gateway.pull(reference, SUM)
    assert (late.outcome, late.code) == ("declined", "voided")
    assert bench.gateway.ask(reference).outcome == "declined"
    assert bench.taken() == 0


def test_what_was_done_cannot_be_voided(bench: Bench, reference: str) -> None:
    done = bench.gateway.pull(reference, SUM)
    assert bench.gateway.void(reference) == done
    assert bench.taken() == SUM.minor


def test_a_bank_that_took_nothing_is_unavailable_and_a_question_to_it_unknown(bench: Bench, reference: str) -> None:
    bench.fault(down=True)
    assert bench.gateway.pull(reference, SUM).outcome == "unavailable"
    assert bench.gateway.ask(reference).outcome == "unknown"
    assert bench.gateway.void(reference).outcome == "unknown"
    bench.all_well()
    assert bench.taken() == 0


def test_a_bank_that_is_not_there_did_nothing_and_remembers_after_it_comes_back(bench: Bench, reference: str) -> None:
    done = bench.gateway.pull(reference, SUM)
    bench.goes_away()
    assert bench.gateway.pull(str(uuid.uuid4()), SUM).outcome == "unavailable"
    assert bench.gateway.ask(reference).outcome == "unknown"
    bench.comes_back()
    assert bench.gateway.ask(reference) == done
    assert bench.taken() == SUM.minor


def test_a_late_answer_is_unknown_and_not_waited_for(tmp_path: Path, reference: str) -> None:
    """Whoever had waited for it would know."""
    bench = RealBench(tmp_path)
    try:
        bench.fault(late_answer_seconds=PATIENCE, next_pulls=1)
        assert bench.in_haste.pull(reference, SUM).outcome == "unknown"
        assert bench.gateway.pull(reference, SUM).outcome == "accepted", "the fault was for one pull only"
        assert bench.taken() == SUM.minor
    finally:
        bench.stop()


def test_a_bank_that_answers_no_questions_is_asked_again_later(tmp_path: Path, reference: str) -> None:
    bench = RealBench(tmp_path)
    try:
        bench.fault(no_questions=True)
        done = bench.gateway.pull(reference, SUM)
        assert {bench.gateway.ask(reference).outcome, bench.gateway.void(reference).outcome} == {"unknown"}
        bench.all_well()
        assert bench.gateway.ask(reference) == done
    finally:
        bench.stop()


def test_the_guide_names_every_fault_of_the_practice_bank_as_the_bank_understands_it(practice_bank: RealBench) -> None:
    named = set()
    for faults in re.findall(r'\{"[a-z_]+": [^}]+\}', GUIDE.read_text()):
        answer = httpx.post(f"{practice_bank.url}/faults", content=faults, trust_env=False)
        assert answer.status_code == 200, faults
        named |= set(json.loads(faults))
    assert named == set(httpx.get(f"{practice_bank.url}/faults", trust_env=False).json())


def test_the_practice_bank_ends_with_somebody_on_the_line(tmp_path: Path, reference: str) -> None:
    """Asked to, without being killed: ``end`` has a deadline."""
    bench = RealBench(tmp_path)
    bench.fault(lose_answer=True)
    with pytest.raises(httpx.TimeoutException):
        wish = {"reference": reference, "amount_minor": 1, "asset": "CNY"}
        httpx.post(f"{bench.url}/pulls", json=wish, timeout=0.3, trust_env=False)
    bench.stop()


@pytest.mark.parametrize(
    "wish",
    [{}, {"reference": "a b", "amount_minor": 1, "asset": "CNY"}]
    + [{"reference": "a", "amount_minor": minor, "asset": "CNY"} for minor in (0, -1, 1.5, "1", None, True, 2**63)]
    + [{"reference": "a", "amount_minor": 1, "asset": "c"}, [1], "x"],
)
def test_the_practice_bank_refuses_nonsense(practice_bank: RealBench, wish: object) -> None:
    answer = httpx.post(f"{practice_bank.url}/pulls", json=wish, trust_env=False)
    assert answer.status_code == 422
    assert answer.json()["done"] is False


@pytest.fixture(scope="module")
def practice_bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealBench]:
    bench = RealBench(tmp_path_factory.mktemp("bank"))
    yield bench
    bench.stop()
