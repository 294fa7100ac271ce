"""O03: ids that cannot be guessed, and would open nothing if they were; references that can be counted, and open nothing."""

from __future__ import annotations

import itertools
import re
import uuid

import pytest

from tests.attacks.everybody import World, pages
from tests.factories.service import charged_twice
from tests.factories.wallet_phone import text_of
from walletdesk.foundation.clock.public import uuid7
from walletdesk.project.authorisation import ROWS

pytestmark = pytest.mark.django_db
RANDOM_BITS = 74  # of a version 7 id; under the 122 of a version 4, so every address checks whose the thing is as well


OF_THE_HOUSE = {
    "key",
    "lesson",
    "name",
    "number",
    "language",
    "piece_id",
    "employee",
    "kind",
    "group",
    "window",
    "side",
}
"""Parts of the wall, versions of the menu and of the rules, pieces of the prompts, numbers of employees, kinds of limits,
sides of a paper, names of dated figures and of lessons: words and numbers that name nothing of a customer's.
"""
COUNTED_BUT_ONES_OWN = {"act", "factor_id", "recording"}
"""Lines of the own record, own factors, recordings of a call whose own id stands before them or is in them: looked for
among one's own things only, so that a guess finds what a thing that never was finds (the table says 404 or desk)."""


def test_o03_every_thing_in_an_address_is_a_random_id_or_a_checked_reference() -> None:
    for address in pages():
        for kind, name in re.findall(r"<(\w+):(\w+)>", address):
            if name in OF_THE_HOUSE:
                continue
            assert kind == "uuid" or name in {"reference", "token", "stop_token"} | COUNTED_BUT_ONES_OWN, address
            rows = [row for (at, _), row in ROWS.items() if at == address]
            assert all(row.anothers != "-" for row in rows), f"{address}: what becomes of somebody else's thing?"


def test_o03_the_ids_in_use_have_random_bits_enough(world: World) -> None:
    for name, thing in world.things.items():
        if name.endswith("_id") and name.split()[-1] not in OF_THE_HOUSE | COUNTED_BUT_ONES_OWN:
            assert uuid.UUID(thing).version in (4, 7), name


def test_o03_neighbours_in_time_are_strangers_in_their_random_bits() -> None:
    made = [uuid7().int for _ in range(2_000)]
    tails = [one & ((1 << 62) - 1) for one in made]
    steps = {second - first for first, second in itertools.pairwise(tails)}
    assert len(set(tails)) == len(steps) + 1 == len(made), "no id follows from the one before it"
    for bit in range(62):
        ones = sum(tail >> bit & 1 for tail in tails)
        assert 800 < ones < 1_200, f"bit {bit} is not random"


def test_o03_ids_near_a_real_one_open_nothing(world: World) -> None:
    real = uuid.UUID(world.things["bill_id"]).int
    for step in (-2, -1, 1, 2, 1 << 61):
        path = f"/wallet/bills/{uuid.UUID(int=real + step)}/"
        assert world.browser("lin").get(path).status_code == 404


def test_o03_counting_through_the_references_gives_one_answer(world: World) -> None:
    for _ in range(3):
        charged_twice()
    head, last = world.story.case.reference.rsplit("-", 1)
    wang, answers = world.browser("wang"), set()
    for number in range(max(1, int(last) - 10), int(last) + 10):
        page = wang.get(f"/wallet/cases/{head}-{number:0{len(last)}}/")
        answers.add((page.status_code, text_of(page)))
    assert len(answers) == 1, "what is another's and what is not there cannot be told apart"
    assert answers.pop()[0] == 404


@pytest.mark.parametrize(
    "odd", ["wd-", "WD-260519-0001%00", "..%2f..%2fdesk", "' OR 1=1 --", "%F0%9F%8D%9E", "x" * 3000]
)
def test_o03_an_odd_reference_is_not_found_at_every_door(world: World, odd: str) -> None:
    """L21 too: nothing of it reaches the database as anything but text."""
    for who, door in (("lin", "wallet"), ("owner", "till"), ("agent", "desk")):
        assert world.browser(who).get(f"/{door}/cases/{odd}/").status_code == 404


def test_o03_ids_of_other_versions_and_shapes_are_no_address(world: World) -> None:
    for odd in ("1", "00000000-0000-0000-0000-000000000000", "{" + world.things["bill_id"] + "}", "%2e%2e"):
        assert world.browser("lin").get(f"/wallet/bills/{odd}/").status_code == 404
