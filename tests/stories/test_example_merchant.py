"""The merchant of the guide, as it is printed there, against the running product: it sells, refunds and verifies webhooks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import FreshDatabase
from tests.product import RunningProduct, free_port, running_product
from tests.stories.people import a_bakery
from walletdesk.client import Walletdesk
from walletdesk.money.merchants.public import shop_balance
from walletdesk.money.merchants.public import test_twin as twin_of
from walletdesk.trust.api_keys.public import make_key

GUIDE = Path(__file__).resolve().parents[2] / "docs/guides/example-merchant.md"
TICKED = ["orders:write", "payments:read", "payments:write", "refunds:write", "webhooks:write"]
PORT = "8787"


@pytest.fixture
def product(fresh_database: FreshDatabase) -> Iterator[RunningProduct]:
    with running_product(fresh_database, {"WALLETDESK_WEBHOOK_LOOPBACK": "1"}) as running:
        yield running


def the_program(folder: Path) -> tuple[Path, str]:
    """The guide's code, at a port that is free here."""
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    port = str(free_port())
    assert PORT in code
    program = folder / "merchant.py"
    program.write_text(code.replace(PORT, port))
    return program, code


def ran(program: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, str(program)], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_the_merchant_of_the_guide_sells_refunds_and_verifies(product: RunningProduct, tmp_path: Path) -> None:
    bakery = a_bakery()
    twin = twin_of(bakery.id)
    _, secret = make_key("merchant", twin.id, "merchant.py", TICKED, "test", None, [], "member:story")
    program, code = the_program(tmp_path)
    assert len([line for line in code.splitlines() if line.strip()]) <= 20
    environment = os.environ | {"WALLETDESK_API_URL": product.url, "WALLETDESK_API_KEY": secret}

    said = ran(program, environment)
    sold = re.search(r"sold: P[\d ]+ refunded: R[\d ]+", said)
    assert sold, said
    assert "webhook: payment.captured {'minor': 3800, 'asset': 'XTS'}" in said, product.logs()
    assert "webhook: refund.posted {'minor': 500, 'asset': 'XTS'}" in said

    balance = shop_balance(twin.id)
    assert balance is not None and balance.posted.minor == 3300 - balance_of_fee(product, secret)
    real = shop_balance(bakery.id)
    assert real is not None and real.posted.minor == 0

    program.write_text(program.read_text().replace("server.timeout = 15", "server.timeout = 0.1"))
    assert ran(program, environment).strip() == sold[0].strip(), "run again, it is the same sale"


def balance_of_fee(product: RunningProduct, secret: str) -> int:
    """What the shop paid for the sale, as the API tells it."""
    with Walletdesk(secret, product.url) as shop:
        (payment,) = list(shop.payments.list())
        assert payment.fee is not None and payment.fee_returned is not None
        return payment.fee.minor - payment.fee_returned.minor
