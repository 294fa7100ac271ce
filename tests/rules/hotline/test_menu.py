"""The menu as a tree: read, checked before it goes live, tried key by key."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from walletdesk.service.hotline.rules.flow_state import Opening, Surroundings
from walletdesk.service.hotline.rules.menu import FIRST_MENU, Choice, Menu, MenuNotReadable, Node, read_menu, write_menu
from walletdesk.service.hotline.rules.menu_check import keys_to, problems
from walletdesk.service.hotline.rules.menu_trial import try_keys

PERSON = Choice("0", "person", "general")
FREEZE = Choice("9", "freeze", "freeze")


def a_menu(**nodes: tuple[Choice, ...]) -> Menu:
    return Menu("main", tuple(Node(name, choices) for name, choices in nodes.items()))


def codes(menu: Menu) -> list[str]:
    return [problem.code for problem in problems(menu)]


def test_the_first_menu_is_good_and_survives_writing() -> None:
    assert problems(FIRST_MENU) == []
    assert read_menu(json.loads(json.dumps(write_menu(FIRST_MENU)))) == FIRST_MENU


def test_the_database_begins_with_the_same_menu() -> None:
    import importlib

    first = importlib.import_module("walletdesk.service.hotline.migrations.0001_room")
    assert read_menu(first.FIRST_TREE) == FIRST_MENU
    assert Path(first.__file__).exists()


FAR = a_menu(
    main=(Choice("1", "go", "general", "two"), FREEZE),
    two=(Choice("1", "go", "general", "three"),),
    three=(PERSON,),
)


@pytest.mark.parametrize(
    ("menu", "expected"),
    [
        (a_menu(main=(PERSON, FREEZE)), []),
        (replace(a_menu(main=(PERSON, FREEZE)), start="gone"), ["no_start"]),
        (a_menu(main=()), ["no_choice"]),
        (a_menu(main=(PERSON, FREEZE, PERSON)), ["key_twice"]),
        (a_menu(main=(PERSON, FREEZE, Choice("12", "again", "general"))), ["key_unknown"]),
        (a_menu(main=(PERSON, FREEZE, Choice("1", "sing", "general"))), ["act_unknown"]),
        (a_menu(main=(PERSON, FREEZE, Choice("1", "person", "weather"))), ["topic_unknown"]),
        (a_menu(main=(PERSON, FREEZE, Choice("1", "go", "general", "away"))), ["to_unknown"]),
        (a_menu(main=(PERSON, FREEZE, Choice("1", "say", "general", "poem"))), ["prompt_unknown"]),
        (a_menu(main=(PERSON, FREEZE, Choice("1", "say", "general", "balance"))), ["prompt_unknown"]),
        (a_menu(main=(FREEZE, Choice("0", "balance", "balance"))), ["zero_is_a_person"]),
        (a_menu(main=(PERSON, FREEZE), island=(PERSON,)), ["unreachable"]),
        (a_menu(main=(PERSON, FREEZE, Choice("1", "go", "general", "pit")), pit=(Choice("1", "again", "general"),)), ["no_end"]),
        (a_menu(main=(FREEZE,)), ["person_never"]),
        (FAR, ["person_far"]),
        (a_menu(main=(PERSON,)), ["freeze_never"]),
        (a_menu(main=(*(Choice(key, "person", "general") for key in "12345678"), PERSON)), ["too_many"]),
    ],
)  # fmt: skip
def test_what_keeps_a_menu_from_going_live(menu: Menu, expected: list[str]) -> None:
    assert codes(menu) == expected
    for problem in problems(menu):
        assert problem.words["zh-hans"]
        assert problem.words["en"]


def test_a_person_is_two_keys_away_from_everywhere() -> None:
    assert {node.name: keys_to(FIRST_MENU, node.name, ("person",)) for node in FIRST_MENU.nodes} == {
        "main": 1, "payments": 1, "more": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    "tree",
    [
        None,
        [],
        {"nodes": []},
        {"nodes": {"main": {}}},
        {"nodes": {"main": {"choices": [3]}}},
        {"nodes": {"main": {"choices": [{"key": "1"}]}}},
        {"nodes": {"main": {"choices": [{"key": "1", "act": "say", "topic": "x", "sql": "y"}]}}},
    ],
)
def test_a_tree_that_is_none_is_not_read(tree: Any) -> None:
    with pytest.raises(MenuNotReadable):
        read_menu(tree)


CLOSED = Surroundings((("payments", Opening(False, "09:00", "monday")),))


@pytest.mark.parametrize(
    ("keys", "verified", "around", "ends"),
    [
        ("0", False, Surroundings(), ("waiting", "general")),
        ("21", False, Surroundings(), ("waiting", "payments")),
        ("21", False, CLOSED, ("closed", "payments")),
        ("2*41", False, Surroundings(), ("waiting", "funds")),
        ("1", False, Surroundings(), ("verifying", "general")),
        ("1", True, Surroundings(), ("hearing_balance", "general")),
        ("9", True, Surroundings(), ("freezing", "general")),
        ("3", False, Surroundings(), ("unlocking", "general")),
        ("888", False, Surroundings(), ("waiting", "general")),
        ("---", False, Surroundings(), ("waiting", "general")),
        ("44", False, Surroundings(), ("choosing", "general")),
    ],
)
def test_keys_tried_before_it_goes_live(keys: str, verified: bool, around: Surroundings, ends: tuple[str, str]) -> None:
    heard = try_keys(FIRST_MENU, keys, verified=verified, around=around)
    assert (heard[-1].place, heard[-1].topic) == ends
    assert len(heard) == len(keys) + 1
    assert all(one.words for one in heard if one.place == "choosing")
