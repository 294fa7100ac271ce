"""Who lives and works in Linjiang: names from ``linjiang.toml``, temperaments from a seed."""

from __future__ import annotations

import base64
import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

DEMO_PASSWORD = "linjiang-2026-demo"  # noqa: S105 - printed on the demo's front page
DEMO_PIN = "280615"
DAYS_A_TOP_UP_LASTS = 60
USUAL_PURCHASE = 8_000
"""Minor units, with something to spare; who shops beyond it is refused now and then, as in life."""


TIERS = (3, 2, 2, 4, 2, 1, 3, 2)
"""How well the wallet knows its people, by turns, the first being Lin Xiaoyu; none of them is stopped by it on ordinary days."""


@dataclass(frozen=True)
class Citizen:
    name: str
    email: str
    phone: str
    language: str
    spends_a_day: float
    """How many payments on an ordinary day."""
    usual_top_up: int
    """Minor units, CNY."""
    tier: int


@dataclass(frozen=True)
class Shop:
    name_zh: str
    name_en: str
    category: str
    cheapest: int
    dearest: int
    owner_email: str


@dataclass(frozen=True)
class Clerk:
    number: str
    name_zh: str
    name_en: str
    team: str
    role: str
    email: str


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to sign in as, for the demo's front page and the terminal."""

    door: str
    name_zh: str
    name_en: str
    email: str
    note_zh: str
    note_en: str


@cache
def _linjiang() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("linjiang.toml").read_text(encoding="utf-8"))


def citizens(seed: int, count: int = 300) -> list[Citizen]:
    """The people, the first being Lin Xiaoyu, whom the pictures and the guide know; every third reads English, and goes by a
    name in Latin letters.
    """
    dice = Random(seed)  # noqa: S311 - a city, not a secret
    surnames, given, foreigners = (list(_linjiang()[kind]) for kind in ("surnames", "given_names", "foreigners"))
    people: list[Citizen] = []
    for place in range(count):
        (family, family_latin), (first, first_latin) = dice.choice(surnames).split(), dice.choice(given).split()
        purchases = dice.choice((6, 8, 12, 17, 26))  # between two top-ups
        foreign = place > 0 and place % 30 == 0 and bool(foreigners)
        english = place % 3 == 0 and place > 0
        people.append(
            Citizen(
                _name(
                    place,
                    foreigners if foreign else [],
                    family + first,
                    f"{first_latin} {family_latin}" if english else "",
                ),
                "lin.xiaoyu@demo.example" if place == 0 else f"citizen{place:03d}@demo.example",
                f"+86138{dice.randrange(10**8):08d}",
                "en" if english else "zh-hans",
                purchases / DAYS_A_TOP_UP_LASTS,
                purchases * USUAL_PURCHASE,
                TIERS[place % len(TIERS)],
            )
        )
    return people


def _name(place: int, foreigners: list[str], chinese: str, latin: str) -> str:
    return "林晓雨" if place == 0 else foreigners.pop() if foreigners else latin or chinese


def shops() -> list[Shop]:
    def one(place: int, row: dict[str, Any]) -> Shop:
        (zh, en), (cheapest, dearest) = row["name"], row["prices"]
        email = f"shop{place:02d}@demo.example" if place else "qinghe@demo.example"
        return Shop(zh, en, row["category"], cheapest, dearest, email)

    return [one(place, row) for place, row in enumerate(_linjiang()["shops"])]


def clerks() -> list[Clerk]:
    def one(row: dict[str, Any]) -> Clerk:
        zh, en = row["name"]
        return Clerk(row["number"], zh, en, row["team"], row["role"], f"agent{row['number']}@demo.example")

    return [one(row) for row in _linjiang()["staff"]]


def imitators() -> list[tuple[str, str, str]]:
    """What poses as the house, and how it cheats in both languages; the last one is the newest."""
    return [(row["poses"], *row["how"]) for row in _linjiang()["imitators"]]


def demo_factor(email: str) -> str:
    """The secret of a demo clerk's authenticator app, base 32: known to whoever reads this, as their password is."""
    return base64.b32encode(hashlib.sha1(f"linjiang {email}".encode()).digest()).decode()  # noqa: S324 - no secret


def teams() -> dict[str, tuple[str, str]]:
    """Code of a team → its names in Chinese and English."""
    return {code: (zh, en) for code, (zh, en) in _linjiang()["teams"].items()}


def demo_people() -> list[DemoPerson]:
    """One or two for each door, in the order in which the story of the double charge needs them."""

    def one(row: dict[str, Any]) -> DemoPerson:
        (zh, en), (note_zh, note_en) = row["name"], row["note"]
        return DemoPerson(row["door"], zh, en, row["email"], note_zh, note_en)

    return [one(row) for row in _linjiang()["offered"]]


def sign_in_list() -> str:
    """For the terminal: who can sign in, and with what."""
    rows = "\n".join(f"  /{one.door + '/':<9}{one.email:<28}{one.name_en}, {one.note_en}" for one in demo_people())
    staff = "staff are asked for six digits besides: the page shows them, as their authenticator app would"
    return f"{rows}\n  password for all: {DEMO_PASSWORD}    payment PIN: {DEMO_PIN}\n  {staff}"
