"""O11: an API key used outside its scope, from another address, after it was revoked or has expired: 401 or 403, within a
second. And nobody tries keys at leisure.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.factories.api import Api, a_key_of
from tests.factories.money import a_payer, a_shop
from walletdesk.doors.rest_api.app import description
from walletdesk.doors.rest_api.key_ring import FRESH_SECONDS, TRUSTED_SECONDS, KeyRing
from walletdesk.doors.rest_api.threads import AtOnce
from walletdesk.foundation.clock.public import at, now
from walletdesk.trust.api_keys.public import SCOPES, KeyOwner, revoke_key, scopes_for

pytestmark = pytest.mark.django_db


def guarded() -> list[tuple[str, str, str]]:
    """(method, path with ids filled in, scope) of everything that needs a key."""
    found = []
    for path, methods in description()["paths"].items():
        filled = path
        for one in ("order_id", "payment_id", "refund_id", "transfer_id", "agreement_id", "wallet_id", "webhook_id"):
            filled = filled.replace(f"{{{one}}}", str(uuid4()))
        filled = filled.replace("{delivery_id}", str(uuid4())).replace("{reference}", "WD-1").replace("{key}", "k-1")
        for method, one in methods.items():
            for need in one["security"]:
                found.append((method.upper(), filled, next(iter(need["key"]), "")))
    return found


def test_o11_nothing_opens_without_a_key() -> None:
    assert len(guarded()) > 40
    for number, (method, path, _) in enumerate(guarded()):
        api = Api(address=f"203.0.113.{number + 1}")
        for headers in ({}, {"authorization": "Bearer "}, {"authorization": f"Basic {'x' * 60}"}):
            answer = api.call(method, path, {} if method in ("POST", "PATCH") else None, headers=headers)
            assert answer.status == 401, (method, path, headers)
            assert answer.headers["www-authenticate"].startswith("Bearer")


def test_o11_every_operation_refuses_a_key_without_its_scope() -> None:
    api = Api()
    for kind, owner in (("merchant", a_shop().id), ("customer", a_payer(10).id)):
        mine = {scope.name for scope in scopes_for(kind)}
        for wanted in sorted(set(SCOPES)):
            others = sorted(mine - {wanted})
            _, secret = a_key_of(kind, owner, others, mode="live")
            for method, path, scope in guarded():
                if scope == wanted:
                    body = {} if method in ("POST", "PATCH") else None
                    answer = api.call(method, path, body, key=secret, once="k-1")
                    assert (answer.status, answer.code) == (403, "api_key_scope_missing"), (method, path)
            revoke_key(_newest(kind, owner), KeyOwner(kind, owner), "test")


def _newest(kind: str, owner: Any) -> Any:
    from walletdesk.trust.api_keys.public import keys_of

    return keys_of(KeyOwner(kind, owner))[0].id


def test_o11_a_key_works_from_its_addresses_only_and_no_header_changes_that() -> None:
    shop = a_shop()
    _, secret = a_key_of("merchant", shop.id, addresses=["198.51.100.0/24"])
    assert Api(address="198.51.100.9").get("/v1/merchant", key=secret).status == 200
    for claim in (
        {},
        {"x-forwarded-for": "198.51.100.9"},
        {"x-real-ip": "198.51.100.9"},
        {"forwarded": "for=198.51.100.9"},
    ):
        answer = Api(address="203.0.113.7").get("/v1/merchant", key=secret, headers=claim)
        assert (answer.status, answer.code) == (403, "api_key_address_not_listed")


def test_o11_behind_our_proxy_the_last_entry_counts(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    shop = a_shop()
    _, secret = a_key_of("merchant", shop.id, addresses=["198.51.100.9"])
    api = Api(address="127.0.0.1")
    forged = {"x-forwarded-for": "198.51.100.9, 203.0.113.7"}
    assert api.get("/v1/merchant", key=secret, headers=forged).status == 403
    true = {"x-forwarded-for": "203.0.113.7, 198.51.100.9"}
    assert api.get("/v1/merchant", key=secret, headers=true).status == 200


def test_o11_an_expired_key_is_dead_on_the_second() -> None:
    shop = a_shop()
    _, secret = a_key_of("merchant", shop.id, expires_at=now() + timedelta(hours=1))
    api = Api()
    assert api.get("/v1/merchant", key=secret).status == 200
    with at(now() + timedelta(hours=1, seconds=1)):
        answer = api.get("/v1/merchant", key=secret)
    assert (answer.status, answer.code) == (401, "api_key_expired")


class Clock:
    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def test_o11_a_revoked_key_is_dead_within_a_second_also_where_it_is_remembered() -> None:
    shop = a_shop()
    view, secret = a_key_of("merchant", shop.id)
    api, clock = Api(), Clock()
    api.house.ring = KeyRing(api.house.pool, clock)
    assert api.get("/v1/merchant", key=secret).status == 200
    revoke_key(view.id, KeyOwner("merchant", shop.id), "member:1")
    clock.at += TRUSTED_SECONDS + 0.01
    answer = api.get("/v1/merchant", key=secret)
    assert (answer.status, answer.code) == (401, "api_key_revoked")
    assert TRUSTED_SECONDS < 1


def test_o11_what_is_remembered_costs_no_question_and_is_asked_again_in_the_background() -> None:
    view, _ = a_key_of("merchant", uuid4())
    clock, asked = Clock(), []

    class Counting(AtOnce):
        async def do(self, act: Callable[[], Any]) -> Any:
            asked.append(act)
            return await super().do(act)

    ring = KeyRing(Counting(), clock)

    async def use() -> None:
        assert await ring.facts(view.id)
        for _ in range(100):
            assert ring.at_once(view.id)
        assert len(asked) == 1
        clock.at += FRESH_SECONDS + 0.01
        assert ring.at_once(view.id), "answered from memory while it is asked anew"
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert len(asked) == 2
        assert await ring.facts(uuid4()) is None

    asyncio.run(use())


def test_o11_nobody_tries_keys_at_leisure() -> None:
    api = Api()
    _, good = a_key_of("merchant", a_shop().id)
    answers = [api.get("/v1/merchant", key=a_wrong_key(number)) for number in range(70)]
    assert {answer.status for answer in answers[:60]} == {401}
    assert {answer.status for answer in answers[61:]} == {429}
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert Api(address="198.51.100.1").get("/v1/merchant", key=good).status == 200, "others are not in the way"


def test_o11_a_network_of_endless_addresses_is_one_stranger() -> None:
    api = Api()
    for number in range(62):
        api.address = f"2001:db8:0:1::{number:x}"
        answer = api.get("/v1/merchant", key=a_wrong_key(number))
    assert answer.status == 429, "each came from an address of its own, all from one block"
    api.address = "2001:db8:0:2::1"
    assert api.get("/v1/merchant", key=a_wrong_key(1)).status == 401, "the neighbour is not in the way"


def test_o11_behind_two_proxies_the_outer_one_saw_the_caller(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    _, secret = a_key_of("merchant", a_shop().id, addresses=["198.51.100.9"])
    api = Api(address="127.0.0.1")
    raw = {"host": "localhost", "authorization": f"Bearer {secret}"}
    for chain, status in (
        (["198.51.100.9, 10.0.0.2"], 200),
        (["203.0.113.7, 198.51.100.9", "10.0.0.2"], 200),
        (["198.51.100.9, 203.0.113.7, 10.0.0.2"], 403),
        (["198.51.100.9", "203.0.113.7, 10.0.0.2"], 403),
        (["10.0.0.2, 198.51.100.9"], 403),
        ([], 403),
    ):
        more = [("x-forwarded-for", one) for one in chain]
        assert api.sent("GET", "/v1/merchant", "", raw, [b""], *more).status == status, chain


def a_wrong_key(number: int) -> str:
    from walletdesk.trust.api_keys.rules.secrets_of_keys import write_secret

    return write_secret("live", uuid4(), number)


def test_o11_a_key_that_asks_too_often_is_told_when_to_come_back() -> None:
    api = Api(rate="5/10")
    _, secret = a_key_of("merchant", a_shop().id)
    answers = [api.get("/v1/merchant", key=secret) for _ in range(6)]
    assert [answer.status for answer in answers] == [200] * 5 + [429]
    assert answers[0].headers["ratelimit-policy"] == '"key";q=5;w=10'
    assert answers[0].headers["ratelimit"] in ('"key";r=4;t=2', '"key";r=4;t=3')
    assert answers[-1].headers["ratelimit"].startswith('"key";r=0')
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 3
