"""R18: ``kill -9`` of the hotline with calls up. Calls drop; no call's record, no recording and no call-back is lost."""

from __future__ import annotations

import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import override_settings

from tests.contracts.telephones import free_port
from tests.databases import FreshDatabase, cloned, django_on
from tests.factories.hotline import Caller, reached, wait_is
from tests.factories.hours import open_at_all_hours
from tests.factories.trust import a_customer, an_employee
from tests.faults.rounds import SOAK_MINUTES, rounds
from tests.product import Child, process
from tests.stories.telephones import Telephone, telephone, telephone_that_is_called
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.profiles.public import set_value
from walletdesk.project.commands.installation import walletdesk
from walletdesk.service.hotline.public import due_call_backs, recordings_of_call, recover_calls, set_presence
from walletdesk.trust.customers.public import CustomerView

pytestmark = pytest.mark.serial
CALLERS = 30 if SOAK_MINUTES else 8
LIFE = 4.0 if SOAK_MINUTES else 0.8
PATIENCE = 180.0  # two browsers may be at work on the same two cores
TRUNK = "sip:trunk.example"
_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def home(django_db_setup: None, django_db_blocker: Any) -> Iterator[FreshDatabase]:
    """One house for all rounds: each death leaves it fit for the next morning."""
    with django_db_blocker.unblock(), cloned(f"walletdesk_r18_{os.getpid()}") as name, django_on(name):
        open_at_all_hours()
        set_value("hotline.call_backs_a_day", 1_000_000, source="all rounds of a soak are one day")
        for _ in range(3):
            an_employee()
        yield FreshDatabase(name)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="walletdesk-r18-") as made, override_settings(DATA_FOLDER=Path(made)):
        yield Path(made)


def an_old_friend() -> CustomerView:
    """A number counts as on file when it has been there for some days; so many call-backs a day are for one customer."""
    number = next(_numbers)
    with at(now() - timedelta(days=30)):
        return a_customer(f"Caller {number}", phone=f"138 {number:08d}")


@dataclass
class Told:
    """What the process said before it died: to whoever called, and to the disk."""

    pid: int = 0
    calls: set[str] = field(default_factory=set)
    steps: dict[str, int] = field(default_factory=dict)
    recordings: set[str] = field(default_factory=set)
    promises: set[str] = field(default_factory=set)
    backs: set[str] = field(default_factory=set)

    def hear(self, line: str) -> None:
        match line.split():
            case ["lives", pid]:
                self.pid = int(pid)
            case ["call", call]:
                self.calls.add(call)
            case ["step", call, number]:
                self.steps[call] = max(self.steps.get(call, 0), int(number))
            case ["recording", name]:
                self.recordings.add(name)
            case ["promise", call]:
                self.promises.add(call)
            case ["back", call]:
                self.backs.add(call)

    def is_enough(self, calls: int) -> bool:
        return bool(len(self.calls) >= calls and self.recordings and self.promises and self.backs)


