"""The lane: who waits together pays together, nobody waits for nothing, and everybody hears what happened to their own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import OperationalError
from psycopg.errors import DiskFull

from tests.databases import FreshDatabase
from tests.factories.holding import an_agreement
from tests.factories.money import a_payer, a_shop, an_order, books_are_true, has, to_pay
from walletdesk.doors.rest_api import lane as lanes
from walletdesk.doors.rest_api.lane import AtOnce, Lane
from walletdesk.doors.rest_api.lanes import Lanes, ShopWish, in_a_lane
from walletdesk.doors.rest_api.refusals import NotNow
from walletdesk.foundation.clock.public import uuid7
from walletdesk.money.payments.models import Payment
from walletdesk.money.payments.public import OutcomeUnknown, Paid, Refused, pay_many
from walletdesk.money.payments.services import pay_many as pay_many_module


class Counting:
    """A verb that notes its batches; ``gate`` holds the first of them until it is opened."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.gate, self.begun = threading.Event(), threading.Event()

    def __call__(self, intents: Sequence[int]) -> list[int]:
        first = not self.batches
        self.batches.append(list(intents))
        self.begun.set()
        if first:
            assert self.gate.wait(20)
        return [-intent for intent in intents]


def run(story: Callable[[Lane[int, int]], Awaitable[None]], verb: Callable[[Sequence[int]], Sequence[int]]) -> None:
    async def told() -> None:
        lane = Lane(verb)
        try:
            await story(lane)
        finally:
            await asyncio.to_thread(lane.stop)

    asyncio.run(told())


async def begun(verb: Counting) -> None:
    assert await asyncio.to_thread(verb.begun.wait, 20)


def test_who_comes_while_a_batch_is_committed_is_the_next_batch() -> None:
    verb = Counting()

    async def story(lane: Lane[int, int]) -> None:
        first = asyncio.create_task(lane.do(1))
        await begun(verb)
        others = [asyncio.create_task(lane.do(number)) for number in range(2, 100)]
        await asyncio.sleep(0)
        verb.gate.set()
        assert await first == -1
        assert await asyncio.gather(*others) == [-number for number in range(2, 100)]

    run(story, verb)
    assert verb.batches == [[1], list(range(2, 100))]


def test_at_most_so_many_go_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "MOST_AT_ONCE", 40)
    verb = Counting()

    async def story(lane: Lane[int, int]) -> None:
        tasks = [asyncio.create_task(lane.do(0))]
        await begun(verb)
        tasks += [asyncio.create_task(lane.do(number)) for number in range(1, 101)]
        await asyncio.sleep(0)
        verb.gate.set()
        await asyncio.gather(*tasks)

    run(story, verb)
    assert [len(batch) for batch in verb.batches] == [1, 40, 40, 20]


def test_a_batch_that_hangs_is_unknown_to_those_in_it_and_not_done_for_those_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lanes, "LOOKED_AFTER_EVERY", 0.05)
    verb = Counting()

    async def story(lane: Lane[int, int]) -> None:
        inside = asyncio.create_task(lane.do(1))
        await begun(verb)
        monkeypatch.setattr(lanes, "PATIENCE", 0.0)
        behind = asyncio.create_task(lane.do(2))
        with pytest.raises(OutcomeUnknown):
            await inside
        with pytest.raises(NotNow):
            await behind
        verb.gate.set()
        monkeypatch.setattr(lanes, "PATIENCE", 20.0)
        assert await lane.do(3) == -3

    run(story, verb)
    assert verb.batches == [[1], [3]]


class Hanging:
    """A verb whose every batch hangs until its ``gate`` is opened; ``begun`` says that one has come so far."""

    def __init__(self) -> None:
        self.gates, self.begun = [threading.Event(), threading.Event()], [threading.Event(), threading.Event()]

    def __call__(self, intents: Sequence[int]) -> list[int]:
        number = intents[0]
        self.begun[number].set()
        assert self.gates[number].wait(20)
        return list(intents)


