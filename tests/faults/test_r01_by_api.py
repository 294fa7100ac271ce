"""R01 through ``/v1``: ``kill -9`` of PostgreSQL under payments over HTTP. What the API acknowledged exists, once, and each
request is answered with the same bytes when it is asked again; nothing exists that nobody asked for.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults.api_house import api_server
from tests.faults.conftest import OwnCluster
from tests.faults.rounds import SOAK_MINUTES, rounds
from tests.faults.test_r01_postgres_killed import Notebook

pytestmark = pytest.mark.serial
WISHES, THREADS = 120, 6


def test_r01_what_the_api_acknowledged_exists_once(own_cluster: OwnCluster, tmp_path: Path) -> None:
    before = set(map(str, dict(own_cluster.ask("SELECT order_id::text, id::text FROM payments_payment"))))
    asked_before: set[str] = set()
    with api_server(own_cluster.environment, tmp_path) as port:
        for dice in rounds("R01 kill -9 of PostgreSQL under payments over HTTP", small=1):
            asked, acked = sell_while_it_is_killed(own_cluster, port, dice)
            assert len(acked["pay"]) == WISHES, "every payment was answered in the end"
            payments = own_cluster.ask("SELECT order_id::text, id::text FROM payments_payment")
            refunds = own_cluster.ask("SELECT payment_id::text, id::text FROM refunds_refund")
            assert len(dict(payments)) == len(payments), "no order was paid twice"
            assert len(dict(refunds)) == len(refunds), "no payment was refunded twice"
            assert {key: dict(payments)[order] for key, order in asked["pay"].items()} == acked["pay"]
            assert {key: dict(refunds)[payment] for key, payment in asked["refund"].items()} == acked["refund"]
            asked_before.update(asked["pay"].values())
            assert set(dict(payments)) - before == asked_before, "nothing exists that nobody asked for"


def sell_while_it_is_killed(cluster: OwnCluster, port: int, dice: random.Random) -> tuple[Notebook, Notebook]:
    """Start a till, kill PostgreSQL once or twice in the middle of its sales; its notebook of wishes and answers."""
    notebook: dict[str, Notebook] = {"asked": {"pay": {}, "refund": {}}, "acked": {"pay": {}, "refund": {}}}
    kills = sorted(dice.sample(range(5, WISHES - 5), 2 if SOAK_MINUTES else 1))
    words = [str(dice.randrange(10**9)), str(WISHES), str(THREADS), str(port)]
    till = cluster.client("tests.faults.paying_by_api", *words)
    said: list[str] = []
    for line in till.stdout or ():
        said.append(line.strip())
        verb, *rest = line.split()
        if verb not in notebook:
            continue
        kind, key, thing = rest
        notebook[verb][kind][key] = thing
        if kills and len(notebook["acked"]["pay"]) >= kills[0]:
            kills.pop(0)
            cluster.kill(dice.choice(["postmaster", "postmaster", "backend"]))
    _, trouble = till.communicate(timeout=120)
    assert (till.returncode, said[-2:]) == (0, ["books true", "done"]), trouble[-3000:]
    print(f"R01 by API: {WISHES} orders, {said[-3]} answered with the same bytes")
    return notebook["asked"], notebook["acked"]
