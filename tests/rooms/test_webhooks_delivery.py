"""What becomes of a webhook whose receiver is down, hangs, redirects, asks for patience or has gone. Time is simulated."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from tests.factories import money
from tests.factories.webhooks import a_line, a_listener, carrying, everything_is_written, log_of
from tests.fakes.webhook_receiver import HANG, Heard, Receiver, Says, receiver
from walletdesk.foundation.clock.public import at, now
from walletdesk.money.merchants.public import MerchantView
from walletdesk.service.notifications.public import notices
from walletdesk.service.webhooks.models import Delivery, Endpoint
from walletdesk.service.webhooks.ports import Answer
from walletdesk.service.webhooks.public import change_endpoint, endpoint, events_of, send_due_webhooks, send_test
from walletdesk.service.webhooks.rules.patience import PAUSES, TRIES
from walletdesk.service.webhooks.services.claim_letters import EACH, EACH_OWNER, claim_letters, take_back_lost
from walletdesk.service.webhooks.services.give_up_late import give_up_late
from walletdesk.service.webhooks.services.note_answers import note_answers
from walletdesk.service.webhooks.services.purge_events import purge_events

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> MerchantView:
    return money.a_shop()


@pytest.fixture
def there() -> Iterator[Receiver]:
    with a_line() as line:
        yield line


def sent_at(moment: datetime) -> int:
    with at(moment):
        return send_due_webhooks()


def references(heard: list[Heard]) -> list[str]:
    return [json.loads(one.body)["object"].get("reference") for one in heard]


def test_a_receiver_that_is_down_is_tried_ten_times_in_three_days_and_its_owner_is_told(
    shop: MerchantView, there: Receiver
) -> None:
    made, _ = a_listener(shop, there)
    there.answers = [Says(500)]
    send_test(made.owner, made.id)
    began = moment = now()
    for tries in range(1, TRIES + 1):
        assert sent_at(moment) == 1, f"try {tries}"
        assert sent_at(moment + timedelta(seconds=1)) == 0
        moment += timedelta(seconds=PAUSES[tries - 1] + 1) if tries < TRIES else timedelta()
    assert moment - began < timedelta(days=3)
    (lost,) = log_of(made)
    assert (lost.state, lost.tries, len(lost.attempts)) == ("given_up", TRIES, TRIES)
    assert [one.number for one in lost.attempts] == list(range(1, TRIES + 1))
    (told,) = notices("merchant", shop.id)
    assert (told.kind, told.link) == ("webhook_given_up", f"/till/webhooks/{made.id}/")
    assert len({one.headers["webhook-id"] for one in there.heard}) == 1
    assert len({one.headers["webhook-timestamp"] for one in there.heard}) == TRIES


def test_a_receiver_that_comes_back_gets_what_it_missed(shop: MerchantView, there: Receiver) -> None:
    made, _ = a_listener(shop, there)
    there.answers = [Says(503), Says(200)]
    send_test(made.owner, made.id)
    send_due_webhooks()
    assert log_of(made)[0].state == "waiting"
    sent_at(now() + timedelta(seconds=6))
    (done,) = log_of(made)
    assert (done.state, [one.status for one in done.attempts]) == ("delivered", [503, 200])
    assert endpoint(made.owner, made.id).failures == 0


def test_a_redirect_is_a_failure_and_is_not_followed(shop: MerchantView, there: Receiver) -> None:
    made, _ = a_listener(shop, there)
    there.answers = [Says(302, {"Location": "/elsewhere"})]
    send_test(made.owner, made.id)
    send_due_webhooks()
    assert [one.path for one in there.heard] == ["/hook"]
    assert log_of(made)[0].state == "waiting"


def test_silence_is_a_failure(shop: MerchantView) -> None:
    with a_line(0.3) as there:
        made, _ = a_listener(shop, there)
        there.answers = [Says(how=HANG)]
        send_test(made.owner, made.id)
        send_due_webhooks()
    (waits,) = log_of(made)
    assert (waits.state, waits.attempts[0].ended, waits.attempts[0].status) == ("waiting", "timed_out", None)


def test_410_of_an_address_that_was_replaced_says_nothing_of_the_new_one(shop: MerchantView, there: Receiver) -> None:
    made, _ = a_listener(shop, there)
    send_test(made.owner, made.id)
    (letter,) = claim_letters(5)
    change_endpoint(made.owner, made.id, address=f"{there.url}new")
    note_answers([(letter, Answer("answered", 410, "", "", 5))])
    assert endpoint(made.owner, made.id).state == "enabled"


def test_410_switches_the_endpoint_off_and_what_it_is_owed_waits(shop: MerchantView, there: Receiver) -> None:
    made, _ = a_listener(shop, there)
    there.answers = [Says(410), Says(200)]
    send_test(made.owner, made.id)
    send_due_webhooks()
    money.an_order(shop)
    everything_is_written()
    assert send_due_webhooks() == 0
    gone = endpoint(made.owner, made.id)
    assert (gone.state, gone.disabled_because) == ("disabled", "gone")
    assert [one.state for one in log_of(made)] == ["given_up"]
    assert [one.kind for one in notices("merchant", shop.id)] == ["webhook_gone"]
    assert len(events_of(made.owner)) == 1, "the feed has it"
    change_endpoint(made.owner, made.id, enabled=True)
    money.an_order(shop)
    everything_is_written()
    assert send_due_webhooks() == 1


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_honoured_for_the_whole_endpoint(shop: MerchantView, there: Receiver, status: int) -> None:
    made, _ = a_listener(shop, there)
    there.answers = [Says(status, {"Retry-After": "600"}), Says(200)]
    send_test(made.owner, made.id)
    moment = now()
    assert sent_at(moment) == 1
    money.an_order(shop)
    everything_is_written()
    assert sent_at(moment + timedelta(seconds=599)) == 0
    assert endpoint(made.owner, made.id).rests_until is not None
    sent_at(moment + timedelta(seconds=601))
    assert {one.state for one in log_of(made)} == {"delivered"}


def test_events_of_one_order_never_overtake_each_other(shop: MerchantView, there: Receiver) -> None:
    from walletdesk.money.payments.public import cancel_order

    a_listener(shop, there)
    there.choose = lambda heard: Says(500 if len(there.heard) == 1 else 200)
    order = money.an_order(shop, reference="FIRST")
    everything_is_written()
    moment = now()
    assert sent_at(moment) == 1
    cancel_order(order.id, shop.id)
    other = money.an_order(shop, reference="OTHER")
    everything_is_written()
    assert sent_at(moment + timedelta(seconds=1)) == 1, "the other order is not held up"
    assert references(there.heard) == ["FIRST", "OTHER"]
    assert other.order_reference == "OTHER"
    sent_at(moment + timedelta(seconds=6))
    told = [(json.loads(one.body)["type"], json.loads(one.body)["object"]["reference"]) for one in there.heard]
    assert told == [
        ("order.created", "FIRST"),
        ("order.created", "OTHER"),
        ("order.created", "FIRST"),
        ("order.cancelled", "FIRST"),
    ]


def test_only_a_few_letters_at_a_time_go_to_one_endpoint_and_one_while_it_fails(
    shop: MerchantView, there: Receiver
) -> None:
    a_listener(shop, there)
    for _ in range(EACH + 5):
        money.an_order(shop)
    everything_is_written()
    assert len(claim_letters(100)) == EACH
    assert claim_letters(100) == [], "all its places are taken"
    Delivery.objects.update(state="waiting")
    Endpoint.objects.update(failures=1)
    assert len(claim_letters(100)) == 1


def test_a_shop_with_much_to_hear_takes_nobodys_turn(there: Receiver) -> None:
    busy, quiet = money.a_shop(), money.a_shop()
    for shop in (busy, quiet):
        a_listener(shop, there)
    for _ in range(30):
        money.an_order(busy)
    money.an_order(quiet)
    everything_is_written()
    assert len({letter.endpoint_id for letter in claim_letters(100)}) == 2


def test_an_owner_whose_many_endpoints_hang_keeps_nobodys_letters_waiting(there: Receiver) -> None:
    greedy, quiet = money.a_shop(), money.a_shop()
    for _ in range(EACH_OWNER // EACH + 1):
        a_listener(greedy, there)
    for _ in range(EACH):
        money.an_order(greedy)
    everything_is_written()
    hanging = claim_letters(256)
    assert len(hanging) == EACH_OWNER
    assert claim_letters(256) == [], "the rest waits for an answer to one of them"
    a_listener(quiet, there)
    money.an_order(quiet)
    everything_is_written()
    assert len(claim_letters(256)) == 1
    note_answers([(hanging[0], Answer("answered", 200))])
    assert len(claim_letters(256)) == 1, "the greedy one's next"


def test_a_receiver_that_fails_in_a_row_is_left_alone_and_then_tried_with_one_letter(shop: MerchantView) -> None:
    with carrying(), receiver() as there:
        made, _ = a_listener(shop, there)
        there.answers = [Says(500)]
        for _ in range(20):
            money.an_order(shop)
        everything_is_written()
        moment = now()
        assert EACH <= sent_at(moment) <= EACH + 1
        assert endpoint(made.owner, made.id).failures >= EACH
        assert sent_at(moment + timedelta(seconds=1)) == 0, "it rests"
        assert sent_at(moment + timedelta(minutes=6)) == 1, "one letter asks whether it is well again"
        there.answers = [Says(200)]
        assert sent_at(moment + timedelta(minutes=12)) >= 19
        assert {one.state for one in log_of(made)} <= {"delivered", "waiting"}
        sent_at(moment + timedelta(hours=2))
        assert {one.state for one in log_of(made)} == {"delivered"}


def test_a_sender_that_died_with_a_letter_in_hand_leaves_it_to_the_next(shop: MerchantView, there: Receiver) -> None:
    made, _ = a_listener(shop, there)
    send_test(made.owner, made.id)
    assert len(claim_letters(10)) == 1
    assert send_due_webhooks() == 0, "somebody has it"
    with at(now() + timedelta(minutes=3)):
        assert take_back_lost() == 1
        assert send_due_webhooks() == 1
    (done,) = log_of(made)
    assert (done.state, done.tries, [one.number for one in done.attempts]) == ("delivered", 2, [2])


def test_what_an_endpoint_that_was_off_could_not_hear_is_given_up_after_three_days(
    shop: MerchantView, there: Receiver
) -> None:
    made, _ = a_listener(shop, there)
    send_test(made.owner, made.id)
    change_endpoint(made.owner, made.id, enabled=False)
    with at(now() + timedelta(days=2, hours=23)):
        assert give_up_late() == 0
    with at(now() + timedelta(days=3, seconds=1)):
        assert give_up_late() == 1
    assert log_of(made)[0].state == "given_up"


def test_nothing_leaves_unsigned_where_the_secret_cannot_be_opened(shop: MerchantView, there: Receiver) -> None:
    made, _ = a_listener(shop, there)
    other, _ = a_listener(money.a_shop(), there)
    Endpoint.objects.filter(id=made.id).update(sealed_secret=Endpoint.objects.get(id=other.id).sealed_secret)
    send_test(made.owner, made.id)
    send_due_webhooks()
    assert there.heard == []
    assert log_of(made)[0].attempts[0].ended == "not_allowed"


def test_events_go_after_thirty_days_and_never_while_they_are_owed(shop: MerchantView, there: Receiver) -> None:
    made, _ = a_listener(shop, there)
    with at(now() - timedelta(days=31)):
        send_test(made.owner, made.id)
        send_due_webhooks()
        owed = send_test(made.owner, made.id)
    assert purge_events() == 1
    assert [one.id for one in log_of(made)] == [owed.id]
