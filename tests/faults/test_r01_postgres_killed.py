"""R01: ``kill -9`` of PostgreSQL under load. Nothing acknowledged is lost, nothing is doubled, nothing appears unasked."""

from __future__ import annotations

import random

import pytest

from tests.faults.conftest import OwnCluster
from tests.faults.rounds import SOAK_MINUTES, rounds

pytestmark = pytest.mark.serial
WISHES, THREADS = 120, 4
Notebook = dict[str, dict[str, str]]
"""By kind (``pay``, ``refund``), by key: what was asked, or what was answered."""


def test_r01_nothing_acknowledged_is_lost_and_nothing_is_doubled(own_cluster: OwnCluster) -> None:
    asked_before = {
        order for (order,) in own_cluster.ask("SELECT order_id::text FROM payments_payment")
    }  # by other faults
    for dice in rounds("R01 kill -9 of PostgreSQL under load", small=5):
        asked, acked = pay_while_it_is_killed(own_cluster, dice)
        assert len(acked["pay"]) == WISHES, "every payment was answered in the end"
        payments = own_cluster.ask("SELECT order_id::text, id::text FROM payments_payment")
        refunds = own_cluster.ask("SELECT payment_id::text, id::text FROM refunds_refund")
        assert len(dict(payments)) == len(payments), "no order was paid twice"
        assert len(dict(refunds)) == len(refunds), "no payment was refunded twice"
        assert {key: dict(payments)[order] for key, order in asked["pay"].items()} == acked["pay"]
        assert {key: dict(refunds)[payment] for key, payment in asked["refund"].items()} == acked["refund"]
        asked_before.update(asked["pay"].values())
        assert set(dict(payments)) == asked_before, "nothing exists that nobody asked for"


def pay_while_it_is_killed(cluster: OwnCluster, dice: random.Random) -> tuple[Notebook, Notebook]:
    """Start a client, kill PostgreSQL once or twice in the middle of its payments; its notebook of wishes and answers."""
    notebook: dict[str, Notebook] = {"asked": {"pay": {}, "refund": {}}, "acked": {"pay": {}, "refund": {}}}
    kills = sorted(dice.sample(range(5, WISHES - 5), 2 if SOAK_MINUTES else 1))
    client = cluster.client("tests.faults.paying", str(dice.randrange(10**9)), str(WISHES), str(THREADS))
    said: list[str] = []
    for line in client.stdout or ():
        said.append(line.strip())
        verb, *words = line.split()
        if verb not in notebook:
            continue
        kind, key, thing = words
        notebook[verb][kind][key] = thing
        if kills and len(notebook["acked"]["pay"]) >= kills[0]:
            kills.pop(0)
            cluster.kill(dice.choice(["postmaster", "postmaster", "backend"]))
    _, words = client.communicate(timeout=60)
    assert (client.returncode, said[-2:]) == (0, ["books true", "done"]), words[-3000:]
    return notebook["asked"], notebook["acked"]
