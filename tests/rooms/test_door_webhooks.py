"""The till's pages for webhooks: an address that hears, its secret shown once, what went to it, and once more."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

import pytest
from django.test import Client

from tests.factories.desk_browser import with_proof
from tests.factories.foundation import a_user
from tests.factories.money import a_key, a_shop
from tests.factories.webhooks import carrying, owner_of
from tests.fakes.webhook_receiver import Receiver, Says, receiver
from tests.rooms.test_door_till import a_browser
from walletdesk.money.merchants.public import MerchantView, add_cashier, members_of
from walletdesk.service.webhooks.public import deliveries_of, endpoint, endpoints_of, send_due_webhooks

pytestmark = pytest.mark.django_db
HOOK = "https://shop.example.com/hook"


@pytest.fixture
def shop() -> MerchantView:
    return a_shop(user_id=a_user().id)


@pytest.fixture
def owner(shop: MerchantView) -> Client:
    browser = a_browser(members_of(shop.id)[0].user_id)
    with_proof(browser)
    return browser


@pytest.fixture(autouse=True)
def there() -> Iterator[Receiver]:
    with carrying(), receiver() as line:
        yield line


def added(owner: Client, shop: MerchantView, address: str, **more: object) -> uuid.UUID:
    answer = owner.post("/till/webhooks/new/", {"address": address, "mode": "live", "once": a_key(), **more})
    assert answer.status_code == 201
    return endpoints_of(owner_of(shop))[-1].id


def test_an_address_is_added_and_its_secret_shown_once(owner: Client, shop: MerchantView) -> None:
    form = {"address": HOOK, "name": "Web shop", "mode": "live", "types": ["refund.posted"], "once": a_key()}
    made = owner.post("/till/webhooks/new/", form)
    assert made.status_code == 201
    assert re.search(r"whsec_[A-Za-z0-9+/=]{44}", made.content.decode())
    again = owner.post("/till/webhooks/new/", form)
    (one,) = endpoints_of(owner_of(shop))
    assert again.headers["Location"] == f"/till/webhooks/{one.id}/"
    for path in ("/till/webhooks/", f"/till/webhooks/{one.id}/"):
        page = owner.get(path).content.decode()
        assert "whsec_" not in page
        assert "Web shop" in page
    assert one.types == ("refund.posted",)


def test_a_private_address_is_refused_where_it_was_typed(owner: Client, shop: MerchantView) -> None:
    answer = owner.post("/till/webhooks/new/", {"address": "https://10.0.0.1/", "mode": "live", "once": a_key()})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "webhook_address_not_usable" in page
    assert 'value="https://10.0.0.1/"' in page
    assert endpoints_of(owner_of(shop)) == []


def test_a_test_address_belongs_to_the_twin(owner: Client, shop: MerchantView) -> None:
    owner.post("/till/webhooks/new/", {"address": HOOK, "mode": "test", "once": a_key()})
    assert endpoints_of(owner_of(shop)) == []
    page = owner.get("/till/webhooks/").content.decode()
    assert "shop.example.com" in page


def test_the_test_button_and_what_came_of_it(owner: Client, shop: MerchantView, there: Receiver) -> None:
    there.answers = [Says(500, body=b"<b>broken</b>"), Says(200)]
    hook = added(owner, shop, there.url)
    assert owner.post(f"/till/webhooks/{hook}/test/").status_code == 302
    send_due_webhooks()
    (sent,) = deliveries_of(owner_of(shop), hook)
    page = owner.get(f"/till/webhook-deliveries/{sent.id}/").content.decode()
    assert "Not taken 500" in page
    assert "&lt;b&gt;broken&lt;/b&gt;" in page
    assert "webhook.test" in page
    refused = owner.post(f"/till/webhook-deliveries/{sent.id}/again/")
    assert (refused.status_code, "delivery_on_its_way" in refused.content.decode()) == (409, True)


def test_it_is_sent_again(owner: Client, shop: MerchantView, there: Receiver) -> None:
    hook = added(owner, shop, there.url)
    owner.post(f"/till/webhooks/{hook}/test/")
    send_due_webhooks()
    (sent,) = deliveries_of(owner_of(shop), hook)
    again = owner.post(f"/till/webhook-deliveries/{sent.id}/again/")
    assert again.status_code == 302
    send_due_webhooks()
    assert len(there.heard) == 2
    assert "again" in owner.get(f"/till/webhooks/{hook}/").content.decode()


def test_it_is_changed_switched_off_and_on_and_removed(owner: Client, shop: MerchantView) -> None:
    hook, whose = added(owner, shop, HOOK), owner_of(shop)
    owner.post(f"/till/webhooks/{hook}/", {"address": HOOK + "2", "name": "New", "types": ["case.opened"]})
    assert (endpoint(whose, hook).address, endpoint(whose, hook).types) == (HOOK + "2", ("case.opened",))
    wrong = owner.post(f"/till/webhooks/{hook}/", {"address": "ftp://x", "name": ""})
    assert (wrong.status_code, 'value="ftp://x"' in wrong.content.decode()) == (422, True)
    owner.post(f"/till/webhooks/{hook}/switch/", {"to": "off"})
    assert endpoint(whose, hook).state == "disabled"
    refused = owner.post(f"/till/webhooks/{hook}/test/")
    assert (refused.status_code, "webhook_disabled" in refused.content.decode()) == (409, True)
    owner.post(f"/till/webhooks/{hook}/switch/", {"to": "on"})
    assert endpoint(whose, hook).state == "enabled"
    owner.post(f"/till/webhooks/{hook}/remove/", {"sure": "on"})
    assert endpoints_of(whose) == []
    assert owner.get(f"/till/webhooks/{hook}/").status_code == 404


def test_a_new_secret_is_shown_once_and_the_old_one_named(owner: Client, shop: MerchantView) -> None:
    hook = added(owner, shop, HOOK)
    shown = owner.post(f"/till/webhooks/{hook}/rotate/").content.decode()
    assert "whsec_" in shown
    assert "The old one holds until" in shown
    refused = owner.post(f"/till/webhooks/{hook}/rotate/")
    assert (refused.status_code, "webhook_rotated_just_now" in refused.content.decode()) == (409, True)


def test_a_secret_is_asked_for_with_a_fresh_proof(owner: Client, shop: MerchantView) -> None:
    hook = added(owner, shop, HOOK)
    stale = a_browser(members_of(shop.id)[0].user_id)
    for answer in (stale.get("/till/webhooks/new/"), stale.post(f"/till/webhooks/{hook}/rotate/")):
        assert answer.headers["Location"].startswith("/step-up/")


def test_a_cashier_and_another_shop_see_nothing_of_it(owner: Client, shop: MerchantView) -> None:
    hook = added(owner, shop, HOOK)
    owner.post(f"/till/webhooks/{hook}/test/")
    (sent,) = deliveries_of(owner_of(shop), hook)
    cashier = a_user()
    add_cashier(shop.id, members_of(shop.id)[0].id, cashier.id, "小吴")
    other = a_shop("南门书店", "South Gate Books", user_id=a_user().id)
    stranger = a_browser(members_of(other.id)[0].user_id)
    for path in (f"/till/webhooks/{hook}/", f"/till/webhook-deliveries/{sent.id}/"):
        assert a_browser(cashier.id).get(path).status_code == 403
        assert stranger.get(path).status_code == 404
    assert stranger.post(f"/till/webhooks/{hook}/rotate/").status_code == 404
