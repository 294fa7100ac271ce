"""The shop's pages for API keys and requests: a secret shown once, a key taken back, a request found and sent again."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.api_log import BODY, a_logged_request
from tests.factories.desk_browser import with_proof
from tests.fakes.moody_api import MoodyApi, answer, hang_up, moody_api
from tests.rooms.test_door_till import Shop, a_shop, text_of
from walletdesk.foundation.clock.public import now
from walletdesk.money.merchants.public import twin_of
from walletdesk.trust.api_keys.public import (
    KeyOwner,
    KeyView,
    RequestRecord,
    keys_of,
    logged_request,
    make_key,
    parse_secret,
)

pytestmark = pytest.mark.django_db
SCOPES = ["orders:read", "orders:write"]


@pytest.fixture
def bakery() -> Shop:
    shop = a_shop()
    with_proof(shop.owner, "password_pin")
    return shop


def typed(**more: object) -> dict[str, object]:
    fields = {
        "name": "Web shop",
        "mode": "test",
        "scopes": SCOPES,
        "days": "365",
        "addresses": "",
        "once": str(uuid.uuid4()),
    }
    return fields | more


def a_key(shop: Shop, name: str = "Web shop") -> KeyView:
    key, _ = make_key("merchant", shop.view.id, name, SCOPES, "live", None, [], "member:test")
    return key


# ---- keys ----


def test_a_test_key_is_made_and_its_secret_shown_once(bakery: Shop) -> None:
    made = bakery.owner.post(reverse("till-key-new"), typed(addresses="203.0.113.0/24\n198.51.100.7"))
    assert made.status_code == 201
    (secret,) = set(re.findall(r"wdk_test_\w{22}_\w{32}", made.content.decode()))
    assert "no-store" in made.headers["Cache-Control"]
    twin = twin_of(bakery.view.id)
    assert twin is not None
    (key,) = keys_of(KeyOwner("merchant", twin))
    parsed = parse_secret(secret)
    assert parsed is not None and parsed.key_id == key.id
    assert (key.name, key.scopes, key.mode) == ("Web shop", tuple(SCOPES), "test")
    assert key.addresses == ("203.0.113.0/24", "198.51.100.7/32")
    assert key.expires_at is not None and timedelta(days=364) < key.expires_at - now() <= timedelta(days=365)
    for page in (reverse("till-keys"), reverse("till-key", args=[key.id])):
        shown = bakery.owner.get(page).content.decode()
        assert key.shown in shown
        assert secret not in shown


def test_a_live_key_belongs_to_the_shop_itself(bakery: Shop) -> None:
    bakery.owner.post(reverse("till-key-new"), typed(mode="live", days=""))
    (key,) = keys_of(KeyOwner("merchant", bakery.view.id))
    assert (key.mode, key.expires_at, twin_of(bakery.view.id)) == ("live", None, None)


def test_the_same_form_sent_twice_makes_one_key_and_shows_no_second_secret(bakery: Shop) -> None:
    form = typed(mode="live")
    bakery.owner.post(reverse("till-key-new"), form)
    again = bakery.owner.post(reverse("till-key-new"), form, follow=True)
    (key,) = keys_of(KeyOwner("merchant", bakery.view.id))
    assert again.redirect_chain[-1][0] == reverse("till-key", args=[key.id])
    assert "made a moment ago" in text_of(again)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": "  "}, "api_key_name_not_usable"),
        ({"mode": "both"}, "api_key_mode_unknown"),
        ({"scopes": []}, "api_key_scope_unknown"),
        ({"scopes": ["transfers:write"]}, "api_key_scope_unknown"),
        ({"addresses": "0.0.0.0/0"}, "api_key_address_not_usable"),
        ({"addresses": "the office"}, "api_key_address_not_usable"),
    ],
)
def test_a_form_that_makes_no_sense_says_so_and_keeps_what_was_typed(
    bakery: Shop, wrong: dict[str, object], code: str
) -> None:
    answer_ = bakery.owner.post(reverse("till-key-new"), typed(mode="live") | wrong)
    assert answer_.status_code == 422
    assert code in text_of(answer_)
    if "addresses" in wrong:
        assert str(wrong["addresses"]) in answer_.content.decode()
    assert keys_of(KeyOwner("merchant", bakery.view.id)) == []


def test_making_a_key_and_sending_again_ask_for_a_fresh_proof_first() -> None:
    shop = a_shop()
    request = a_logged_request(a_key(shop))
    for method, page in (
        ("get", reverse("till-key-new")),
        ("post", reverse("till-key-new")),
        ("post", reverse("till-request-again", args=[request.id])),
    ):
        led = getattr(shop.owner, method)(page, typed())
        assert led.status_code == 302
        assert led.url.startswith("/step-up/")


def test_reading_makes_no_twin(bakery: Shop) -> None:
    for page in ("till-keys", "till-requests", "till-key-new"):
        assert bakery.owner.get(reverse(page)).status_code == 200
    assert twin_of(bakery.view.id) is None


def test_a_revoked_key_stands_below_with_the_others_that_ended(bakery: Shop) -> None:
    key = a_key(bakery)
    for _ in range(2):
        assert bakery.owner.post(reverse("till-key-revoke", args=[key.id])).status_code == 302
    (shown,) = keys_of(key.owner)
    assert shown.standing == "revoked"
    listed = bakery.owner.get(reverse("till-keys")).content.decode()
    assert listed.index("No longer in use") < listed.index(key.shown)
    assert (
        reverse("till-key-revoke", args=[key.id])
        not in bakery.owner.get(reverse("till-key", args=[key.id])).content.decode()
    )


# ---- whose ----


def test_another_shops_keys_and_requests_are_not_there(bakery: Shop) -> None:
    other = a_shop("南门书店", "South Gate Books")
    key = a_key(other)
    request = a_logged_request(key)
    assert bakery.owner.get(reverse("till-key", args=[key.id])).status_code == 404
    assert bakery.owner.post(reverse("till-key-revoke", args=[key.id])).status_code == 404
    assert bakery.owner.get(reverse("till-request", args=[request.id])).status_code == 404
    assert bakery.owner.post(reverse("till-request-again", args=[request.id])).status_code == 404
    assert str(request.id) not in bakery.owner.get(reverse("till-requests")).content.decode()
    assert keys_of(key.owner)[0].standing == "live"


def test_a_cashier_is_told_that_this_is_the_owners(bakery: Shop) -> None:
    key = a_key(bakery)
    for page in (
        reverse("till-keys"),
        reverse("till-key", args=[key.id]),
        reverse("till-requests"),
        reverse("till-key-new"),
    ):
        assert bakery.cashier.get(page).status_code == 403


# ---- requests ----


def test_requests_are_found_by_path_key_code_id_and_kind(bakery: Shop) -> None:
    key = a_key(bakery)
    sale = a_logged_request(key)
    refused = a_logged_request(
        key, path="/v1/payments", status=409, code="not_enough_money", idempotency_key="sale-1002"
    )
    read = a_logged_request(key, method="GET", path="/v1/events", idempotency_key="", request_body="")
    for query, found in {
        "text=orders": {sale},
        "text=sale-1002": {refused},
        "text=not_enough": {refused},
        f"text={read.id}": {read},
        "status=4": {refused},
        "method=GET": {read},
        "mode=test": set(),
        "status=9&method=TRACE&mode=x": {sale, refused, read},
        "text=%00%27%20OR%201=1--": set(),
    }.items():
        page = bakery.owner.get(f"{reverse('till-requests')}?{query}").content.decode()
        assert {one for one in (sale, refused, read) if str(one.id) in page} == found, query


def test_older_requests_are_one_link_away(bakery: Shop) -> None:
    key, moment = a_key(bakery), now()
    for number in range(53):
        a_logged_request(key, at=moment - timedelta(minutes=53 - number), idempotency_key=f"sale-{number}")
    first = bakery.owner.get(reverse("till-requests"))
    older = re.search(r'href="(\?[^"]*before=[^"]+)"', first.content.decode())
    assert older is not None
    second = bakery.owner.get(reverse("till-requests") + older[1].replace("&amp;", "&")).content.decode()
    assert second.count('class="item two"') == 3


def test_what_was_asked_and_answered_is_shown_as_text(bakery: Shop) -> None:
    request = a_logged_request(a_key(bakery), request_body='{"reference":"<script>alert(1)</script>"}')
    page = bakery.owner.get(reverse("till-request", args=[request.id])).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "sale-1001" in page


# ---- sending again ----


@pytest.fixture
def api(settings: object) -> Iterator[MoodyApi]:
    """In the place of the API's door: what arrives there is what the page sent."""
    replay = answer(201, {"id": "01a4", "state": "waiting"}, idempotent_replayed="true", request_id="01c6")
    with moody_api(replay) as running:
        settings.API_URL = running.url  # type: ignore[attr-defined]
        yield running


