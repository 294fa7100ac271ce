"""R01: ``kill -9`` of PostgreSQL under load. Nothing acknowledged is lost, nothing is doubled, nothing appears unasked."""

from __future__ import annotations

import random
from subprocess import Popen

import pytest

from tests.faults.conftest import OwnCluster
from tests.faults.rounds import SOAK_MINUTES, rounds

pytestmark = pytest.mark.serial
WISHES, THREADS = 120, 4
Notebook = dict[str, dict[str, str]]
"""By kind (``pay``, ``refund``), by key: what was asked, or what was answered."""


def test_r01_nothing_acknowledged_is_lost_and_nothing_is_doubled(own_cluster: OwnCluster) -> None:
    orders = orders_paid(own_cluster)  # by other faults
    for dice in rounds("R01 kill -9 of PostgreSQL under load", small=5):
        client = own_cluster.client("tests.faults.paying", str(dice.randrange(10**9)), str(WISHES), str(THREADS))
        asked, acked, _ = follow_and_kill(own_cluster, client, dice, WISHES)
        stands_as_acknowledged(own_cluster, asked, acked, orders)


def orders_paid(cluster: OwnCluster) -> set[str]:
    return {order for (order,) in cluster.ask("SELECT order_id::text FROM payments_payment")}


def follow_and_kill(
    cluster: OwnCluster, client: Popen[str], dice: random.Random, wishes: int
) -> tuple[Notebook, Notebook, list[str]]:
    """Kill PostgreSQL once or twice in the middle of a client's payments; its wishes, its answers, and all that it said."""
    notebook: dict[str, Notebook] = {"asked": {"pay": {}, "refund": {}}, "acked": {"pay": {}, "refund": {}}}
    kills = sorted(dice.sample(range(5, wishes - 5), 2 if SOAK_MINUTES else 1))
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
    _, trouble = client.communicate(timeout=120)
    assert (client.returncode, said[-2:]) == (0, ["books true", "done"]), trouble[-3000:]
    return notebook["asked"], notebook["acked"], said


def stands_as_acknowledged(cluster: OwnCluster, asked: Notebook, acked: Notebook, orders: set[str]) -> None:
    """``orders``: those of which payments are known; the new ones are added."""
    assert len(acked["pay"]) == len(asked["pay"]), "every payment was answered in the end"
    payments = cluster.ask("SELECT order_id::text, id::text FROM payments_payment")
    refunds = cluster.ask("SELECT payment_id::text, id::text FROM refunds_refund")
    assert len(dict(payments)) == len(payments), "no order was paid twice"
    assert len(dict(refunds)) == len(refunds), "no payment was refunded twice"
    assert {key: dict(payments)[order] for key, order in asked["pay"].items()} == acked["pay"]
    assert {key: dict(refunds)[payment] for key, payment in asked["refund"].items()} == acked["refund"]
    orders.update(asked["pay"].values())
    assert set(dict(payments)) == orders, "nothing exists that nobody asked for"
