"""R15: a receiver that is down, hangs, redirects, asks for patience, answers nonsense or has gone. Of everything that happened
nothing is missing in the end, each letter verifies with the reference library, and events of one order never overtake.

Time is simulated, the line is real: for days the receiver misbehaves by chance in every listed way. Small: 50 events;
``bin/soak``: 100,000.
"""

from __future__ import annotations

import json
import random
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Min
from standardwebhooks import Webhook

from tests.factories import money
from tests.factories.webhooks import a_listener, carrying, everything_is_written, headers_of, owner_of
from tests.fakes.webhook_receiver import CLOSE, GARBAGE, HANG, Heard, Receiver, Says, receiver
from tests.faults.rounds import SOAK_MINUTES, Progress, rounds, size
from walletdesk.foundation.clock.public import at, now
from walletdesk.money.merchants.public import MerchantView
from walletdesk.money.payments.public import OrderRequest, cancel_order, create_orders
from walletdesk.service.webhooks.models import Delivery, Endpoint
from walletdesk.service.webhooks.public import (
    EventView,
    change_endpoint,
    endpoint,
    events_of,
    keep_sending,
    replay,
    send_due_webhooks,
)
from walletdesk.service.webhooks.services.claim_letters import claim_letters
from walletdesk.service.webhooks.services.give_up_late import give_up_late

EVENTS = size(50, 100_000)
TROUBLED = 0.15 if SOAK_MINUTES else 0.4
"""How often an answer is a bad one: in the long size a failing endpoint gets one letter at a time for days."""
PATIENCE = 0.3
WAVE = 2_000
"""So many events happen before the receiver's next days; a hundred thousand at once would be another test."""
EVENTS_OF_AN_ORDER = 2

GOOD = Says(204, body=b"")
TROUBLES: tuple[Says, ...] = (
    Says(500),
    Says(503, {"Retry-After": "10"}),
    Says(429, {"Retry-After": "5"}),
    Says(302, {"Location": "http://127.0.0.1:1/elsewhere"}),
    Says(404),
    Says(how=HANG),
    Says(how=CLOSE),
    Says(how=GARBAGE),
)


class SimulatedClock:
    """The one moment that both sides live in: the reference library looks at it as if it were its machine's clock."""

    def __init__(self) -> None:
        self.moment = datetime.now(UTC)

    def now(self, tz: tzinfo | None = None) -> datetime:
        return self.moment

    fromtimestamp = staticmethod(datetime.fromtimestamp)


class Moody:
    """Answers well or badly by chance, and keeps what it took: by ``webhook-id``, in the order of the first good answer."""

    def __init__(self, luck: random.Random, secret: str, troubled: float, hangs: int) -> None:
        self._luck, self._judge, self._troubled, self._hangs = luck, Webhook(secret), troubled, hangs
        self.took: dict[str, dict[str, Any]] = {}
        self.letters = self.verified = 0
        self.met: Counter[str] = Counter()

    def __call__(self, heard: Heard) -> Says:
        self.letters += 1
        said = self._judge.verify(heard.body, headers_of(heard))
        self.verified += 1
        if self._luck.random() < self._troubled:
            return self._trouble()
        self.took.setdefault(heard.headers["webhook-id"], said)
        return GOOD

    def is_well(self) -> None:
        self._troubled = 0.0

    def _trouble(self) -> Says:
        chosen = self._luck.choice(TROUBLES)
        if chosen.how == HANG:
            self._hangs -= 1
            chosen = chosen if self._hangs >= 0 else TROUBLES[0]
        self.met[chosen.how or str(chosen.status)] += 1
        return chosen


@pytest.fixture
def house(fresh_database: object) -> Iterator[tuple[MerchantView, Receiver]]:
    with carrying(), receiver() as there:
        yield money.a_shop(), there


@pytest.mark.serial
@pytest.mark.slow_size
def test_nothing_is_missing_in_the_end(house: tuple[MerchantView, Receiver], monkeypatch: pytest.MonkeyPatch) -> None:
    shop, there = house
    clock = SimulatedClock()
    monkeypatch.setattr("standardwebhooks.webhooks.datetime", clock)
    luck = next(iter(rounds("r15", 1)))
    made, secret = a_listener(shop, there)
    moody = Moody(luck, secret, TROUBLED, hangs=20)
    there.choose = moody
    began = now()
    lived, progress = timedelta(0), Progress("r15", EVENTS)
    for before in range(0, EVENTS, WAVE):
        wave = min(WAVE, EVENTS - before)
        with at(clock.moment):
            happen(shop, wave)
        with carrying(PATIENCE):
            lived = max(lived, live_on(made.id, clock))
        progress.done(wave)
    told = _feed(shop)
    given_up = [one for one in log_of_all(made.id) if one.state == "given_up"]
    listed = {str(one.event.id) for one in given_up}
    taken = set(moody.took)
    for one in given_up:
        replay(made.owner, one.id)
    moody.is_well()
    live_on(made.id, clock)
    missing = {str(one.id) for one in told} - set(moody.took)
    print(
        f"r15: {len(told)} events in {lived}, {moody.letters} letters, {moody.verified} verified, {len(given_up)} given up,"
        f" listed and replayed; troubles {dict(moody.met)}; {(now() - began).total_seconds():.0f} s of this machine"
    )
    assert len(told) == EVENTS
    assert not missing
    assert moody.verified == moody.letters
    assert listed == {str(one.id) for one in told} - taken, "what did not arrive is exactly what is listed as given up"
    assert lived < timedelta(days=3, minutes=10)
    assert len(moody.met) >= 5
    in_order(moody, {str(one.matter_id) for one in given_up})


