"""The guides, as they are printed, against the running product: the merchant in twenty lines sells, refunds and verifies its
webhooks; what the other pages show does what they say.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from tests.databases import FreshDatabase
from tests.product import PATIENCE, RunningProduct, free_port, running_product
from tests.stories.people import a_bakery
from walletdesk.client import Money, Walletdesk
from walletdesk.money.merchants.public import MerchantView, shop_balance
from walletdesk.money.merchants.public import test_twin as twin_of
from walletdesk.trust.api_keys.public import make_key

GUIDES = Path(__file__).resolve().parents[2] / "docs/guides"
TICKED = ["orders:write", "payments:read", "payments:write", "refunds:write", "webhooks:write"]
PORT, WAITS = "8787", "server.timeout = 15"
SOMEBODYS = "https://shop.example/walletdesk"


@pytest.fixture(scope="module")
def bakery(shared_database: FreshDatabase) -> MerchantView:
    return a_bakery()


@pytest.fixture(scope="module")
def product(bakery: MerchantView, shared_database: FreshDatabase) -> Iterator[RunningProduct]:
    with running_product(shared_database, {"WALLETDESK_WEBHOOK_LOOPBACK": "1"}) as running:
        yield running


def a_secret(bakery: MerchantView, *more: str) -> str:
    return make_key("merchant", twin_of(bakery.id).id, "guide", [*TICKED, *more], "test", None, [], "member:story")[1]


def code_of(guide: str) -> list[str]:
    """The Python on a page, block by block."""
    return re.findall(r"```python\n(.*?)```", (GUIDES / f"{guide}.md").read_text(), re.DOTALL)


def ran(program: Path, environment: dict[str, str]) -> str:
    line = [sys.executable, str(program)]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_the_merchant_in_twenty_lines(bakery: MerchantView, product: RunningProduct, tmp_path: Path) -> None:
    secret = a_secret(bakery)
    (code,) = code_of("example-merchant")
    assert len([line for line in code.splitlines() if line.strip()]) <= 20
    assert PORT in code and WAITS in code
    program = tmp_path / "merchant.py"
    program.write_text(code.replace(PORT, str(free_port())).replace(WAITS, "server.timeout = 60"))  # machines are busy
    environment = os.environ | {"WALLETDESK_API_URL": product.url, "WALLETDESK_API_KEY": secret}

    said = ran(program, environment)
    sold = re.search(r"sold: P[\d ]+ refunded: R[\d ]+", said)
    assert sold, said
    assert "webhook: payment.captured {'minor': 3800, 'asset': 'XTS'}" in said, product.logs()
    assert "webhook: refund.posted {'minor': 500, 'asset': 'XTS'}" in said

    with Walletdesk(secret, product.url) as shop:
        (payment,) = list(shop.payments.list())
    assert payment.fee is not None and payment.fee_returned is not None
    play, real = shop_balance(twin_of(bakery.id).id), shop_balance(bakery.id)
    assert play is not None and play.posted.minor == 3300 - payment.fee.minor + payment.fee_returned.minor
    assert real is not None and real.posted.minor == 0

    program.write_text(program.read_text().replace("server.timeout = 60", "server.timeout = 0.1"))
    assert ran(program, environment).strip() == sold[0].strip(), "run again, it is the same sale"


@pytest.fixture
def at_the_keyboard(
    product: RunningProduct, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> dict[str, Any]:
    """Where a reader of the guides tries them out, with a shop and a key of their own in the environment."""
    monkeypatch.setenv("WALLETDESK_API_URL", product.url)
    monkeypatch.setenv("WALLETDESK_API_KEY", a_secret(a_bakery(request.node.name), "orders:read", "events:read"))
    return {}


def test_taking_a_payment_as_the_guide_says(at_the_keyboard: dict[str, Any]) -> None:
    for block in code_of("take-a-payment"):
        exec(block, at_the_keyboard)
    here = at_the_keyboard
    assert here["order"].state == "waiting"
    assert b"<svg" in here["picture"]
    assert here["agreement"].state == "proposed" and here["agreement"].accept_url
    tester = next(iter(here["shop"].test.customers()))
    paid = here["pay"](here["order"].id, tester.agreement_id)
    assert here["pay"](here["order"].id, tester.agreement_id) == paid
    assert here["shop"].orders.get(here["order"].id).payment_id == paid
    assert here["give_back"](paid) == here["give_back"](paid)
    cancelled = here["shop"].orders.cancel(here["shop"].orders.create(here["order"].amount).id)
    assert here["pay"](cancelled.id, tester.agreement_id) == "order_cancelled"


def test_hearing_what_happens_as_the_guide_says(
    at_the_keyboard: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    done: list[Any] = []
    at_the_keyboard |= {"first_time": lambda _: True, "work_on_later": done.append}
    for block in code_of("webhooks"):
        exec(block.replace(SOMEBODYS, "http://127.0.0.1:9/"), at_the_keyboard)
    secret = capsys.readouterr().out.strip()
    body = '{"id":"01a4","type":"order.created","occurred_at":"2026-11-22T08:00:00Z","mode":"test","object":{}}'
    moment = datetime.now(UTC)
    signed = {
        "webhook-id": "01a4",
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret).sign("01a4", moment, body),
    }
    receive, catch_up = at_the_keyboard["receive"], at_the_keyboard["catch_up"]
    assert receive(body.encode(), signed, [secret]) == 204
    assert receive(body.encode() + b" ", signed, [secret]) == 401
    assert [event.type for event in done] == ["order.created"]
    at_the_keyboard["shop"].orders.create(Money(800, "XTS"))
    cursor = None
    deadline = time.monotonic() + PATIENCE
    while len(done) == 1 and time.monotonic() < deadline:  # the worker writes events a moment after the order
        cursor = catch_up(cursor)
    assert [event.type for event in done] == ["order.created"] * 2
    assert catch_up(cursor) == cursor
