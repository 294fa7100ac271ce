"""What was expected, what came, how unevenly: RFC 3550's figures for several legs at once."""

from __future__ import annotations

import random

import numpy as np
import pytest

from walletdesk.adapters.telephony.media.reception import Reception


def note(reception: Reception, slot: int, sequence: int, stamp: int = 0, arrival: int = 0) -> None:
    numbers = np.array([sequence % 65536], dtype=np.uint16), np.array([stamp % 2**32], dtype=np.uint32)
    reception.note(np.array([slot]), *numbers, arrival)


TABLE = {
    "in order": ([5, 6, 7], 3, 0),
    "one missing": ([5, 7], 3, 1),
    "out of order": ([5, 7, 6], 3, 0),
    "twice": ([5, 6, 6, 7], 3, -1),
    "over the edge": ([65534, 65535, 0, 2], 5, 1),
    "out of order over the edge": ([65534, 0, 65535, 1], 4, 0),
}


@pytest.mark.parametrize("name", TABLE)
def test_expected_and_lost(name: str) -> None:
    sequences, expected, lost = TABLE[name]
    reception = Reception(3)
    for sequence in sequences:
        note(reception, 1, sequence)
    assert (reception.expected(1), reception.lost(1)) == (expected, lost)
    assert (reception.expected(0), reception.lost(2)) == (0, 0)


def test_a_hundred_thousand_packets_wrap_and_lose_what_was_lost() -> None:
    reception, dice, lost = Reception(1), random.Random(3), 0
    for number in range(100_000):
        if 0 < number < 99_999 and dice.random() < 0.03:
            lost += 1
        else:
            note(reception, 0, 40_000 + number)
    assert (reception.expected(0), reception.lost(0)) == (100_000, lost)


def test_a_new_stream_adds_to_the_old_one() -> None:
    reception = Reception(1)
    for sequence in (5, 7):
        note(reception, 0, sequence)
    reception.new_stream(0)
    for sequence in (60000, 60001):
        note(reception, 0, sequence)
    assert (reception.expected(0), reception.lost(0)) == (5, 1)


def test_the_fraction_is_of_the_time_since_it_was_asked() -> None:
    reception = Reception(1)
    for sequence in range(10):
        note(reception, 0, sequence)
    assert reception.fraction_lost(0) == 0
    for sequence in range(10, 20, 2):
        note(reception, 0, sequence)
    assert reception.fraction_lost(0) == pytest.approx(4 / 9)
    assert reception.fraction_lost(0) == 0


def test_an_even_stream_has_no_jitter_and_an_uneven_one_settles_at_its_mean_difference() -> None:
    even, uneven = Reception(1), Reception(1)
    for number in range(500):
        note(even, 0, number, stamp=2**32 - 800 + number * 160, arrival=number * 160 + 33)
        note(uneven, 0, number, stamp=number * 160, arrival=number * 160 + 80 * (number % 2))
    assert even.jitter[0] == 0
    assert uneven.jitter[0] == pytest.approx(80, rel=0.01)
