"""Who asks the ring is told of a reading that began after they asked, in whatever order tasks come to their turn."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError

from tests.factories.api import a_key_of
from tests.factories.money import a_shop
from walletdesk.doors.rest_api import key_ring as module
from walletdesk.doors.rest_api.key_ring import FORGOTTEN_SECONDS, TRUSTED_SECONDS, KeyRing
from walletdesk.doors.rest_api.threads import AtOnce
from walletdesk.trust.api_keys.public import KeyOwner, revoke_key

pytestmark = pytest.mark.django_db
CALLERS, KEYS, SEEDS = 300, 20, 25


class Turns:
    """A pool whose answers take some turns of the loop, and which fails when ``broken`` says so."""

    def __init__(self, dice: random.Random, broken: Callable[[], bool] = lambda: False) -> None:
        self._dice, self._broken, self._database = dice, broken, AtOnce()

    async def do(self, act: Callable[[], Any]) -> Any:
        for _ in range(self._dice.randrange(1, 4)):
            await asyncio.sleep(0)
        if self._broken():
            raise OperationalError("gone for a moment")
        return await self._database.do(act)


async def crowd(ring: KeyRing, keys: list[UUID], dice: random.Random, moments: list[float]) -> list[tuple[UUID, Any]]:
    """Callers come at any turn, while what is known grows old; each with what was found of their key."""

    async def caller() -> tuple[UUID, Any]:
        for _ in range(dice.randrange(60)):
            await asyncio.sleep(0)
        moments[0] += dice.choice((0.0, 0.01, TRUSTED_SECONDS / 2))
        key = dice.choice(keys)
        try:
            return key, await ring.facts(key)
        except OperationalError as gone:
            return key, gone

    return await asyncio.gather(*(caller() for _ in range(CALLERS)))


def of_a_shop() -> list[UUID]:
    owner = a_shop().id
    return [a_key_of("merchant", owner)[0].id for _ in range(KEYS)]


def test_a_key_that_is_there_is_found_however_many_ask_at_once() -> None:
    keys = of_a_shop()
    for seed in range(SEEDS):
        dice, moments = random.Random(seed), [0.0]
        ring = KeyRing(Turns(dice), lambda moments=moments: moments[0])
        found = asyncio.run(crowd(ring, keys, dice, moments))
        assert {facts and facts.id == key for key, facts in found} == {True}, f"seed {seed}"


def test_a_question_that_failed_is_not_an_answer() -> None:
    keys, told = of_a_shop(), set[str]()
    for seed in range(SEEDS):
        dice, moments = random.Random(seed), [0.0]
        ring = KeyRing(Turns(dice, lambda dice=dice: dice.random() < 0.3), lambda moments=moments: moments[0])
        found = asyncio.run(crowd(ring, keys, dice, moments))
        told |= {type(facts).__name__ for _, facts in found}
    assert told == {"KeyFacts", "OperationalError"}, "a key that nobody could read was called unknown"


def test_a_key_that_is_not_there_is_not_found() -> None:
    dice = random.Random(1)
    assert asyncio.run(KeyRing(Turns(dice)).facts(uuid4())) is None


def remembered(ring: KeyRing) -> set[UUID]:
    assert set(ring._known) == set(ring._used)
    return set(ring._known)


def come(ring: KeyRing, keys: list[UUID], moments: list[float]) -> list[bool]:
    """One after another, each when nothing that is known may be trusted any more."""

    async def each() -> list[bool]:
        found = []
        for key in keys:
            moments[0] += TRUSTED_SECONDS + 0.01
            facts = await ring.facts(key)
            found.append(facts is not None and facts.revoked_at is None)
        return found

    return asyncio.run(each())


def test_a_key_that_came_once_to_a_quiet_house_is_forgotten() -> None:
    keys, moments = of_a_shop(), [0.0]
    ring = KeyRing(AtOnce(), lambda: moments[0])
    assert all(come(ring, keys, moments)) and remembered(ring) == set(keys)
    moments[0] += FORGOTTEN_SECONDS
    assert come(ring, keys[:1], moments) == [True]
    assert remembered(ring) == {keys[0]}


def test_no_more_keys_are_remembered_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_KEYS", 5)
    keys, moments = of_a_shop(), [0.0]
    ring = KeyRing(AtOnce(), lambda: moments[0])
    assert all(come(ring, keys, moments))
    assert remembered(ring) == set(keys[-6:]), "who came last, and the five before"
    assert come(ring, [uuid4() for _ in range(20)], moments) == [False] * 20
    assert remembered(ring) == set(keys[-5:]), "what is not there takes no room"


def test_a_forgotten_key_that_was_revoked_stays_dead() -> None:
    owner, moments = a_shop().id, [0.0]
    view, _ = a_key_of("merchant", owner)
    ring = KeyRing(AtOnce(), lambda: moments[0])
    assert come(ring, [view.id], moments) == [True]
    revoke_key(view.id, KeyOwner("merchant", owner), "member:1")
    assert come(ring, [view.id], moments) == [False]
    moments[0] += FORGOTTEN_SECONDS
    assert come(ring, [uuid4(), view.id], moments) == [False, False]


def test_who_waits_is_told_however_few_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_KEYS", 2)
    keys = of_a_shop()
    for seed in range(SEEDS):
        dice, moments = random.Random(seed), [0.0]
        ring = KeyRing(Turns(dice), lambda moments=moments: moments[0])
        found = asyncio.run(crowd(ring, keys, dice, moments))
        assert {facts and facts.id == key for key, facts in found} == {True}, f"seed {seed}"
        assert not ring._awaited