def send_again(browser: Client, request: RequestRecord) -> object:
    return browser.post(reverse("till-request-again", args=[request.id]))


def test_a_request_goes_out_again_byte_for_byte_under_its_own_key(bakery: Shop, api: MoodyApi) -> None:
    request = a_logged_request(a_key(bakery))
    shown = send_again(bakery.owner, request)
    (one,) = api.heard
    assert (one.method, one.target, one.body.decode()) == ("POST", "/v1/orders", BODY)
    assert one.headers["idempotency-key"] == "sale-1001"
    assert one.headers["authorization"].startswith("Bearer wdk_again_")
    assert "nothing was done anew" in text_of(shown)


def test_an_api_that_says_nothing_is_said_to_say_nothing(bakery: Shop, api: MoodyApi) -> None:
    api.moods[:] = [hang_up]
    shown = send_again(bakery.owner, a_logged_request(a_key(bakery)))
    assert shown.status_code == 503  # type: ignore[attr-defined]
    assert "api_not_reached" in text_of(shown)


def test_what_cannot_be_repeated_safely_is_not_sent(bakery: Shop, api: MoodyApi) -> None:
    key, ended = a_key(bakery), a_key(bakery, "Old till")
    bakery.owner.post(reverse("till-key-revoke", args=[ended.id]))
    for request, code in (
        (a_logged_request(key, whole=False), "request_not_whole"),
        (a_logged_request(key, idempotency_key=""), "request_not_repeatable"),
        (a_logged_request(key, at=now() - timedelta(days=7)), "request_too_old"),
        (a_logged_request(ended), "request_key_ended"),
    ):
        shown = send_again(bakery.owner, request)
        assert shown.status_code == 409  # type: ignore[attr-defined]
        assert code in text_of(shown)
        assert logged_request(KeyOwner("merchant", bakery.view.id), request.id)
    assert api.heard == []