@dataclass
class Clock:
    seconds: float = 0.0

    def monotonic(self) -> float:
        return self.seconds


def test_nobody_waits_longer_than_promised_whatever_was_in_front_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """By their own clock: who waited for another batch is told 15 s after they asked, not 15 s after their batch began."""
    clock, verb = Clock(), Hanging()
    monkeypatch.setattr(lanes, "time", clock)
    monkeypatch.setattr(lanes, "LOOKED_AFTER_EVERY", 0.01)

    async def story() -> None:
        lane = Lane(verb)
        first = asyncio.create_task(lane.do(0))
        assert await asyncio.to_thread(verb.begun[0].wait, 20)
        behind = asyncio.create_task(lane.do(1))
        await asyncio.sleep(0)
        clock.seconds = 10.0
        verb.gates[0].set()
        assert await first == 0
        assert await asyncio.to_thread(verb.begun[1].wait, 20)
        clock.seconds = 15.0
        with pytest.raises(OutcomeUnknown):
            async with asyncio.timeout(10):
                await behind
        verb.gates[1].set()
        await asyncio.to_thread(lane.stop)

    asyncio.run(story())


def test_a_caller_who_has_left_fails_nobody() -> None:
    verb = Counting()

    async def story(lane: Lane[int, int]) -> None:
        gone = asyncio.create_task(lane.do(1))
        await begun(verb)
        there = asyncio.create_task(lane.do(2))
        await asyncio.sleep(0)
        gone.cancel()
        verb.gate.set()
        assert await there == -2

    run(story, verb)


def test_what_fails_as_a_whole_fails_for_all_and_the_lane_goes_on() -> None:
    class Broken(RuntimeError):
        pass

    def verb(intents: Sequence[int]) -> list[int]:
        if 13 in intents:
            raise Broken
        return list(intents)

    async def story(lane: Lane[int, int]) -> None:
        with pytest.raises(Broken):
            await lane.do(13)
        assert await lane.do(14) == 14

    run(story, verb)


def test_what_was_accepted_is_done_before_the_end() -> None:
    verb = Counting()
    verb.gate.set()

    async def story() -> list[int]:
        lane = Lane(verb)
        tasks = [asyncio.create_task(lane.do(number)) for number in range(50)]
        await asyncio.sleep(0)
        await asyncio.to_thread(lane.stop)
        return list(await asyncio.gather(*tasks))

    assert asyncio.run(story()) == [-number for number in range(50)]


def test_payments_of_many_are_made_together_and_each_hears_of_its_own(fresh_database: FreshDatabase) -> None:
    shop, rich, poor = a_shop(), a_payer(1_000), a_payer(1)
    good = [to_pay(rich, an_order(shop, 1)) for _ in range(20)]
    bad = to_pay(poor, an_order(shop, 2))

    async def story() -> tuple[list[object], object]:
        lane = Lane(pay_many)
        answers = await asyncio.gather(*(lane.do(intent) for intent in [*good, bad]))
        again = await lane.do(good[0])
        await asyncio.to_thread(lane.stop)
        return list(answers), again

    answers, again = asyncio.run(story())
    assert all(isinstance(answer, Paid) for answer in answers[:-1])
    assert isinstance(answers[-1], Refused)
    assert answers[-1].refusal.code == "not_enough_money"
    first = answers[0]
    assert isinstance(first, Paid)
    assert isinstance(again, Paid)
    assert (again.replayed, again.body) == (True, first.body)
    assert (Payment.objects.count(), has(rich), has(poor)) == (20, "980.00", "1.00")
    assert books_are_true()


