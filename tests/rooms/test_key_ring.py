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
from walletdesk.doors.rest_api.key_ring import TRUSTED_SECONDS, KeyRing
from walletdesk.doors.rest_api.threads import AtOnce

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