@dataclass
class Crowds:
    """``hotline_crowd``, which has read the product: a crowd of its own for each round."""

    home: FreshDatabase
    process: subprocess.Popen[str]

    def killed_with_calls_up(self, dice: random.Random) -> Told:
        """A crowd runs until enough is going on and a while longer; ``kill -9``."""
        told, enough = Told(), threading.Event()
        wanted = dice.randrange(CALLERS // 2, CALLERS * (3 if SOAK_MINUTES else 2))

        def follow() -> None:
            assert self.process.stdout
            while not (line := self.process.stdout.readline()).startswith("gone"):
                assert line, "the crowds are over"
                told.hear(line)
                if told.is_enough(wanted):
                    enough.set()

        following = threading.Thread(target=follow)
        following.start()
        try:
            print(dice.randrange(10**9), CALLERS, file=self.process.stdin, flush=True)
            assert enough.wait(PATIENCE), f"{len(told.calls)} of {wanted} calls, {len(told.promises)} promised"
            time.sleep(dice.random() * LIFE)  # the moment of death is the dice's, with something that could be lost
            eventually(lambda: all(rows(self.home, MUCH_TO_LOSE)[0]), "a promise, a call-back and a recording at once")
        finally:
            os.kill(told.pid or self.process.pid, signal.SIGKILL)
            following.join()
        return told


@pytest.fixture
def crowds(home: FreshDatabase, folder: Path) -> Iterator[Crowds]:
    settings = {"WALLETDESK_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "walletdesk.project.settings"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.hotline_crowd"],
        env={**home.environment, **settings, "HOTLINE_TRUNK": TRUNK},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Crowds(home, process)
    finally:
        process.communicate()


def rows(home: FreshDatabase, statement: str, *given: Any) -> list[Any]:
    return home.as_owner(statement, *given)


def of(found: list[Any]) -> set[str]:
    return {row[0] for row in found}


@contextmanager
def a_real_line(home: FreshDatabase, folder: Path, port: int, trunk: int) -> Iterator[Child]:
    """``walletdesk hotline`` with its engine and its line, until the end of the block or its own."""
    given = {**home.environment, "WALLETDESK_DATA": str(folder), "WALLETDESK_HTTPS": "0", "HOTLINE_JANUS": ""}
    given |= {"HOTLINE_SIP_PORT": str(port), "HOTLINE_MEDIA_PORTS": "28000-29999"}
    given |= {"HOTLINE_TRUNK": f"sip://127.0.0.1:{trunk}", "HOTLINE_DIAL_PREFIXES": "+86"}
    log = folder / "hotline.log"
    with process("hotline", walletdesk("hotline"), given, folder) as child:
        eventually(lambda: "the line is open" in log.read_text(), f"the line\n{log.read_text()}")
        yield child


def eventually(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, f"it did not come: {what}"
        time.sleep(0.05)


@pytest.mark.skipif(not shutil.which("sipp"), reason="not run: sipp (sip-tester) is not installed")
def test_r18_the_next_process_has_the_line_and_the_books_in_order(home: FreshDatabase, folder: Path) -> None:
    port, trunk = free_port(), free_port()
    for dice in rounds("R18 real telephones", small=1):
        with ExitStack() as stack:
            with a_real_line(home, folder, port, trunk) as first:
                phones = [
                    stack.enter_context(telephone(f"127.0.0.1:{port}", number=f"0217{dice.randrange(10**7):07d}"))
                    for _ in range(3)
                ]
                for phone in phones:
                    phone.hears_something()
                    phone.key("110"[: dice.randrange(4)])
                owed = one_is_called_back_and_one_was_promised()
                up = rows(home, "SELECT count(*) FROM hotline_call WHERE ended_at IS NULL")[0][0]
                assert up == 4, "three telephones, and one from a page"
                first.kill()
                first.wait()
            another = f"0216{dice.randrange(10**7):07d}"  # one number would be told to wait after ten calls an hour
            with (
                a_real_line(home, folder, port, trunk),
                telephone(f"127.0.0.1:{port}", number=another) as later,
                telephone_that_is_called(trunk) as called,
            ):
                later.hears_something()
                assert rows(home, "SELECT count(*) FROM hotline_call WHERE ended_at IS NULL")[0][0] == 1
                dropped = "SELECT count(*) FROM hotline_call WHERE outcome = 'dropped_by_us' AND number_shown LIKE %s"
                assert rows(home, dropped, "0217%")[0][0] >= 3
                backs = [row[0] for row in rows(home, OPEN_BACKS)]
                assert [one for one in backs if one in owed] == owed, "each once, in the order of before"
                the_first_are_rung(home, called)
        nobody_is_held(home)
        nobody_is_on_duty(home)
        print(f"  {up} up at the death, {len(owed)} owed a call, {len(backs)} to be called back")


def one_is_called_back_and_one_was_promised() -> list[str]:
    """Two customers from their pages, by the room's verbs: the first asked for it and left, the second waits by a time."""
    asked, waits = an_old_friend(), an_old_friend()
    with wait_is(180):
        leaves = Caller.signed_in(asked).into_line()
        leaves.press("1")
        leaves.hangs_up()
        Caller.signed_in(waits).into_line()
    return [str(asked.id), str(waits.id)]


def the_first_are_rung(home: FreshDatabase, called: Telephone) -> None:
    """As many as there are agents, in order; and it is a telephone that rings, with a voice in it."""
    due = [row[0] for row in rows(home, DUE_BACKS, now())][:2]
    before = rows(home, "SELECT count(*) FROM hotline_call WHERE kind = 'call_back'")[0][0]
    for (employee,) in rows(home, "SELECT id FROM staff_employee ORDER BY id LIMIT 2"):
        set_presence(employee, "available", seat=f"agent:{employee}:page")
    placed = "SELECT customer_id::text FROM hotline_call WHERE kind = 'call_back' ORDER BY arrived_at, id"
    eventually(lambda: len(rows(home, placed)) >= before + len(due), "our calls")
    assert [row[0] for row in rows(home, placed)][before : before + len(due)] == due
    called.hears_something()
    called.key("1")
    eventually(lambda: bool(of(rows(home, REACHED))), "their yes")
    assert of(rows(home, REACHED)) <= set(due)


IN_LINE = """
SELECT place.customer_id::text FROM hotline_queueplace AS place
  LEFT JOIN hotline_callpromise AS promise ON promise.place_id = place.id
       AND promise.kept_at IS NULL AND promise.broken_at IS NULL AND promise.waived_at IS NULL AND promise.due_at > now()
  LEFT JOIN hotline_callback AS back ON back.place_id = place.id AND back.state IN ('waiting', 'dialling')
 WHERE {} AND place.state IN ('waiting', 'offered', 'call_back')
   AND NOT EXISTS (SELECT FROM hotline_engagement WHERE call_id = place.call_id AND ended_at IS NULL)
 ORDER BY place.front_at IS NULL, coalesce(place.front_at, place.order_at), place.joined_at, place.id"""
PROMISED = IN_LINE.format("place.state <> 'call_back' AND promise.id IS NOT NULL")
OPEN_BACKS = IN_LINE.format("back.id IS NOT NULL")
OWED = IN_LINE.format("(back.id IS NOT NULL OR place.state <> 'call_back' AND promise.id IS NOT NULL)")
MUCH_TO_LOSE = (
    f"SELECT EXISTS ({PROMISED}), EXISTS ({OPEN_BACKS}), EXISTS (SELECT FROM hotline_recording WHERE state = 'open')"
)
DUE_BACKS = IN_LINE.format("back.id IS NOT NULL AND back.not_before <= %s")
REACHED = """
SELECT back.customer_id::text FROM hotline_callback AS back JOIN hotline_call AS call ON call.call_back_id = back.id
 WHERE back.state = 'reached' AND call.ended_at IS NULL AND call.agent_at IS NULL"""


def test_r18_nothing_is_lost_with_the_hotline(home: FreshDatabase, folder: Path, crowds: Crowds) -> None:
    seen: Counter[str] = Counter()
    for dice in rounds("R18 hotline killed with calls up", small=3):
        before = of(rows(home, "SELECT id::text FROM hotline_call"))
        for _ in range(CALLERS):
            an_old_friend()
        told = crowds.killed_with_calls_up(dice)
        assert not told.calls & before, "a call of an earlier round: this one was not with calls of its own"
        owed = [row[0] for row in rows(home, OWED)]
        reached = of(rows(home, REACHED))
        found = {
            "up": rows(home, "SELECT count(*) FROM hotline_call WHERE ended_at IS NULL")[0][0],
            "recordings begun": rows(home, "SELECT count(*) FROM hotline_recording WHERE state = 'open'")[0][0],
            "promised": len(rows(home, PROMISED)),
            "to be called back": len(rows(home, OPEN_BACKS)),
            "just reached": len(reached),
        }
        seen.update(found, calls=len(told.calls))
        assert recover_calls() == found["up"]
        print(
            f"  {len(told.calls)} calls; at the death {', '.join(f'{number} {what}' for what, number in found.items())}"
        )
        assert found["up"], "nobody was on the line: this death proves nothing"
        calls_stand(home, told)
        recordings_stand(home, folder, told)
        call_backs_stand(home, told, owed, reached)
        nobody_is_held(home)
        assert recover_calls() == 0
        all_are_rung_in_order(home, owed)
    print(f"R18: {dict(seen)}")
    for what in ("recordings begun", "promised", "to be called back"):
        assert seen[what], f"no death came with {what}"


def calls_stand(home: FreshDatabase, told: Told) -> None:
    """Each call that was taken in is there, ended, with one contact and all its steps up to what went out."""
    heard = dict(rows(home, "SELECT id::text, heard FROM hotline_call"))
    assert told.calls <= set(heard), "a call's record is lost"
    assert all(heard[call] >= number for call, number in told.steps.items()), "a step went out that is not stored"
    assert rows(home, "SELECT id FROM hotline_call WHERE ended_at IS NULL OR outcome = ''") == []
    without = "SELECT id FROM hotline_call WHERE id NOT IN (SELECT call_id FROM hotline_contact)"
    assert rows(home, without) == [], "a call without its contact"
    holes = """SELECT call_id, number FROM hotline_callevent WHERE number > 0
               GROUP BY call_id, number HAVING count(*) > 1"""
    assert rows(home, holes) == [], "a step was taken twice"


def recordings_stand(home: FreshDatabase, folder: Path, told: Told) -> None:
    """Each recording of which sound lay on the disk is sealed under its name, and no plain file is left."""
    for name in told.recordings:
        found = [row for row in recordings_of_call(UUID(name.split(":")[0])) if row.id == name]
        assert [row.state for row in found] == ["sealed"], f"{name} is not in the index, once"
        assert found[0].sha256
    sealed = of(rows(home, "SELECT sealed_path FROM hotline_recording WHERE state = 'sealed'"))
    on_disk = {file.name for file in (folder / "recordings").iterdir()}
    index = rows(home, "SELECT id, state FROM hotline_recording ORDER BY id")
    assert on_disk == sealed, f"the disk and its index differ: {on_disk ^ sealed}\n{index}"
    assert rows(home, "SELECT id FROM hotline_recording WHERE state = 'open'") == []


def call_backs_stand(home: FreshDatabase, told: Told, owed: list[str], reached: set[str]) -> None:
    """Who had a call-back, or waited with a running promise, or was being called back, is called back, once."""
    backs = [row[0] for row in rows(home, OPEN_BACKS)]
    assert len(backs) == len(set(backs)), "called back twice"
    assert set(owed) <= set(backs), "a call-back is lost"
    assert reached <= set(backs), "who had just answered our call is forgotten"
    places = "SELECT place.state FROM hotline_queueplace place JOIN hotline_callback back ON back.place_id = place.id"
    assert of(rows(home, f"{places} WHERE back.state = 'waiting'")) <= {"call_back"}
    assert of(rows(home, f"{places} WHERE back.state NOT IN ('waiting', 'dialling')")) <= {"left"}
    assert told.promises <= of(rows(home, CALLS_OF.format("hotline_callpromise"))), "a promise that was made is lost"
    assert told.backs <= of(rows(home, CALLS_OF.format("hotline_callback"))), "a call-back that was told is lost"


CALLS_OF = "SELECT call.id::text FROM {} AS owed JOIN hotline_call AS call ON call.customer_id = owed.customer_id"


def nobody_is_held(home: FreshDatabase) -> None:
    """No agent is with a caller who is gone, and no offer rings for one."""
    assert rows(home, "SELECT id FROM hotline_engagement WHERE ended_at IS NULL") == []
    assert rows(home, "SELECT id FROM hotline_offer WHERE state = 'open'") == []
    assert rows(home, "SELECT employee_id FROM hotline_presence WHERE state IN ('offered', 'on_call')") == []
    assert rows(home, "SELECT id FROM hotline_queueplace WHERE state IN ('waiting', 'offered')") == []


def nobody_is_on_duty(home: FreshDatabase) -> list[UUID]:
    """All agents have gone home: a line that opens now rings nobody."""
    agents = [row[0] for row in rows(home, "SELECT employee_id FROM hotline_presence ORDER BY employee_id")]
    for employee in agents:
        set_presence(employee, "logged_off")
    return agents


def all_are_rung_in_order(home: FreshDatabase, owed: list[str]) -> None:
    """The next morning, one agent: each who is due is rung once, who was promised before the death in the order of then."""
    morning, rung = now(), []
    due = [row[0] for row in rows(home, DUE_BACKS, morning)]
    on_duty = nobody_is_on_duty(home)[0]
    with at(morning):  # whom an earlier round did not reach rests for five minutes, which may end meanwhile
        set_presence(on_duty, "available", seat=f"agent:{on_duty}:page")
        while taken := due_call_backs():
            (call,) = map(reached, taken)
            rung.append(str(call.view().customer_id))
            call.hangs_up()  # it is enough for them that we called: the next round begins with an empty line
    assert rung == due
    still = set(rung)
    assert [one for one in rung if one in owed] == [one for one in owed if one in still]
    assert rows(home, "SELECT id FROM hotline_callback WHERE state = 'dialling'") == []
