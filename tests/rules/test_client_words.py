"""The client's small parts: money without floats, addresses, keys, and that it knows nothing of the rest."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from walletdesk.client import AsyncWalletdesk, Money, Problem, Walletdesk
from walletdesk.client.calls import describe, new_key, usable_key
from walletdesk.client.errors import problem
from walletdesk.client.groups.orders import Orders
from walletdesk.client.money import DIGITS
from walletdesk.foundation.amount.public import KNOWN_ASSETS, XTS

SECRET = "wdk_test_7n42DGM5Tflk9n8mt7Fhc7_kZ3aaaaaaaaaaaaaaaaaaaaaaaaaaaQ7b"


@pytest.mark.parametrize(
    ("text", "minor", "asset"),
    [
        ("38.00 CNY", 3800, "CNY"),
        ("38CNY", 3800, "CNY"),
        ("0.01 XTS", 1, "XTS"),
        ("1200 JPY", 1200, "JPY"),
        ("1.5 KWD", 1500, "KWD"),
    ],
)
def test_money_is_read_exactly(text: str, minor: int, asset: str) -> None:
    assert Money.read(text) == Money(minor, asset)


@pytest.mark.parametrize(
    "text",
    ["38", "38.005 CNY", "-1 CNY", "1,5 CNY", "1e3 CNY", "３８ CNY", "38.00 cny", "1.5 JPY", " CNY", "01 CNY", "5 ABC"],
)
def test_money_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Money.read(text)


def test_money_of_two_assets_is_not_put_together() -> None:
    assert Money(100, "CNY") + Money(1, "CNY") == Money(101, "CNY")
    assert str(Money(-3805, "CNY")) == "-38.05 CNY"
    with pytest.raises(ValueError, match="CNY and XTS"):
        _ = Money(1, "CNY") + Money(1, "XTS")


def test_the_client_counts_digits_as_the_house_does() -> None:
    assert {asset.code: asset.digits for asset in (*KNOWN_ASSETS.values(), XTS)} == DIGITS


def test_a_part_of_the_path_stays_one_part() -> None:
    call = Orders.get.describe(None, "../wallets?x=1#y/é")
    assert call.target == "/orders/..%2Fwallets%3Fx%3D1%23y%2F%C3%A9"
    for nothing in ("", ".", ".."):
        with pytest.raises(ValueError, match="names nothing"):
            Orders.get.describe(None, nothing)


def test_what_is_not_said_is_not_sent() -> None:
    call = Orders.create.describe(None, Money(3800, "CNY"), reference="A-1", key="k")
    assert call.content == b'{"amount":{"minor":3800,"asset":"CNY"},"reference":"A-1"}'
    listed = describe("GET", "/statements", None, query={"from": datetime(2026, 11, 1, tzinfo=UTC), "limit": None})
    assert listed.target == "/statements?from=2026-11-01T00%3A00%3A00Z"


def test_a_key_is_made_once_for_a_call_and_checked_before_it_leaves() -> None:
    assert usable_key(None) != usable_key(None)
    assert usable_key("sale 1001".replace(" ", "-")) == "sale-1001"
    assert len(new_key()) == 36
    for bad in ("", "with space", "x" * 256, "键"):
        with pytest.raises(ValueError, match="visible"):
            usable_key(bad)


@pytest.mark.parametrize(
    "url",
    ["http://wallet.example", "ftp://wallet.example", "wallet.example", "https://", "https://a:b@wallet.example", ""],
)
def test_a_key_is_not_sent_in_the_clear_nor_to_nowhere(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WALLETDESK_API_URL", raising=False)
    with pytest.raises(ValueError, match=r".+"):
        Walletdesk(SECRET, url)


@pytest.mark.parametrize(
    "url",
    [
        "https://wallet.example",
        "https://wallet.example/v1/",
        "http://localhost:8000",
        "http://127.0.0.1:8000",
        "http://[::1]:8000/",
    ],
)
def test_a_good_address(url: str) -> None:
    Walletdesk(SECRET, url).close()


def test_the_secret_does_not_show() -> None:
    for client in (Walletdesk(SECRET, "https://wallet.example"), AsyncWalletdesk(SECRET, "https://wallet.example")):
        assert SECRET not in repr(client)
        assert repr(client).endswith("(https://wallet.example, wdk_test_…aQ7b)")


def test_a_page_of_a_proxy_is_a_problem_without_a_code() -> None:
    error = problem(502, b"<html>Bad Gateway</html>")
    assert (error.status, error.code, error.data) == (502, "", {})
    assert isinstance(error, Problem)


def test_importing_the_client_brings_nothing_of_the_house() -> None:
    code = (
        "import sys, walletdesk.client;"
        "print([m for m in sys.modules if m.split('.')[0] in ('django','starlette','psycopg')"
        " or m.startswith('walletdesk.') and not m.startswith('walletdesk.client')])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
