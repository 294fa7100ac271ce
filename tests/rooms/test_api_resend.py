"""A request of the log is sent again with a ticket: for that very request, once, within a minute, while its key lives."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories.api import Api, a_key_of
from tests.factories.api_log import BODY, a_logged_request
from tests.factories.money import a_shop
from walletdesk.foundation.clock.public import at, now
from walletdesk.money.payments.public import orders_of
from walletdesk.trust.api_keys.errors import RequestNotFound
from walletdesk.trust.api_keys.models import ApiResend
from walletdesk.trust.api_keys.public import (
    ApiKeyUnknown,
    KeyOwner,
    KeyView,
    Resend,
    allow_resend,
    logged_request,
    revoke_key,
    take_resend,
)
from walletdesk.trust.api_keys.services.purge_requests import purge_requests

pytestmark = pytest.mark.django_db
BY = "member:test"


@pytest.fixture
def key() -> KeyView:
    return a_key_of("merchant", a_shop().id)[0]


def allowed(key: KeyView) -> Resend:
    return allow_resend(key.owner, a_logged_request(key).id, BY)


def taken(resend: Resend, **other: object) -> object:
    given = {"method": resend.method, "path": resend.path, "query": resend.query, "body": resend.body} | other
    return take_resend(resend.ticket, **given)  # type: ignore[arg-type]


def test_the_ticket_stands_for_the_key_whatever_its_addresses() -> None:
    key, _ = a_key_of("merchant", a_shop().id, addresses=["203.0.113.7"])
    facts = taken(allowed(key))
    assert (facts.id, facts.networks, facts.owner) == (key.id, (), key.owner)  # type: ignore[attr-defined]


def test_it_is_good_once(key: KeyView) -> None:
    resend = allowed(key)
    taken(resend)
    with pytest.raises(ApiKeyUnknown):
        taken(resend)


@pytest.mark.parametrize(
    "other", [{"method": "DELETE"}, {"path": "/v1/payments"}, {"query": "limit=1"}, {"body": BODY.encode() + b" "}]
)
def test_it_is_good_for_that_request_only(key: KeyView, other: dict[str, object]) -> None:
    resend = allowed(key)
    with pytest.raises(ApiKeyUnknown):
        taken(resend, **other)
    assert taken(resend)


def test_it_is_good_for_a_minute(key: KeyView) -> None:
    resend = allowed(key)
    with at(now() + timedelta(seconds=61)), pytest.raises(ApiKeyUnknown):
        taken(resend)


def test_a_key_revoked_meanwhile_ends_it(key: KeyView) -> None:
    resend = allowed(key)
    revoke_key(key.id, key.owner, BY)
    with pytest.raises(Exception, match="api_key_revoked"):
        taken(resend)


def test_another_owner_finds_nothing_to_send(key: KeyView) -> None:
    request = a_logged_request(key)
    with pytest.raises(RequestNotFound):
        allow_resend(KeyOwner("merchant", a_shop().id), request.id, BY)
    assert not ApiResend.objects.exists()


def test_only_a_hash_of_it_is_kept_and_who_asked(key: KeyView) -> None:
    resend = allowed(key)
    row = ApiResend.objects.get()
    assert row.made_by == BY
    assert resend.ticket.removeprefix("wdk_again_") not in "".join(map(str, vars(row).values()))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE api_resend SET path = '/v1/payments'",
        "UPDATE api_resend SET good_until = good_until + interval '1 hour'",
        "UPDATE api_resend SET used_at = good_until + interval '1 second'",
        "DELETE FROM api_resend",
    ],
)
def test_the_database_says_so_too(key: KeyView, statement: str) -> None:
    allowed(key)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_it_goes_with_the_requests_after_thirty_days(key: KeyView) -> None:
    taken(allowed(key))
    with at(now() + timedelta(days=31)):
        purge_requests()
    assert not ApiResend.objects.exists()


def test_through_the_api_it_gets_the_first_answer_again() -> None:
    """The whole way: an order by key, its line in the log, the ticket, the same order from the record."""
    shop, api = a_shop(), Api()
    key, secret = a_key_of("merchant", shop.id)
    first = api.call("POST", "/v1/orders", BODY.encode(), key=secret, once="sale-1001")
    assert first.status == 201
    api.house.log.flush()
    logged = logged_request(key.owner, UUID(first.headers["request-id"]))
    assert logged.whole

    resend = allow_resend(key.owner, logged.id, BY)
    again = api.call(resend.method, resend.path, resend.body, key=resend.ticket, once=resend.idempotency_key)
    assert (again.status, again.body, again.headers["idempotent-replayed"]) == (201, first.body, "true")
    assert len(orders_of(shop.id, now() - timedelta(hours=1))) == 1
    once_more = api.call(resend.method, resend.path, resend.body, key=resend.ticket, once=resend.idempotency_key)
    assert (once_more.status, once_more.code) == (401, "api_key_unknown")
