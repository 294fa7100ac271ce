"""How often somebody may ask is counted once for all processes: what several of them give out together is the quota."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection

from tests.databases import FreshDatabase
from tests.factories.api import Answered, Api, a_key_of
from tests.factories.money import a_shop
from walletdesk.doors.rest_api import shares as module
from walletdesk.doors.rest_api.buckets import Rate
from walletdesk.doors.rest_api.refusals import TooOften
from walletdesk.doors.rest_api.shares import Shares
from walletdesk.doors.rest_api.threads import AtOnce
from walletdesk.trust.api_keys.services.take_shares import Quota, ShareWish, purge_quotas, take_shares

HOUR = Rate(100, 3600)
QUOTA = Quota("key 100/3600", 100, 3600, 10)


class Process:
    """One process of the house, on a clock of its own."""

    def __init__(self, rate: Rate = HOUR) -> None:
        self.moment = 1_000.0
        self.shares = Shares("key", rate, AtOnce(), lambda: self.moment)

    def asks(self, times: int = 1, who: str = "till") -> int:
        """How many of them were let in."""

        async def ask() -> int:
            return sum([await self._let_in(who) for _ in range(times)])

        return asyncio.run(ask())

    def left(self, who: str = "till") -> int:
        (_, (_, text)) = self.shares.headers_when_empty(who)
        return int(text.partition(b"r=")[2].partition(b";")[0])

    async def _let_in(self, who: str) -> bool:
        try:
            if self.shares.at_once(who) is None:
                await self.shares.take(who)
        except TooOften:
            return False
        return True


@pytest.mark.django_db
def test_four_processes_let_in_one_quota_together() -> None:
    house = [Process() for _ in range(4)]
    let_in = sum(process.asks(10) for _ in range(20) for process in house)
    assert 100 - 4 * 5 <= let_in <= 100, "never more than the quota; less by what lies unused in shares"
    assert all(process.asks(1, who="another") for process in house)


@pytest.mark.django_db
def test_one_process_alone_lets_in_all_of_it_and_says_truly_what_is_left() -> None:
    one = Process()
    for already in range(100):
        assert one.asks() == 1
        assert one.left() in (99 - already, 100 - already)
    assert one.asks(50) == 0 and one.left() == 0


@pytest.mark.django_db
def test_what_is_said_to_be_left_is_true_soon_after_a_pause_wherever_it_was_spent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "GATHERED_SECONDS", 0.01)
    one, other = Process(), Process()
    one.asks(1)
    other.asks(60)
    one.moment += 1.1

    async def story() -> None:
        assert one.shares.at_once("till"), "the share that is here is good"
        while one.left() > 40:
            await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(story(), 20))


@pytest.mark.django_db
def test_the_counts_of_many_who_ask_often_are_asked_for_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GATHERED_SECONDS", 0.01)
    asked: list[list[str]] = []
    heard = asyncio.Event()

    def noted(process: str, quota: Quota, wishes: list[ShareWish]) -> Any:
        asked.append([one.who for one in wishes])
        heard.set()
        return take_shares(process, quota, wishes)

    monkeypatch.setattr(module, "take_shares", noted)
    one, many = Process(), [f"till {number}" for number in range(20)]

    async def story() -> None:
        for who in many:
            await one.shares.take(who)
        asked.clear()
        heard.clear()
        one.moment += 0.8
        for who in many:
            assert one.shares.at_once(who)
        assert asked == []
        await asyncio.wait_for(heard.wait(), 20)
        heard.clear()
        one.moment += 0.8
        assert one.shares.at_once(many[0]), "the count is fresh again, and grows old again"
        await asyncio.wait_for(heard.wait(), 20)

    asyncio.run(story())
    assert asked == [many, many[:1]]


@pytest.mark.django_db
def test_a_share_that_lies_unused_is_worth_nothing_after_its_lease() -> None:
    one, other = Process(), Process()
    one.asks(1)
    assert other.asks(200) == 94, "the other five lie with the first"
    one.moment += 11
    assert one.asks(5) == 0, "its lease is over and the bucket is empty"


@pytest.mark.django_db
def test_a_share_comes_back_when_its_process_has_died() -> None:
    """The bucket fills up to the quota again, however many shares were never spent."""
    take_shares("dead", Quota("key 100/10", 100, 10, -1.0), [ShareWish("till", 0, 60)])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE api_quota SET filled_at = filled_at - interval '1 hour'")
    got = take_shares("living", Quota("key 100/10", 100, 10, 10), [ShareWish("till", 0, 500)])
    assert got["till"].got == 100


@pytest.mark.django_db
def test_requests_are_let_in_without_a_statement_each(django_assert_max_num_queries: Callable[[int], Any]) -> None:
    one = Process(Rate(2_000, 3600))
    with django_assert_max_num_queries(45):
        assert one.asks(2_000) == 2_000
    with django_assert_max_num_queries(1):
        assert one.asks(500) == 0, "an empty bucket is believed for a moment"


@pytest.mark.django_db
def test_while_postgresql_is_away_each_process_counts_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OperationalError("away")

    monkeypatch.setattr(module, "take_shares", away)
    one = Process(Rate(5, 3600))
    assert one.asks(8) == 5


@pytest.mark.django_db
def test_who_has_not_asked_for_an_hour_is_forgotten() -> None:
    take_shares("one", QUOTA, [ShareWish("till", 0, 1)])
    assert purge_quotas() == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE api_quota SET filled_at = filled_at - interval '2 hours'")
    assert purge_quotas() == 1


@pytest.mark.django_db
def test_two_doors_count_one_key_once() -> None:
    _, secret = a_key_of("merchant", a_shop().id)
    doors = [Api(rate="10/3600"), Api(rate="10/3600")]
    heard: list[Answered] = [doors[turn % 2].get("/v1/merchant", key=secret) for turn in range(30)]
    assert [answer.status for answer in heard].count(200) == 10
    refused = heard[-1]
    assert (refused.status, refused.headers["ratelimit"][:9]) == (429, '"key";r=0')
    assert int(refused.headers["retry-after"]) >= 300


def test_processes_that_take_at_the_same_moment_take_no_more_than_there_is(fresh_database: FreshDatabase) -> None:
    def takes(name: str) -> int:
        return sum(
            take_shares(name, QUOTA, [ShareWish("till", 5, 7), ShareWish("b", 0, 1)])["till"].got for _ in range(9)
        )

    got = fresh_database.at_once(*[lambda name=f"p{n}": takes(name) for n in range(4)])  # type: ignore[misc]
    assert 0 < sum(got) <= 100
