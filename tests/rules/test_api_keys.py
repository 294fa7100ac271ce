"""Keys of other software, as tables: their form, what they open, what of a request is kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from walletdesk.trust.api_keys.errors import (
    AddressNotListed,
    ApiKeyExpired,
    ApiKeyIsRevoked,
    ApiKeyUnknown,
    ScopeMissing,
)
from walletdesk.trust.api_keys.rules.good_keys import KeyFacts, KeyOwner, read_networks, why_not, why_not_scope
from walletdesk.trust.api_keys.rules.redaction import DOTS, keep_body, keep_query
from walletdesk.trust.api_keys.rules.scopes import SCOPES, scopes_for
from walletdesk.trust.api_keys.rules.secrets_of_keys import hash_of, parse_secret, write_secret

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEY = UUID("01a20420-0000-7000-8000-000000000001")
SECRET = write_secret("live", KEY, 12345678901234567890)


def a_key(**more: object) -> KeyFacts:
    fields: dict[str, object] = {
        "id": KEY,
        "owner": KeyOwner("merchant", UUID(int=7)),
        "mode": "live",
        "hash": hash_of(SECRET),
        "scopes": frozenset({"orders:read"}),
        "networks": (),
        "expires_at": None,
        "revoked_at": None,
    }
    return KeyFacts(**(fields | more))  # type: ignore[arg-type]


@given(some.uuids(), some.integers(0, 62**32 - 1), some.sampled_from(["live", "test"]))
def test_a_secret_is_read_as_it_was_written(key_id: UUID, number: int, mode: str) -> None:
    secret = write_secret(mode, key_id, number)
    parsed = parse_secret(secret)
    assert parsed is not None and (parsed.key_id, parsed.mode, parsed.hash) == (key_id, mode, hash_of(secret))
    assert len(secret) == len("wdk_live_") + 22 + 1 + 32


@pytest.mark.parametrize(
    "text",
    [
        "",
        "wdk_live_",
        SECRET[:-1],
        SECRET + "x",
        SECRET.replace("live", "demo"),
        SECRET.replace("wdk", "sk"),
        SECRET.replace("_", "-"),
        f" {SECRET}",
        f"{SECRET}\n",
        "wdk_live_" + "z" * 22 + "_" + "0" * 32,  # no UUID is that large
        "wdk_live_" + "０" * 22 + "_" + "0" * 32,
        "wdk_live_" + "0" * 22 + "_" + "é" * 32,
    ],
)
def test_what_is_no_secret_is_none(text: str) -> None:
    assert parse_secret(text) is None


OPENS = [
    # the key, the hash given, from where, why not
    ({}, hash_of(SECRET), "203.0.113.7", None),
    ({}, hash_of("wdk_live_other"), "203.0.113.7", ApiKeyUnknown),
    ({"revoked_at": NOW}, hash_of(SECRET), "203.0.113.7", ApiKeyIsRevoked),
    ({"revoked_at": NOW}, hash_of("x"), "203.0.113.7", ApiKeyUnknown),
    ({"expires_at": NOW}, hash_of(SECRET), "203.0.113.7", ApiKeyExpired),
    ({"expires_at": NOW + timedelta(seconds=1)}, hash_of(SECRET), "203.0.113.7", None),
    ({"networks": (ip_network("203.0.113.0/24"),)}, hash_of(SECRET), "203.0.113.7", None),
    ({"networks": (ip_network("203.0.113.0/24"),)}, hash_of(SECRET), "::ffff:203.0.113.7", None),
    ({"networks": (ip_network("203.0.113.0/24"),)}, hash_of(SECRET), "203.0.114.7", AddressNotListed),
    ({"networks": (ip_network("2001:db8::/32"),)}, hash_of(SECRET), "2001:db8::1", None),
    ({"networks": (ip_network("2001:db8::/32"),)}, hash_of(SECRET), "", AddressNotListed),
    ({"networks": (ip_network("203.0.113.7/32"),)}, hash_of(SECRET), "203.0.113.7, 10.0.0.1", AddressNotListed),
]


@pytest.mark.parametrize(("fields", "given_hash", "address", "why"), OPENS)
def test_whether_a_key_opens(fields: dict[str, object], given_hash: str, address: str, why: type | None) -> None:
    refusal = why_not(a_key(**fields), given_hash, address, NOW)
    assert type(refusal) is (why or type(None))


def test_no_key_and_a_wrong_secret_are_answered_alike() -> None:
    assert type(why_not(None, "x", "", NOW)) is type(why_not(a_key(), "x", "", NOW)) is ApiKeyUnknown


def test_a_key_opens_its_scopes_and_no_other() -> None:
    assert why_not_scope(a_key(), "orders:read") is None
    for scope in SCOPES.keys() - {"orders:read"}:
        assert isinstance(why_not_scope(a_key(), scope), ScopeMissing)


def test_a_shop_has_no_use_for_transfers_nor_a_customer_for_orders() -> None:
    assert "transfers:write" not in {scope.name for scope in scopes_for("merchant")}
    assert not {"orders:write", "refunds:write", "webhooks:write"} & {scope.name for scope in scopes_for("customer")}
    assert {scope.name for kind in ("merchant", "customer") for scope in scopes_for(kind)} == set(SCOPES)


@pytest.mark.parametrize(
    ("texts", "read"),
    [
        ([], ()),
        (["203.0.113.7"], ("203.0.113.7/32",)),
        ([" 203.0.113.9/24 ", "203.0.113.0/24"], ("203.0.113.0/24",)),
        (["2001:DB8::/32"], ("2001:db8::/32",)),
        (["0.0.0.0/0"], None),
        (["::/0"], None),
        (["here"], None),
        (["203.0.113.256"], None),
    ],
)
def test_addresses_are_read(texts: list[str], read: tuple[str, ...] | None) -> None:
    assert read_networks(texts) == read


def test_what_is_personal_is_not_kept() -> None:
    body = {"to": "lin@example.com", "amount": {"minor": 5, "asset": "CNY"}, "note": "for Mei", "when": None}
    kept, whole = keep_body(json.dumps(body).encode(), "application/json")
    assert json.loads(kept) == {**body, "to": DOTS, "note": DOTS} and not whole
    answer, _ = keep_body(b'{"id":"1","secret":"whsec_x","deep":[{"name":{"zh":"a"}}]}', "application/json")
    assert "whsec_x" not in answer and '"name":"•••"' in answer


def test_what_is_plain_is_kept_as_it_came() -> None:
    body = b'{ "order_id": "1",  "capture": true }'
    assert keep_body(body, "application/json; charset=utf-8") == (body.decode(), True)
    assert keep_body(b"", "") == ("", True)
    assert keep_body(b"\x89PNG", "image/png") == ("", False)
    assert keep_body(b"not json", "application/json") == ("", False)
    assert keep_body(b"[" * 100_000, "application/json") == ("", False)
    long, whole = keep_body(json.dumps({"x": ["y" * 5000]}).encode(), "application/json")
    assert len(long) <= 4000 and not whole


def test_parameters_lose_what_is_personal() -> None:
    assert keep_query("limit=5&file_name=passport.png&cursor=abc") == "limit=5&file_name=•••&cursor=abc"
