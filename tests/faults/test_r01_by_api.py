"""R01 through ``/v1``: ``kill -9`` of PostgreSQL under payments over HTTP. What the API acknowledged exists, once, and each
request is answered with the same bytes when it is asked again; nothing exists that nobody asked for.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.api_house import api_server
from tests.faults.conftest import OwnCluster
from tests.faults.rounds import rounds
from tests.faults.test_r01_postgres_killed import follow_and_kill, orders_paid, stands_as_acknowledged

pytestmark = pytest.mark.serial
WISHES, THREADS = 60, 6


def test_r01_what_the_api_acknowledged_exists_once(own_cluster: OwnCluster, tmp_path: Path) -> None:
    orders = orders_paid(own_cluster)  # by other faults
    with api_server(own_cluster.environment, tmp_path) as port:
        for dice in rounds("R01 kill -9 of PostgreSQL under payments over HTTP", small=1):
            words = [str(dice.randrange(10**9)), str(WISHES), str(THREADS), str(port)]
            till = own_cluster.client("tests.faults.paying_by_api", *words)
            asked, acked, said = follow_and_kill(own_cluster, till, dice, WISHES)
            stands_as_acknowledged(own_cluster, asked, acked, orders)
            print(f"R01 by API: {WISHES} orders, {said[-3]} answered with the same bytes")
