"""R18: ``kill -9`` of the hotline with calls up. Calls drop; no call's record, no recording and no call-back is lost."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from tests.contracts.telephones import free_port
from tests.databases import FreshDatabase, cloned, django_on
from tests.factories.hours import open_at_all_hours
from tests.factories.trust import a_customer, an_employee
from tests.faults.rounds import SOAK_MINUTES, rounds
from tests.stories.telephones import telephone
from walletdesk.foundation.clock.public import at, now
from walletdesk.project.commands.installation import walletdesk
from walletdesk.service.hotline.public import recordings_of_call, recover_calls

pytestmark = pytest.mark.serial
CALLERS = 30 if SOAK_MINUTES else 8
LIFE = 4.0 if SOAK_MINUTES else 0.8
PATIENCE = 180.0  # two browsers may be at work on the same two cores


@pytest.fixture(scope="module")
def home(django_db_setup: None, django_db_blocker: Any) -> Iterator[FreshDatabase]:
    """One house for all rounds: each death leaves it fit for the next morning."""
    with django_db_blocker.unblock(), cloned(f"walletdesk_r18_{os.getpid()}") as name, django_on(name):
        database = FreshDatabase(name)
        open_at_all_hours()
        with at(now() - timedelta(days=30)):  # a number counts as on file when it has been there for some days
            for number in range(CALLERS):
                a_customer(f"Caller {number}", phone=f"138 0000 {3000 + number}")
        for _ in range(3):
            an_employee()
        yield database


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="walletdesk-r18-") as made, override_settings(DATA_FOLDER=Path(made)):
        yield Path(made)


@dataclass
class Told:
    """What the process said before it died."""

    calls: set[str] = field(default_factory=set)
    steps: dict[str, int] = field(default_factory=dict)
    recordings: set[str] = field(default_factory=set)

    def hear(self, line: str) -> None:
        match line.split():
            case ["call", call]:
                self.calls.add(call)
            case ["step", call, number]:
                self.steps[call] = max(self.steps.get(call, 0), int(number))
            case ["recording", name]:
                self.recordings.add(name)


def killed_with_calls_up(home: FreshDatabase, folder: Path, dice: random.Random) -> Told:
    """Start the crowd, let it run until enough is going on and a while longer, ``kill -9``."""
    told, enough = Told(), threading.Event()
    before = of(rows(home, "SELECT id::text FROM hotline_call"))
    wanted = dice.randrange(CALLERS // 2, CALLERS * 3)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.hotline_crowd", str(dice.randrange(10**9)), str(CALLERS)],
        env={
            **home.environment,
            "WALLETDESK_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "walletdesk.project.settings",
        },
        stdout=subprocess.PIPE,
        text=True,
    )

    def follow() -> None:
        assert process.stdout
        for line in process.stdout:
            told.hear(line)
            if len(told.calls) >= wanted:
                enough.set()

    following = threading.Thread(target=follow)
    following.start()
    try:
        assert enough.wait(PATIENCE), f"{len(told.calls)} of {wanted} called"
        time.sleep(dice.random() * LIFE)  # the moment of death is the dice's
    finally:
        process.kill()
        process.wait()
        following.join()
        process.communicate()
    assert not told.calls & before, "a call of an earlier round: this one was not with calls of its own"
    return told


def rows(home: FreshDatabase, statement: str, *given: Any) -> list[Any]:
    return home.as_owner(statement, *given)


@contextmanager
def a_real_line(home: FreshDatabase, folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """``walletdesk hotline`` with its engine and its line, until the end of the block or its own."""
    given = {"WALLETDESK_DATA": str(folder), "HOTLINE_SIP_PORT": str(port), "HOTLINE_JANUS": ""}
    given["HOTLINE_MEDIA_PORTS"] = "28000-29999"
    log = folder / "hotline.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            walletdesk("hotline"), env={**home.environment, **given}, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        eventually(lambda: "the line is open" in log.read_text(), f"the line\n{log.read_text()}")
        yield process
    finally:
        process.terminate()
        process.wait(20)


def eventually(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, f"it did not come: {what}"
        time.sleep(0.05)


@pytest.mark.skipif(not shutil.which("sipp"), reason="not run: sipp (sip-tester) is not installed")
def test_r18_the_next_process_has_the_line_and_the_books_in_order(home: FreshDatabase, folder: Path) -> None:
    port = free_port()
    for dice in rounds("R18 real telephones", small=1):
        with ExitStack() as stack:
            with a_real_line(home, folder, port) as first:
                phones = [
                    stack.enter_context(telephone(f"127.0.0.1:{port}", number=f"0217{dice.randrange(10**7):07d}"))
                    for _ in range(3)
                ]
                for phone in phones:
                    phone.hears_something()
                    phone.key("110"[: dice.randrange(4)])
                up = rows(home, "SELECT count(*) FROM hotline_call WHERE ended_at IS NULL")[0][0]
                assert up == 3
                first.kill()
                first.wait()
            another = f"0216{dice.randrange(10**7):07d}"  # one number would be told to wait after ten calls an hour
            with a_real_line(home, folder, port), telephone(f"127.0.0.1:{port}", number=another) as later:
                later.hears_something()
                assert rows(home, "SELECT count(*) FROM hotline_call WHERE ended_at IS NULL")[0][0] == 1
                dropped = "SELECT count(*) FROM hotline_call WHERE outcome = 'dropped_by_us' AND number_shown LIKE %s"
                assert rows(home, dropped, "0217%")[0][0] >= 3
        nobody_is_held(home)


OWED = """
SELECT place.customer_id::text FROM hotline_queueplace AS place
  JOIN hotline_callpromise AS promise ON promise.place_id = place.id
 WHERE place.state IN ('waiting', 'offered') AND promise.kept_at IS NULL AND promise.broken_at IS NULL
   AND promise.waived_at IS NULL AND promise.due_at > now()
   AND NOT EXISTS (SELECT 1 FROM hotline_engagement WHERE call_id = place.call_id AND ended_at IS NULL)"""
OPEN_BACKS = "SELECT customer_id::text FROM hotline_callback WHERE state IN ('waiting', 'dialling')"


def test_r18_nothing_is_lost_with_the_hotline(home: FreshDatabase, folder: Path) -> None:
    carried = 0
    for dice in rounds("R18 hotline killed with calls up", small=3):
        told = killed_with_calls_up(home, folder, dice)
        carried += len(told.calls)
        owed, open_backs = of(rows(home, OWED)), of(rows(home, OPEN_BACKS))
        up = rows(home, "SELECT count(*) FROM hotline_call WHERE ended_at IS NULL")[0][0]

        assert recover_calls() == up
        seen = f"{up} up at the death, {len(told.recordings)} recordings, {len(owed)} promised"
        print(f"  {len(told.calls)} calls, {seen}, {len(open_backs)} to be called back")
        assert up, "nobody was on the line: this death proves nothing"
        calls_stand(home, told)
        recordings_stand(folder, told)
        call_backs_stand(home, owed | open_backs)
        nobody_is_held(home)
        assert recover_calls() == 0
    print(f"R18: {carried} calls in all")


def of(found: list[Any]) -> set[str]:
    return {row[0] for row in found}


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


def recordings_stand(folder: Path, told: Told) -> None:
    """Each recording of which sound lay on the disk is sealed under its name, and no plain file is left."""
    for name in told.recordings:
        found = {row.id: row for row in recordings_of_call(name.split(":")[0])}
        assert name in found, f"{name} is not in the index"
        assert found[name].state == "sealed"
        assert found[name].sha256
    assert list((folder / "recordings").glob("*.wav")) == []


def call_backs_stand(home: FreshDatabase, owed: set[str]) -> None:
    """Who had a call-back, or waited with a running promise, is called back, once."""
    backs = [row[0] for row in rows(home, OPEN_BACKS)]
    assert len(backs) == len(set(backs)), "called back twice"
    given_up = of(rows(home, "SELECT customer_id::text FROM hotline_callback WHERE state IN ('given_up', 'reached')"))
    assert owed - set(backs) - given_up == set(), "a call-back is lost"
    places = "SELECT place.state FROM hotline_queueplace place JOIN hotline_callback back ON back.place_id = place.id"
    assert of(rows(home, f"{places} WHERE back.state = 'waiting'")) <= {"call_back"}


def nobody_is_held(home: FreshDatabase) -> None:
    """No agent is with a caller who is gone, and no offer rings for one."""
    assert rows(home, "SELECT id FROM hotline_engagement WHERE ended_at IS NULL") == []
    assert rows(home, "SELECT id FROM hotline_offer WHERE state = 'open'") == []
    assert rows(home, "SELECT employee_id FROM hotline_presence WHERE state IN ('offered', 'on_call')") == []
    assert rows(home, "SELECT id FROM hotline_queueplace WHERE state IN ('waiting', 'offered')") == []
