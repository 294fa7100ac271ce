"""Ninety days in Linjiang, planned. Pure: the same seed gives the same purchases, at the same hours, in the same shops."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from walletdesk.foundation.i18n.words import Words
from walletdesk.project.city.people import DAYS_A_TOP_UP_LASTS, Citizen, Shop

SLOTS = ((7, 40, 1.2), (12, 15, 1.8), (15, 5, 0.8), (18, 20, 1.8), (20, 35, 0.9))
"""Hour, minute and weight of the moments at which the city pays."""


@dataclass(frozen=True)
class Purchase:
    citizen: int
    shop: int
    minor: int
    reference: str


@dataclass(frozen=True)
class Gift:
    giver: int
    taker: int
    minor: int
    note: str


@dataclass(frozen=True)
class Moment:
    """What the city does at one time."""

    at: datetime
    purchases: tuple[Purchase, ...]
    gifts: tuple[Gift, ...]
    top_ups: tuple[tuple[int, int], ...]
    """(citizen, minor units)"""
    opens_the_day: bool = False


NOTES = (
    Words("晚饭 AA", "My half of dinner"),
    Words("周末的菜钱", "Weekend groceries"),
    Words("电影票", "Cinema tickets"),
    Words("打车", "The taxi"),
    Words("生日快乐", "Happy birthday"),
    Words("书钱", "For the books"),
    Words("谢谢", "Thank you"),
    Words("房租分摊", "My share of the rent"),
)


def ninety_days(
    seed: int, people: list[Citizen], shops: list[Shop], last_day: datetime, days: int = 90
) -> Iterator[Moment]:
    """The moments in order, ending on ``last_day`` (exclusive of what lies after it)."""
    dice = Random(seed + 1)  # noqa: S311 - a city, not a secret
    favourites = [dice.sample(range(len(shops)), 6) for _ in people]
    orders = [0] * len(shops)
    first_day = (last_day - timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)
    for day in range(days):
        morning = first_day + timedelta(days=day)
        weekend = 1.25 if morning.weekday() >= 5 else 1.0
        for place, (hour, minute, weight) in enumerate(SLOTS):
            at = morning + timedelta(hours=hour, minutes=minute + dice.randrange(-8, 9), seconds=dice.randrange(60))
            if at >= last_day:
                return
            share = weight / sum(slot[2] for slot in SLOTS) * weekend
            yield Moment(
                at,
                tuple(_purchases(dice, people, shops, favourites, orders, share, at)),
                tuple(_gifts(dice, people)) if place == 3 else (),
                tuple(_top_ups(dice, people, day)) if place == 0 else (),
                opens_the_day=place == 0,
            )


def _purchases(
    dice: Random,
    people: list[Citizen],
    shops: list[Shop],
    favourites: list[list[int]],
    orders: list[int],
    share: float,
    at: datetime,
) -> Iterator[Purchase]:
    for citizen, person in enumerate(people):
        if dice.random() >= person.spends_a_day * share:
            continue
        shop = dice.choice(favourites[citizen]) if dice.random() < 0.85 else dice.randrange(len(shops))
        orders[shop] += 1
        minor = dice.randrange(shops[shop].cheapest, shops[shop].dearest, 10 if shops[shop].cheapest > 500 else 5)
        yield Purchase(citizen, shop, minor, f"{at:%m%d}-{orders[shop]:04d}")


def _gifts(dice: Random, people: list[Citizen]) -> Iterator[Gift]:
    for _ in range(dice.randrange(2, 7)):
        giver, taker = dice.sample(range(len(people)), 2)
        yield Gift(
            giver, taker, dice.randrange(1_000, 30_000, 500), dice.choice(NOTES).in_language(people[giver].language)
        )


def _top_ups(dice: Random, people: list[Citizen], day: int) -> Iterator[tuple[int, int]]:
    """Everybody on the first morning, then on days of their own."""
    for citizen, person in enumerate(people):
        if day == 0 or (day + citizen) % DAYS_A_TOP_UP_LASTS == 0:
            yield citizen, person.usual_top_up
