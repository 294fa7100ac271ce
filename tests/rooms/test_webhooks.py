"""Endpoints of a shop: named, changed, tested, rotated, removed; and what they hear about it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from standardwebhooks import Webhook, WebhookVerificationError

from tests.factories import money
from tests.factories.webhooks import a_line, a_listener, carrying, everything_is_written, headers_of, log_of, owner_of
from tests.fakes.webhook_receiver import Says
from walletdesk.foundation.clock.public import at, now
from walletdesk.service.webhooks import errors
from walletdesk.service.webhooks.models import Attempt, Delivery, Endpoint, Event
from walletdesk.service.webhooks.public import (
    add_endpoint,
    change_endpoint,
    delivery,
    endpoint,
    endpoints_of,
    event,
    events_of,
    payment_shape,
    remove_endpoint,
    replay,
    rotate_secret,
    send_due_webhooks,
    send_test,
)

pytestmark = pytest.mark.django_db


def test_a_sale_arrives_signed_and_says_what_a_get_would_say() -> None:
    shop = money.a_shop()
    with a_line() as there:
        _, secret = a_listener(shop, there)
        paid = money.a_payment(shop=shop)
        everything_is_written()
        assert send_due_webhooks() == 2
        created, captured = sorted(
            there.heard, key=lambda one: str(json.loads(one.body)["type"])
        )  # of two objects, so any order
    said = Webhook(secret).verify(captured.body, headers_of(captured))
    assert (said["type"], said["mode"]) == ("payment.captured", "live")
    assert said["id"] == captured.headers["webhook-id"]
    assert said["object"] == json.loads(json.dumps(payment_shape(money.the_payment(paid.id), "merchant")))
    assert said["object"]["amount"] == {"minor": 3800, "asset": "CNY"}
    assert json.loads(created.body)["type"] == "order.created"
    assert captured.headers["content-type"] == "application/json"


def test_neither_side_reads_what_is_the_others() -> None:
    shop, payer = money.a_shop(), money.a_payer(100)
    with a_line() as there:
        a_listener(shop, there)
        a_listener(payer, there)
        money.a_payment(payer, shop)
        everything_is_written()
    of_shop = [one for one in events_of(owner_of(shop)) if one.type == "payment.captured"]
    of_payer = events_of(owner_of(payer))
    assert str(payer.id) not in of_shop[0].body
    assert payer.name not in of_shop[0].body
    assert "fee" in json.loads(of_shop[0].body)["object"]
    assert [one.type for one in of_payer] == ["payment.captured"]
    assert "fee" not in json.loads(of_payer[0].body)["object"]


def test_a_shop_without_software_costs_no_row() -> None:
    money.a_payment()
    everything_is_written()
    assert not Event.objects.exists()


def test_an_event_is_written_once_however_often_it_is_heard() -> None:
    from walletdesk.money.payments.public import OrderCreated
    from walletdesk.service.webhooks.handlers import on_what_happened

    shop = money.a_shop()
    with a_line() as there:
        a_listener(shop, there)
        order = money.an_order(shop)
        told = OrderCreated(order.id, shop.id, 3800, "CNY", now())
        on_what_happened([told, told])
        on_what_happened([told])
        everything_is_written()
        send_due_webhooks()
    assert len(events_of(owner_of(shop))) == 1
    assert len(there.heard) == 1


def test_an_endpoint_hears_only_what_it_asked_for_and_two_endpoints_hear_apart() -> None:
    shop = money.a_shop()
    with a_line() as there:
        all_of_it, _ = a_listener(shop, there)
        sales, _ = a_listener(shop, there, ("payment.captured",))
        money.a_payment(shop=shop)
        everything_is_written()
        send_due_webhooks()
    assert {one.type for one in log_of(all_of_it)} == {"payment.captured", "order.created"}
    assert [one.type for one in log_of(sales)] == ["payment.captured"]
    assert {one.state for one in (*log_of(all_of_it), *log_of(sales))} == {"delivered"}


def test_the_feed_is_read_in_order_and_page_by_page() -> None:
    shop = money.a_shop()
    with a_line() as there:
        a_listener(shop, there)
        for _ in range(5):
            money.an_order(shop)
        everything_is_written()
    owner = owner_of(shop)
    first = events_of(owner, limit=3)
    rest = events_of(owner, limit=3, after=first[-1].number)
    assert [len(first), len(rest)] == [3, 2]
    assert [one.number for one in first + rest] == sorted(one.number for one in first + rest)
    assert events_of(owner, types=["refund.posted"]) == []
    assert event(owner, first[0].id) == first[0]
    with pytest.raises(errors.EventNotFound):
        event(owner_of(money.a_shop()), first[0].id)


class TestNaming:
    def test_it_is_refused_in_this_order(self) -> None:
        owner = owner_of(money.a_shop())
        with carrying(loopback=False):
            with pytest.raises(errors.WebhookAddressNotUsable) as refused:
                add_endpoint(owner, "http://127.0.0.1/", ("nothing.happened",), "n" * 61)
            assert refused.value.fields == {"why": "scheme"}
            with pytest.raises(errors.EventTypeUnknown):
                add_endpoint(owner, "https://shop.example.com/", ("nothing.happened",), "n" * 61)
            with pytest.raises(errors.WebhookNameNotUsable):
                add_endpoint(owner, "https://shop.example.com/", (), "n" * 61)
            for _ in range(20):
                add_endpoint(owner, "https://shop.example.com/")
            with pytest.raises(errors.TooManyEndpoints):
                add_endpoint(owner, "https://shop.example.com/")

    def test_the_secret_is_shown_once_and_lies_sealed(self) -> None:
        owner = owner_of(money.a_shop())
        with carrying():
            made, secret = add_endpoint(owner, "https://shop.example.com/hook", name="  till\x00  software ")
        row = Endpoint.objects.get(id=made.id)
        assert secret.startswith("whsec_")
        assert secret.removeprefix("whsec_") not in row.sealed_secret
        assert made.name == "till software"
        assert not [name for name in made.__slots__ if "secret" in name and name != "old_secret_until"]

    def test_anothers_endpoint_is_not_found(self) -> None:
        mine, other = owner_of(money.a_shop()), owner_of(money.a_shop())
        with carrying():
            made, _ = add_endpoint(mine, "https://shop.example.com/hook")
            sent = send_test(mine, made.id)
            for verb in (endpoint, rotate_secret, remove_endpoint, send_test):
                with pytest.raises(errors.WebhookNotFound):
                    verb(other, made.id)
            with pytest.raises(errors.WebhookNotFound):
                change_endpoint(other, made.id, enabled=False)
            for look in (delivery, replay):
                with pytest.raises(errors.DeliveryNotFound):
                    look(other, sent.id)
        assert endpoints_of(other) == []


class TestChanging:
    def test_switched_off_it_is_owed_nothing_new_and_what_it_was_owed_waits(self) -> None:
        shop = money.a_shop()
        with a_line() as there:
            made, _ = a_listener(shop, there)
            money.an_order(shop, reference="BEFORE")
            everything_is_written()
            assert change_endpoint(made.owner, made.id, enabled=False).disabled_because == "owner"
            money.an_order(shop, reference="WHILE-OFF")
            everything_is_written()
            assert send_due_webhooks() == 0
            with pytest.raises(errors.WebhookDisabled):
                send_test(made.owner, made.id)
            change_endpoint(made.owner, made.id, enabled=True)
            assert send_due_webhooks() == 1
        assert [json.loads(one.body)["object"]["reference"] for one in there.heard] == ["BEFORE"]
        assert len(events_of(made.owner)) == 2

    def test_its_address_types_and_name(self) -> None:
        owner = owner_of(money.a_shop())
        with carrying():
            made, _ = add_endpoint(owner, "https://shop.example.com/hook")
            changed = change_endpoint(
                owner, made.id, address="https://new.example.com/", types=["case.closed", "order.created"], name="new"
            )
            assert (changed.address, changed.name) == ("https://new.example.com/", "new")
            assert changed.types == ("order.created", "case.closed")
            with pytest.raises(errors.WebhookAddressNotUsable):
                change_endpoint(owner, made.id, address="https://10.0.0.1/")
            assert endpoint(owner, made.id).address == "https://new.example.com/"

    def test_removed_it_hears_nothing_more_and_its_secrets_are_gone(self) -> None:
        shop = money.a_shop()
        with a_line() as there:
            made, _ = a_listener(shop, there)
            money.an_order(shop)
            everything_is_written()
            remove_endpoint(made.owner, made.id)
            assert send_due_webhooks() == 0
        row = Endpoint.objects.get(id=made.id)
        assert (row.sealed_secret, row.sealed_old_secret) == ("", None)
        assert [one.state for one in Delivery.objects.filter(endpoint=row)] == ["given_up"]
        assert endpoints_of(made.owner) == []


class TestRotation:
    """W06: during the overlap either secret verifies; afterwards only the new one."""

    def test_both_secrets_sign_for_a_day(self) -> None:
        shop = money.a_shop()
        with a_line() as there:
            made, old = a_listener(shop, there)
            view, new = rotate_secret(made.owner, made.id)
            assert view.old_secret_until is not None
            send_test(made.owner, made.id)
            send_due_webhooks()
        (heard,) = there.heard
        for secret in (old, new):
            Webhook(secret).verify(heard.body, headers_of(heard))

    def test_after_it_the_old_one_is_worth_nothing(self) -> None:
        shop, began = money.a_shop(), now()
        with a_line() as there:
            with at(began - timedelta(hours=24, seconds=1)):
                made, old = a_listener(shop, there)
                _, new = rotate_secret(made.owner, made.id)
            send_test(made.owner, made.id)
            send_due_webhooks()
        (heard,) = there.heard
        Webhook(new).verify(heard.body, headers_of(heard))
        with pytest.raises(WebhookVerificationError):
            Webhook(old).verify(heard.body, headers_of(heard))
        assert endpoint(made.owner, made.id).old_secret_until is None

    def test_a_third_secret_waits_until_the_first_has_ended(self) -> None:
        owner = owner_of(money.a_shop())
        with carrying():
            made, _ = add_endpoint(owner, "https://shop.example.com/hook")
            rotate_secret(owner, made.id)
            with pytest.raises(errors.RotatedJustNow):
                rotate_secret(owner, made.id)
            with at(now() + timedelta(hours=24, seconds=1)):
                rotate_secret(owner, made.id)


class TestTheTestButton:
    def test_it_sends_one_event_that_is_no_part_of_the_feed(self) -> None:
        shop = money.a_shop()
        with a_line() as there:
            made, secret = a_listener(shop, there, ("refund.posted",))
            sent = send_test(made.owner, made.id)
            send_due_webhooks()
        said = Webhook(secret).verify(there.heard[0].body, headers_of(there.heard[0]))
        assert (said["type"], said["object"]["webhook_id"]) == ("webhook.test", str(made.id))
        assert events_of(made.owner) == []
        done = delivery(made.owner, sent.id)
        assert (done.state, done.attempts[0].status, done.attempts[0].words) == ("delivered", 200, "thank you")


class TestReplay:
    def test_the_same_event_under_the_same_id_once_more(self) -> None:
        shop = money.a_shop()
        with a_line() as there:
            made, _ = a_listener(shop, there)
            sent = send_test(made.owner, made.id)
            with pytest.raises(errors.StillOnItsWay):
                replay(made.owner, sent.id)
            send_due_webhooks()
            again = replay(made.owner, sent.id)
            with pytest.raises(errors.StillOnItsWay):
                replay(made.owner, sent.id)
            send_due_webhooks()
        first, second = there.heard
        assert first.body == second.body
        assert first.headers["webhook-id"] == second.headers["webhook-id"]
        assert (again.replay_of, delivery(made.owner, again.id).state) == (sent.id, "delivered")

    def test_not_to_an_endpoint_that_is_off(self) -> None:
        shop = money.a_shop()
        with a_line() as there:
            made, _ = a_listener(shop, there)
            sent = send_test(made.owner, made.id)
            send_due_webhooks()
            change_endpoint(made.owner, made.id, enabled=False)
            with pytest.raises(errors.WebhookDisabled):
                replay(made.owner, sent.id)


class TestTheDatabaseSaysItToo:
    @pytest.fixture
    def sent(self) -> Delivery:
        shop = money.a_shop()
        with a_line() as there:
            made, _ = a_listener(shop, there)
            sent = send_test(made.owner, made.id)
            send_due_webhooks()
        return Delivery.objects.select_related("event", "endpoint").get(id=sent.id)

    def test_what_was_said_does_not_change(self, sent: Delivery) -> None:
        for change in (
            lambda: Event.objects.filter(number=sent.event_id).update(body="{}"),
            lambda: Attempt.objects.filter(delivery=sent).update(status=500),
            lambda: Delivery.objects.filter(id=sent.id).update(state="waiting", ended_at=None),
            lambda: Delivery.objects.filter(id=sent.id).update(matter_id=sent.id),
            lambda: Endpoint.objects.filter(id=sent.endpoint_id).update(owner_id=sent.id),
            lambda: Endpoint.objects.filter(id=sent.endpoint_id).delete(),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()

    def test_what_is_owed_is_not_taken_out(self, sent: Delivery) -> None:
        owed = replay(owner_of_row(sent.endpoint), sent.id)
        with pytest.raises(DatabaseError), transaction.atomic():
            Delivery.objects.filter(id=owed.id).delete()


def owner_of_row(row: Endpoint):
    from walletdesk.service.webhooks.public import Owner

    return Owner(row.owner_kind, row.owner_id)


def test_a_receiver_may_say_anything() -> None:
    shop = money.a_shop()
    with a_line() as there:
        there.answers = [Says(500, body=b"<script>alert(1)</script>\x00" * 1000)]
        made, _ = a_listener(shop, there)
        sent = send_test(made.owner, made.id)
        send_due_webhooks()
    tried = delivery(made.owner, sent.id)
    assert tried.state == "waiting"
    assert len(tried.attempts[0].words) == 500
