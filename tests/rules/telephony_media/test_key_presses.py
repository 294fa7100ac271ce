"""One press is told once: as a table of what arrived and what is told."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walletdesk.adapters.telephony.media.digits import KeyingOut, KeyPresses
from walletdesk.adapters.telephony.media.packets import KeyEvent, parse_key_event

Step = tuple[object, ...]


def event(at: int, stamp: int, key: str, duration: int, *, ended: bool = False) -> Step:
    return ("event", at, stamp, KeyEvent(key, ended, duration))


def word(at: int, key: str, source: str) -> Step:
    return ("report", at, key, source)


def time(at: int) -> Step:
    return ("time", at)


def press(at: int, stamp: int, key: str) -> list[Step]:
    """Five packets and two repeated ends."""
    down = [event(at + 20 * n, stamp, key, 160 * (n + 1)) for n in range(4)]
    return [*down, *[event(at + 80, stamp, key, 800, ended=True)] * 3]


ONE = press(0, 1000, "5")
TABLE: dict[str, tuple[Sequence[Step], str]] = {
    "a press": (ONE, "5:100"),
    "all end packets lost": ([*ONE[:4], time(150), time(180)], "5:80"),
    "not over yet": ([*ONE[:4], time(170)], ""),
    "only an end packet came": (ONE[-1:], "5:100"),
    "the ends come before the rest": (ONE[::-1], "5:100"),
    "the same key twice": (press(0, 1000, "5") + press(160, 2280, "5"), "5:100 5:100"),
    "two keys, the first without an end": ([*ONE[:4], *press(100, 1800, "6")], "5:80 6:100"),
    "an old end comes after the next began": ([*ONE[:5], event(100, 2000, "6", 160), ONE[6], time(300)], "5:100 6:20"),
    "a long press in segments": (
        [
            event(0, 1000, "1", 160),
            event(8180, 1000, "1", 65535),
            event(8200, 1000 + 65535, "1", 160),
            event(8220, 1000 + 65535, "1", 320, ended=True),
        ],
        "1:8231",
    ),
    "event, then its word by INFO": ([*ONE, word(200, "5", "info")], "5:100"),
    "INFO first, then the event": ([word(0, "5", "info"), *press(60, 1000, "5"), time(400)], "5:0"),
    "INFO while the key is down": ([*ONE[:3], word(50, "5", "info"), *ONE[3:]], "5:100"),
    "INFO after 300 ms is another press": ([*ONE, word(390, "5", "info")], "5:100 5:0"),
    "INFO of another key": ([*ONE, word(100, "6", "info")], "5:100 6:0"),
    "two by INFO are two": ([word(0, "5", "info"), word(150, "5", "info")], "5:0 5:0"),
    "two presses, each told three ways": (
        [
            *press(0, 1000, "5"),
            *press(160, 2280, "5"),
            word(170, "5", "info"),
            word(250, "5", "info"),
            word(180, "5", "inband"),
            word(260, "5", "inband"),
        ],
        "5:100 5:100",
    ),
    "timestamps wrap within a press": (press(0, 2**32 - 80, "9"), "9:100"),
}


def told_by(steps: Sequence[Step], presses: KeyPresses) -> str:
    told = []
    for kind, at, *rest in steps:
        moment = at / 1000  # type: ignore[operator]
        if kind == "event":
            told += presses.event(rest[0], rest[1], moment)  # type: ignore[arg-type]
        elif kind == "report":
            told += presses.report(rest[0], rest[1], 0, moment)  # type: ignore[arg-type]
        else:
            told += presses.time(moment)
    return " ".join(f"{each.key}:{each.duration_ms}" for each in told)


@pytest.mark.parametrize("name", TABLE)
def test_what_is_told(name: str) -> None:
    steps, expected = TABLE[name]
    assert told_by(steps, KeyPresses()) == expected


@given(st.randoms(use_true_random=False), st.text("0123456789*#", min_size=1, max_size=8))
@settings(deadline=None)
def test_any_loss_and_any_order_tells_each_press_once(dice: random.Random, keys: str) -> None:
    """As long as one packet of each press arrives, at most 60 ms late, each is told once and in order."""
    steps: list[Step] = []
    for number, key in enumerate(keys):
        sent = press(number * 400, 1000 + number * 3200, key)
        kept = dice.sample(sent, dice.randint(1, len(sent)))
        steps += [(step[0], step[1] + dice.randint(0, 60), *step[2:]) for step in kept]  # type: ignore[operator]
        steps.append(time(number * 400 + 390))
    steps.sort(key=lambda step: step[1])  # type: ignore[arg-type,return-value]
    assert [each[0] for each in told_by(steps, KeyPresses()).split()] == list(keys)


def test_a_new_stream_with_the_same_timestamp_is_a_new_press() -> None:
    presses = KeyPresses()
    assert told_by(ONE, presses) == "5:100"
    presses.new_stream()
    assert told_by(press(1000, 1000, "5"), presses) == "5:100"


def test_what_we_key_is_understood_by_ourselves() -> None:
    keying, presses, told, moment = KeyingOut(), KeyPresses(), [], 0
    keying.add("19*#0")
    while keying.busy:
        for payload, _ in keying.step(moment * 160):
            read = parse_key_event(payload)
            assert read
            told += presses.event(keying.began, read, moment * 0.02)
        moment += 1
    assert [(each.key, each.duration_ms) for each in told] == [(key, 100) for key in "19*#0"]
    assert moment == 5 * 8
