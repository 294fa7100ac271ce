"""R03: a client is killed while it pays; afterwards each of its keys is sent five times, in parallel: paid once each."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.databases import FreshDatabase
from tests.factories.money import a_payer, a_shop, books_are_true, has, yuan
from tests.faults.resending import Wish, paid
from tests.faults.rounds import rounds
from walletdesk.money.payments.models import Payment
from walletdesk.money.payments.public import OrderRequest, create_orders

pytestmark = pytest.mark.serial
KEYS, PATIENCE = 200, 60.0
ROOT = Path(__file__).resolve().parents[2]


def test_r03_each_key_resent_five_times_after_a_restart_pays_once(fresh_database: FreshDatabase) -> None:
    shop = a_shop()
    done = 0
    for number, dice in enumerate(rounds("R03 resent keys", small=1)):
        people = [a_payer(1_000) for _ in range(5)]
        orders = create_orders([OrderRequest(shop.id, yuan(1)) for _ in range(KEYS)])
        wishes: list[Wish] = [(f"r{number}-{n}", str(dice.choice(people).id), str(o.id)) for n, o in enumerate(orders)]
        noted = _paid_until_killed(fresh_database, wishes, dice)
        resent = _resent(fresh_database, wishes, dice)
        done += KEYS

        for key, _, _ in wishes:
            answers = resent[key]
            assert len(answers) == 5, f"{key} was answered {len(answers)} times"
            assert len(set(answers)) == 1, f"{key} has two answers"
            assert noted.get(key, answers[0]) == answers[0], f"{key} was acknowledged otherwise before the restart"
        assert Payment.objects.count() == done
        spent = Counter(who for _, who, _ in wishes)
        assert all(has(person) == f"{1_000 - spent[str(person.id)]}.00" for person in people)
    assert books_are_true()


def _paid_until_killed(database: FreshDatabase, wishes: list[Wish], dice: Random) -> dict[str, str]:
    """The answers that a client had when it died, somewhere in the middle."""
    source = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    client = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.resending"],
        env={**database.environment, "PYTHONPATH": source},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert client.stdin
    assert client.stdout
    client.stdin.write("".join(" ".join(wish) + "\n" for wish in wishes))
    client.stdin.close()
    noted: dict[str, str] = {}
    last = dice.randrange(1, len(wishes) * 3 // 4)
    for line in client.stdout:
        key, _, answer = line.rstrip("\n").partition(" ")
        noted[key] = answer
        if len(noted) == last:
            client.kill()
            break
    client.stdout.close()
    client.wait()
    assert len(noted) == last
    return noted


def _resent(database: FreshDatabase, wishes: list[Wish], dice: Random) -> dict[str, list[str]]:
    """Every key five times, by five senders at once, each in its own order; a twin in flight is sent again."""

    def send(order: list[Wish]) -> dict[str, str]:
        answers: dict[str, str] = {}
        left, ends = order, time.monotonic() + PATIENCE
        while left and time.monotonic() < ends:
            for start in range(0, len(left), 25):
                answers |= paid(left[start : start + 25])
            left = [wish for wish in order if wish[0] not in answers]
        return answers

    lists = [dice.sample(wishes, len(wishes)) for _ in range(5)]
    senders = database.at_once(*[lambda one=one: send(one) for one in lists])
    assert all(isinstance(answers, dict) for answers in senders), senders
    together: dict[str, list[str]] = {}
    for answers in senders:
        for key, answer in answers.items():
            together.setdefault(key, []).append(answer)
    return together
