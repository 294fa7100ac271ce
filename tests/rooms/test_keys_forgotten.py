"""A key is forgotten after a while; what it once did is in the books for ever, and is not done again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.factories.api import Api, a_key_of
from tests.factories.holding import own_software_of
from tests.factories.money import a_payer, a_payment, a_shop, has
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.idempotency.public import purge_keys
from walletdesk.money.ledger.models import JournalEntry
from walletdesk.money.payments.services.make_due_transfers import make_due_transfers

pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> Iterator[Api]:
    yield Api()


def test_a_refund_is_not_made_again(api: Api) -> None:
    shop, lin = a_shop(), a_payer(1_000)
    _, secret = a_key_of("merchant", shop.id)
    address = f"/v1/payments/{a_payment(lin, shop, '38.00').id}/refunds"
    body = {"amount": {"minor": 500, "asset": "CNY"}, "reason": "stale bun"}
    assert api.post(address, body, key=secret, once="refund-A").status == 201
    after = has(lin)
    with at(now() + timedelta(days=15)):
        purge_keys()
        again = api.post(address, body, key=secret, once="refund-A")
        assert (again.status, again.code) == (409, "booked_already")
        assert has(lin) == after
        assert api.post(address, body, key=secret, once="refund-B").status == 201, "another key is another refund"


def test_money_is_not_set_aside_again(api: Api) -> None:
    lin, _ = a_payer(1_000), a_payer(0, name="梅", email="mei@example.com")
    secret = own_software_of(lin)
    when = (now() + timedelta(days=30)).isoformat()
    body = {"to": "mei@example.com", "amount": {"minor": 700, "asset": "CNY"}, "when": when}
    assert api.post("/v1/transfers", body, key=secret, once="rent").status == 201
    after = has(lin)
    with at(now() + timedelta(days=15)):
        purge_keys()
        again = api.post("/v1/transfers", body, key=secret, once="rent")
        assert (again.status, again.code) == (409, "booked_already")
        assert has(lin) == after


@pytest.mark.parametrize("later_first", [False, True])
def test_a_key_that_sent_money_sets_none_aside_and_the_other_way_round(api: Api, later_first: bool) -> None:
    lin, _ = a_payer(1_000), a_payer(0, name="梅", email="mei@example.com")
    secret = own_software_of(lin)
    at_once = {"to": "mei@example.com", "amount": {"minor": 700, "asset": "CNY"}}
    later = at_once | {"when": (now() + timedelta(days=30)).isoformat()}
    first, second = (later, at_once) if later_first else (at_once, later)
    assert api.post("/v1/transfers", first, key=secret, once="rent").status == 201
    after = has(lin)
    with at(now() + timedelta(days=15)):
        purge_keys()
        again = api.post("/v1/transfers", second, key=secret, once="rent")
        assert (again.status, again.code) == (409, "booked_already")
        assert has(lin) == after
    with at(now() + timedelta(days=31)):
        make_due_transfers()
        assert has(lin) == after
        entries = JournalEntry.objects.filter(kind="transfer")
        assert [len(one.reference) for one in entries] == [64], "booked under the key, made at once or when it was due"