def test_a_full_disk_in_a_later_round_is_told_to_those_in_it_alone(
    fresh_database: FreshDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two want one order: the second follows in a transaction of its own, which finds no room to write."""
    anna, bert = a_payer(100), a_payer(100)
    asked, room, written = an_order(a_shop(), 10), pay_many_module.ledger.post_many, 0

    def once(entries: Any) -> Any:
        nonlocal written
        written += 1
        if written > 1:
            raise OperationalError("no space left on device") from DiskFull()
        return room(entries)

    monkeypatch.setattr(pay_many_module.ledger, "post_many", once)
    monkeypatch.setattr(pay_many_module, "ask_order", lambda intent, counter: None)  # else it is refused, being paid

    async def story() -> list[Any]:
        lane = Lane(pay_many)
        answers = await asyncio.gather(*(lane.do(to_pay(one, asked)) for one in (anna, bert)), return_exceptions=True)
        await asyncio.to_thread(lane.stop)
        return answers

    first, second = asyncio.run(story())
    assert isinstance(first, Paid), first
    assert isinstance(second, Refused) and second.refusal.code == "payment_not_done"
    assert (Payment.objects.count(), has(anna), has(bert)) == (1, "90.00", "100.00")
    assert books_are_true()


def test_without_a_lane_the_same_is_done_at_once(db: None) -> None:
    shop, anna = a_shop(), a_payer(10)
    paid = asyncio.run(_without_a_loop(to_pay(anna, an_order(shop, 1))))
    assert isinstance(paid, Paid)
    assert has(anna) == "9.00"


async def _without_a_loop(intent: object) -> object:
    from walletdesk.doors.rest_api.threads import as_if_no_loop

    return await AtOnce(as_if_no_loop(pay_many)).do(intent)  # type: ignore[arg-type]


def test_as_long_as_postgresql_is_away_nothing_is_begun_and_everybody_is_told_so() -> None:
    def away() -> None:
        raise OperationalError("connection refused")

    verb = Counting()

    async def story() -> None:
        lane = Lane(verb, connect=away)
        for number in range(3):
            with pytest.raises(NotNow) as refused:
                await lane.do(number)
            assert (refused.value.status, refused.value.code) == (503, "not_now")
        await asyncio.to_thread(lane.stop)

    asyncio.run(story())
    assert verb.batches == []


def test_who_waits_for_a_connection_too_long_is_refused_and_never_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "CONNECT_PATIENCE", 0.0)
    monkeypatch.setattr(lanes, "LOOKED_AFTER_EVERY", 0.05)
    verb, waiting, there = Counting(), threading.Event(), threading.Event()
    verb.gate.set()

    def slowly() -> None:
        waiting.set()
        assert there.wait(20)

    async def story() -> None:
        lane = Lane(verb, connect=slowly)
        first = asyncio.create_task(lane.do(1))
        assert await asyncio.to_thread(waiting.wait, 20)
        behind = asyncio.create_task(lane.do(2))
        for refused in (first, behind):
            with pytest.raises(NotNow):
                await refused
        there.set()
        monkeypatch.setattr(lanes, "CONNECT_PATIENCE", 20.0)
        assert await lane.do(3) == -3
        await asyncio.to_thread(lane.stop)

    asyncio.run(story())
    assert verb.batches == [[3]]


def test_a_shop_pays_by_its_own_agreements_only(fresh_database: FreshDatabase) -> None:
    shop, other, anna = a_shop(), a_shop(), a_payer(100)
    mine = an_agreement(anna, shop)
    order, theirs = an_order(shop), an_order(other)

    async def story() -> list[object]:
        ways = Lanes(in_a_lane)
        wishes = [
            ShopWish("one", order.id, mine.id, shop.id),
            ShopWish("two", theirs.id, mine.id, other.id),
            ShopWish("three", theirs.id, uuid7(), other.id),
        ]
        answers = await asyncio.gather(*(ways.pay.do(wish) for wish in wishes))
        await asyncio.to_thread(ways.stop)
        return list(answers)

    paid, foreign, none = asyncio.run(story())
    assert isinstance(paid, Paid)
    assert isinstance(foreign, Refused) and foreign.refusal.code == "agreement_not_found"
    assert isinstance(none, Refused) and none.refusal.code == "agreement_not_found"
    assert Payment.objects.count() == 1
    assert books_are_true()
