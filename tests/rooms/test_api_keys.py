"""Keys: made, shown once, revoked; the log of what was asked with them; and what the database itself says to that."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from tests.factories.api import Api, a_key_of
from tests.factories.money import a_payer, a_shop
from walletdesk.foundation.clock.public import at, now
from walletdesk.trust.api_keys.errors import (
    AddressNotUsable,
    ApiKeyNotFound,
    ApiKeyRevokedAlready,
    ExpiryNotUsable,
    KeyNameNotUsable,
    ModeUnknown,
    OwnerUnknown,
    ScopeUnknown,
    TooManyKeys,
)
from walletdesk.trust.api_keys.models import ApiKey, ApiRequest
from walletdesk.trust.api_keys.public import (
    KeyOwner,
    key_view,
    keys_of,
    logged_request,
    make_key,
    parse_secret,
    purge_requests,
    read_keys,
    requests_of,
    revoke_key,
    revoked_among,
)

pytestmark = pytest.mark.django_db


def test_a_key_is_made_and_only_its_hash_is_kept() -> None:
    owner = KeyOwner("merchant", uuid4())
    view, secret = a_key_of("merchant", owner.id, ["orders:write", "orders:read"])
    parsed = parse_secret(secret)
    assert parsed is not None and parsed.key_id == view.id
    assert read_keys([view.id])[view.id].hash == parsed.hash
    row = str(ApiKey.objects.filter(id=view.id).values().get())
    assert secret not in row and secret[-20:] not in row
    assert view.shown == f"wdk_live_…{secret[-4:]}" and view.standing == "live"
    assert view.scopes == ("orders:read", "orders:write"), "in the order of the list"
    assert [one.id for one in keys_of(owner)] == [view.id]


WRONG = [
    ({"owner_kind": "agent"}, OwnerUnknown),
    ({"name": "  "}, KeyNameNotUsable),
    ({"name": "n" * 61}, KeyNameNotUsable),
    ({"mode": "demo"}, ModeUnknown),
    ({"scopes": []}, ScopeUnknown),
    ({"scopes": ["orders:read", "everything"]}, ScopeUnknown),
    ({"scopes": ["transfers:write"]}, ScopeUnknown),
    ({"expires_at": -1}, ExpiryNotUsable),
    ({"expires_at": 10 * 366}, ExpiryNotUsable),
    ({"addresses": ["0.0.0.0/0"]}, AddressNotUsable),
    ({"addresses": [f"10.0.0.{number}" for number in range(21)]}, AddressNotUsable),
]


@pytest.mark.parametrize(("fields", "refusal"), WRONG)
def test_what_cannot_be_a_key(fields: dict[str, object], refusal: type[Exception]) -> None:
    asked: dict[str, object] = {
        "owner_kind": "merchant",
        "owner_id": uuid4(),
        "name": "till",
        "scopes": ["orders:read"],
        "mode": "live",
        "expires_at": None,
        "addresses": [],
        "made_by": "member:1",
    } | fields
    if isinstance(asked["expires_at"], int):
        asked["expires_at"] = now() + timedelta(days=asked["expires_at"])
    with pytest.raises(refusal):
        make_key(**asked)  # type: ignore[arg-type]


def test_twenty_keys_and_no_more_until_one_is_revoked() -> None:
    owner = KeyOwner("merchant", uuid4())
    made = [a_key_of("merchant", owner.id, ["orders:read"])[0] for _ in range(20)]
    with pytest.raises(TooManyKeys):
        a_key_of("merchant", owner.id, ["orders:read"])
    a_key_of("merchant", owner.id, ["orders:read"], mode="test")
    revoke_key(made[0].id, owner, "member:1")
    a_key_of("merchant", owner.id, ["orders:read"])


def test_a_key_is_revoked_once_and_by_its_owner() -> None:
    owner = KeyOwner("merchant", uuid4())
    view, _ = a_key_of("merchant", owner.id)
    for stranger in (KeyOwner("merchant", uuid4()), KeyOwner("customer", owner.id)):
        with pytest.raises(ApiKeyNotFound):
            revoke_key(view.id, stranger, "member:1")
        with pytest.raises(ApiKeyNotFound):
            key_view(view.id, stranger)
    assert not revoked_among([view.id])
    assert revoke_key(view.id, owner, "member:1").standing == "revoked"
    assert revoked_among([view.id]) == {view.id}
    with pytest.raises(ApiKeyRevokedAlready):
        revoke_key(view.id, owner, "member:1")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE api_key SET scopes = '{payments:write}'",
        "UPDATE api_key SET owner_id = gen_random_uuid()",
        "UPDATE api_key SET secret_hash = repeat('0', 64)",
        "UPDATE api_key SET expires_at = now() + interval '9 years'",
        "UPDATE api_key SET addresses = '{}'",
        "UPDATE api_key SET revoked_at = NULL, revoked_by = ''",
    ],
)
def test_the_database_lets_a_key_only_end(change: str) -> None:
    owner = KeyOwner("merchant", uuid4())
    view, _ = a_key_of("merchant", owner.id, ["orders:read"], addresses=["203.0.113.7"])
    revoke_key(view.id, owner, "member:1")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.parametrize("act", ["DELETE FROM api_key", "UPDATE api_request SET status = 200"])
def test_the_application_may_not_rewrite_what_was(act: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act)


def test_what_was_asked_is_found_again_without_what_is_personal() -> None:
    api, shop, lin = Api(), a_shop(), a_payer(1000)
    _, till = a_key_of("merchant", shop.id)
    _, own = a_key_of("customer", lin.id)
    made = api.post("/v1/orders", {"amount": {"minor": 3800, "asset": "CNY"}, "note": "for Mei"}, key=till, once="o-1")
    api.get("/v1/orders?limit=0", key=till)
    api.post("/v1/transfers", {"to": "mei@example.com", "amount": {"minor": 1, "asset": "CNY"}}, key=own, once="t-1")
    api.house.log.flush()
    owner = KeyOwner("merchant", shop.id)
    refused, first = requests_of(owner)
    assert (refused.status, refused.code) == (422, "parameter_unusable")
    assert (first.method, first.path, first.status, first.idempotency_key) == ("POST", "/v1/orders", 201, "o-1")
    assert str(first.id) == made.headers["request-id"]
    assert "for Mei" not in first.request_body + first.answer_body and not first.whole
    assert [one.id for one in requests_of(owner, status="4")] == [refused.id]
    assert [one.id for one in requests_of(owner, text="o-1")] == [first.id]
    assert [one.id for one in requests_of(owner, text=made.headers["request-id"])] == [first.id]
    assert requests_of(owner, method="PATCH") == []
    assert logged_request(owner, first.id).key_name == "till software"
    (theirs,) = requests_of(KeyOwner("customer", lin.id))
    assert "mei@example.com" not in theirs.request_body
    assert key_view(first.key_id, owner).last_used_at is not None


def test_a_line_that_cannot_be_kept_takes_no_other_with_it() -> None:
    api, shop = Api(), a_shop()
    _, secret = a_key_of("merchant", shop.id)
    for _ in range(3):
        api.get("/v1/merchant", key=secret)
    held = api.house.log._held
    held[1] = held[1]._replace(method="MUCH TOO LONG")
    with transaction.atomic():
        assert api.house.log.flush() == 2
    assert len(requests_of(KeyOwner("merchant", shop.id))) == 2


def test_the_log_is_forgotten_after_thirty_days_and_not_before() -> None:
    api, shop = Api(), a_shop()
    _, secret = a_key_of("merchant", shop.id)
    api.get("/v1/merchant", key=secret)
    api.house.log.flush()
    with at(now() + timedelta(days=29, hours=23)):
        assert purge_requests() == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiRequest.objects.all().delete()
    with at(now() + timedelta(days=30, minutes=1)):
        assert purge_requests() == 1
