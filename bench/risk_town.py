"""A town whose payments are labelled: ordinary life, and four ways of stealing. Synthetic, seeded, the same every time.

    ordinary      habits, friends, rent, festivals, new shops, a new phone now and then, night owls, large purchases
    take_over     somebody else signs in on a new device; a fifth of them wait until its limits are over
    drain         somebody else sits in the owner's own session (a stolen telephone, a hijacked session)
    mule          an account that several strangers pay and that sends it on within hours
    scam          the owner is talked into paying; half of the time the caller is still on the line

Thieves differ: in a few large steps or in many below a thousand, with or without a small payment first, by day or night,
to one account or to several. They cannot answer a challenge; the owner, the mule and the victim can. Nothing here looks
at the rules.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 1, tzinfo=UTC)
EAST = timedelta(hours=8)
YUAN = 100


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody wants to pay. ``share``: the sum as a share of what is there then (of 1,000), instead of ``minor``;
    ``episode`` numbers the thefts, 0 is ordinary life.
    """

    at: datetime
    payer: uuid.UUID
    payee: uuid.UUID
    person: bool
    minor: int
    label: str = "ordinary"
    episode: int = 0
    share: int = 0
    new_device: bool = False
    on_call: bool = False
    can_prove: bool = True


@dataclass(slots=True)
class Person:
    id: uuid.UUID
    level: float
    shops: list[uuid.UUID]
    friends: list[uuid.UUID]
    landlord: uuid.UUID
    rent: int
    owl: bool
    balance: int
    a_day: float
    phone_until: datetime | None = None


@dataclass(slots=True)
class Town:
    """``wishes`` in the order of time; ``balances`` when it begins; ``pay_day`` adds this much on the tenth."""

    people: dict[uuid.UUID, Person]
    wishes: list[Wish] = field(default_factory=list)


def build(seed: int, people: int = 400, days: int = 75, learned_days: int = 30, thefts_a_kind: int = 40) -> Town:
    """Ordinary life on every day; thefts from ``learned_days`` on, when everybody has habits."""
    dice = random.Random(seed)
    town = Town({person.id: person for person in _people(dice, people)})
    everybody = list(town.people.values())
    shops = [_id(dice) for _ in range(people)]
    festival = dice.randrange(learned_days, days)
    for day in range(days):
        for person in everybody:
            town.wishes += _day(dice, person, day, shops, everybody, festival=day == festival)
    town.wishes += _thefts(dice, everybody, days, learned_days, thefts_a_kind)
    town.wishes.sort(key=lambda wish: wish.at)
    return town


def _id(dice: random.Random) -> uuid.UUID:
    return uuid.UUID(int=dice.getrandbits(128))