def happen(shop: MerchantView, events: int) -> None:
    """Orders that are made and taken back."""
    for order in create_orders([OrderRequest(shop.id, money.yuan(38))] * (events // EVENTS_OF_AN_ORDER)):
        cancel_order(order.id, shop.id)
    everything_is_written()


def live_on(endpoint_id: UUID, clock: SimulatedClock) -> timedelta:
    """The worker's loop at each moment at which something is due, until nothing waits; how long that was."""
    began = clock.moment = max(clock.moment, now())
    while True:
        with at(clock.moment):
            send_due_webhooks()
            give_up_late()
        if nothing_waits(endpoint_id):
            return clock.moment - began
        clock.moment = next_moment(endpoint_id, clock.moment)


def next_moment(endpoint_id: UUID, moment: datetime) -> datetime:
    """When something can happen again: a try falls due, or the endpoint has rested. (An event whose forerunner waits is due
    all the time.)
    """
    waiting = Delivery.objects.filter(endpoint=endpoint_id, state="waiting", due_at__gt=moment)
    ahead = [waiting.aggregate(due=Min("due_at"))["due"], Endpoint.objects.get(id=endpoint_id).rests_until]
    return min((one for one in ahead if one and one > moment), default=moment) + timedelta(seconds=1)


def in_order(moody: Moody, except_for: set[str]) -> None:
    seen: dict[str, list[str]] = {}
    for said in moody.took.values():
        seen.setdefault(said["object"]["id"], []).append(said["type"])
    assert {tuple(types) for order, types in seen.items() if order not in except_for} == {
        ("order.created", "order.cancelled")
    }


def log_of_all(endpoint_id: UUID) -> list[Delivery]:
    return list(Delivery.objects.filter(endpoint=endpoint_id).select_related("event"))


def nothing_waits(endpoint_id: UUID) -> bool:
    return not Delivery.objects.filter(endpoint=endpoint_id, state__in=("waiting", "sending")).exists()


def _feed(shop: MerchantView) -> list[EventView]:
    found: list[EventView] = []
    while page := events_of(owner_of(shop), 1000, found[-1].number if found else 0):
        found += page
    return found


@pytest.mark.serial
def test_a_sender_is_killed_with_letters_in_hand(house: tuple[MerchantView, Receiver]) -> None:
    """``kill -9`` between the claim and the answer: the letters are due again after their lease, under the same ids."""
    shop, there = house
    made, _ = a_listener(shop, there)
    happen(shop, 10)
    lost = claim_letters(100)  # the one who claimed is gone
    assert len(lost) == 5
    send_due_webhooks()
    assert there.heard == [], "each first event is in the hands of the dead"
    with at(now() + timedelta(minutes=3)):
        send_due_webhooks()
    assert len({one.headers["webhook-id"] for one in there.heard}) == 10
    assert nothing_waits(made.id)


@pytest.mark.serial
def test_410_ends_it_and_the_feed_still_has_everything(house: tuple[MerchantView, Receiver]) -> None:
    shop, there = house
    made, _ = a_listener(shop, there)
    there.answers = [GOOD, Says(410)]
    happen(shop, 10)
    send_due_webhooks()
    assert endpoint(made.owner, made.id).disabled_because == "gone"
    assert len(events_of(owner_of(shop))) == 10
    there.answers = [GOOD]
    change_endpoint(made.owner, made.id, enabled=True)
    send_due_webhooks()
    states = set(Delivery.objects.filter(endpoint=made.id).values_list("state", flat=True))
    assert states == {"delivered", "given_up"}


@pytest.mark.serial
def test_the_worker_sends_beside_a_receiver_that_hangs(house: tuple[MerchantView, Receiver]) -> None:
    """The loop as the worker runs it: one receiver hangs for ever, the other's events arrive meanwhile."""
    shop, slow = house
    slow.answers = [Says(how=HANG)]
    other, arrived, stop = money.a_shop(), threading.Event(), threading.Event()
    with receiver() as quick:
        quick.choose = lambda heard: (arrived.set() if len(quick.heard) >= 4 else None, GOOD)[1]
        a_listener(shop, slow)
        a_listener(other, quick)
        happen(shop, 20)
        happen(other, 4)
        loop = threading.Thread(target=keep_sending, args=(stop,))
        loop.start()
        try:
            assert arrived.wait(20)
        finally:
            stop.set()
            loop.join(20)
    assert [json.loads(one.body)["type"] for one in quick.heard].count("order.cancelled") == 2
    assert not loop.is_alive()
