"""A lane with more callers than it carries: who is refused, who has a place, whose turn is over."""

from __future__ import annotations

import asyncio

import pytest

from tests.rooms.test_rest_lane import Counting, begun, run
from walletdesk.doors.rest_api import admission
from walletdesk.doors.rest_api import lane as lanes
from walletdesk.doors.rest_api.lane import Lane
from walletdesk.doors.rest_api.refusals import NotNow


def test_beyond_what_it_carries_it_says_so_at_once_and_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "UNKNOWN_ROOM", 5)
    verb = Counting()

    async def story(lane: Lane[int, int]) -> None:
        tasks = [asyncio.create_task(lane.do(0))]
        await begun(verb)
        tasks += [asyncio.create_task(lane.do(number)) for number in range(1, 6)]
        await asyncio.sleep(0)
        with pytest.raises(NotNow) as refused:
            await lane.do(6)
        assert (refused.value.status, refused.value.retry_after) == (503, 1)
        verb.gate.set()
        await asyncio.gather(*tasks)
        assert await lane.do(7) == -7, "there is room again"

    run(story, verb)
    assert sorted(intent for batch in verb.batches for intent in batch) == [0, 1, 2, 3, 4, 5, 7]


def test_a_turn_that_comes_too_late_is_given_up_while_others_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "UNKNOWN_ROOM", 2)
    monkeypatch.setattr(admission, "TURN_SECONDS", 0.0)
    verb = Counting()

    async def story(lane: Lane[int, int]) -> None:
        first = asyncio.create_task(lane.do(1))
        await begun(verb)
        late = [asyncio.create_task(lane.do(number)) for number in (2, 3)]
        await asyncio.sleep(0)
        assert lane.full() == 1, "a crowd"
        verb.gate.set()
        assert await first == -1
        for refused in late:
            with pytest.raises(NotNow):
                await refused
        assert await lane.do(4) == -4

    run(story, verb)
    assert verb.batches == [[1], [4]], "what was given up is never done"


def test_who_is_let_in_has_a_place_until_they_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "UNKNOWN_ROOM", 2)
    verb = Counting()

    async def story(lane: Lane[int, int]) -> None:
        first = asyncio.create_task(lane.do(1))
        await begun(verb)
        assert [lane.let_in() for _ in range(3)] == [0, 0, 1], "two were let in together, and both have a place"
        arrived = [asyncio.create_task(lane.do(number)) for number in (2, 3)]
        await asyncio.sleep(0)
        assert lane.let_in() == 1
        verb.gate.set()
        await asyncio.gather(first, *arrived)

    run(story, verb)
    assert verb.batches == [[1], [2, 3]]


def test_who_was_let_in_and_never_arrives_keeps_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "UNKNOWN_ROOM", 1)
    monkeypatch.setattr(lanes, "A_MOMENT", 0.0)

    async def story(lane: Lane[int, int]) -> None:
        assert (lane.let_in(), lane.let_in()) == (0, 1)
        async with asyncio.timeout(20):
            while lane.full():
                await asyncio.sleep(0)

    run(story, lambda intents: list(intents))