def _people(dice: random.Random, count: int) -> list[Person]:
    ids = [_id(dice) for _ in range(count)]
    shops = [_id(dice) for _ in range(count // 2)]
    found: list[Person] = []
    for id_ in ids:
        level = dice.lognormvariate(0, 0.5)
        found.append(
            Person(
                id=id_,
                level=level,
                shops=dice.sample(shops, dice.randint(8, 20)),
                friends=dice.sample(ids, dice.randint(4, 9)),
                landlord=_id(dice),
                rent=int(dice.uniform(1_500, 3_500) * level) * YUAN,
                owl=dice.random() < 0.1,
                balance=int(dice.uniform(4_000, 25_000) * level) * YUAN,
                a_day=dice.uniform(1.2, 4.0),
            )
        )
    return found


def _day(
    dice: random.Random, person: Person, day: int, shops: list[uuid.UUID], everybody: list[Person], *, festival: bool
) -> Iterator[Wish]:
    morning = START + timedelta(days=day) - EAST
    if dice.random() < 1 / 400:
        person.phone_until = morning + timedelta(hours=dice.uniform(8, 20)) + timedelta(hours=12)

    def wish(hour: float, payee: uuid.UUID, person_: bool, yuan: float) -> Wish:
        at = morning + timedelta(hours=hour)
        new = person.phone_until is not None and person.phone_until - timedelta(hours=12) <= at < person.phone_until
        return Wish(at, person.id, payee, person_, max(1, int(yuan * YUAN)), new_device=new)

    def hour() -> float:
        return dice.uniform(20, 28) if person.owl and dice.random() < 0.3 else dice.triangular(7, 23.5, 12.5)

    for _ in range(_poisson(dice, person.a_day)):
        fresh = dice.random() < 0.08
        shop = dice.choice(shops) if fresh else dice.choice(person.shops)
        if fresh and dice.random() < 0.3:
            person.shops.append(shop)
        yield wish(hour(), shop, False, dice.lognormvariate(3.3, 0.8) * person.level**0.5)
    if dice.random() < 0.15:
        yield wish(hour(), dice.choice(person.shops), False, dice.uniform(80, 300) * person.level**0.5)
    if dice.random() < 0.008:
        shop = dice.choice(shops) if dice.random() < 0.5 else dice.choice(person.shops)
        yield wish(hour(), shop, False, dice.lognormvariate(6.9, 0.6) * person.level)
    if dice.random() < 0.12:
        yield wish(hour(), dice.choice(person.friends), True, dice.lognormvariate(4.4, 0.9) * person.level**0.5)
    if dice.random() < 0.01:
        stranger = dice.choice(everybody).id
        if stranger != person.id:
            yield wish(hour(), stranger, True, dice.lognormvariate(4.8, 1.0) * person.level**0.5)
    if day % 30 == 4:
        yield wish(hour(), person.landlord, True, person.rent / YUAN)
    if festival:
        for friend in dice.sample(person.friends, dice.randint(1, 4)):
            yield wish(hour(), friend, True, dice.choice([66, 88, 166, 188, 200, 520, 666, 888]))


def _poisson(dice: random.Random, mean: float) -> int:
    count, waited = 0, dice.expovariate(mean)
    while waited < 1:
        count, waited = count + 1, waited + dice.expovariate(mean)
    return count


def _thefts(dice: random.Random, everybody: list[Person], days: int, learned: int, a_kind: int) -> Iterator[Wish]:
    victims = dice.sample(everybody, min(len(everybody), a_kind * 4))
    for number, victim in enumerate(victims, start=1):
        at = START - EAST + timedelta(days=dice.uniform(learned, days - 1.5))
        if dice.random() < 0.5:
            at = at.replace(hour=dice.choice([17, 18, 19, 20]))  # one to five in the morning where they live
        match number % 4:
            case 0:
                yield from _stolen(dice, victim, at, number, new_device=True)
            case 1:
                yield from _stolen(dice, victim, at, number, new_device=False)
            case 2:
                yield from _mule(dice, victim, at, number, everybody)
            case 3:
                yield from _scam(dice, victim, at, number)


def _stolen(dice: random.Random, victim: Person, at: datetime, episode: int, *, new_device: bool) -> Iterator[Wish]:
    label = "take_over" if new_device else "drain"
    accounts = [_id(dice) for _ in range(dice.choice([1, 1, 2, 3]))]
    patient = new_device and dice.random() < 0.2
    if patient:
        at += timedelta(hours=dice.uniform(12.5, 30))

    def step(minutes: float, minor: int, share: int) -> Wish:
        moment, account = at + timedelta(minutes=minutes), dice.choice(accounts)
        limited = new_device and not patient
        person = dice.random() < 0.85
        return Wish(moment, victim.id, account, person, minor, label, episode, share, limited, False, False)

    minutes = dice.uniform(1, 10)
    if dice.random() < 0.25:
        yield step(minutes, dice.randint(1, 20) * YUAN, 0)
    if dice.random() < 0.35:
        for _ in range(40):
            minutes += dice.uniform(0.5, 6)
            yield step(minutes, dice.randint(600, 999) * YUAN, 0)
        return
    for share in dice.choice([[900], [500, 950], [400, 600, 900], [300, 400, 500, 900]]):
        for _ in range(2):  # once more when it was refused; when it went through, the rest is what the share is of
            minutes += dice.uniform(0.5, 8)
            yield step(minutes, 0, share)


def _mule(dice: random.Random, mule: Person, at: datetime, episode: int, everybody: list[Person]) -> Iterator[Wish]:
    senders = dice.sample([one for one in everybody if one.id != mule.id], dice.randint(3, 7))
    minutes, sum_in = 0.0, 0
    for sender in senders:
        minutes += dice.uniform(5, 60)
        minor = dice.randint(500, 3_000) * YUAN
        sum_in += minor
        yield Wish(at + timedelta(minutes=minutes), sender.id, mule.id, True, minor, "victim_of_mule", episode)
    account = _id(dice)
    for part in dice.choice([[95], [50, 45], [40, 30, 25]]):
        minutes += dice.uniform(3, 90)
        moment = at + timedelta(minutes=minutes)
        yield Wish(moment, mule.id, account, True, sum_in * part // 100, "mule", episode)


def _scam(dice: random.Random, victim: Person, at: datetime, episode: int) -> Iterator[Wish]:
    account, on_call = _id(dice), dice.random() < 0.5
    minutes = 0.0
    for share in dice.choice([[300], [700], [200, 600], [100, 300, 800]]):
        minutes += dice.uniform(4, 40)
        moment = at + timedelta(minutes=minutes)
        yield Wish(moment, victim.id, account, True, 0, "scam", episode, share, False, on_call)
