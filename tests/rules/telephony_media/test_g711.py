"""The two laws against the values that ITU-T G.711 prints (tables 1a and 2a)."""

from __future__ import annotations

import numpy as np
import pytest

from walletdesk.adapters.telephony.media.g711 import CODES, LEVELS, SILENCE, decode, encode

MU, A = 0, 1
# law, code, printed decoder output, scale to 16 bits (table 1a has 13 bits, table 2a 14)
PRINTED = [
    (A, 0b11111111 ^ 0x55, 4032, 8),
    (A, 0b11110000 ^ 0x55, 2112, 8),
    (A, 0b11100000 ^ 0x55, 1056, 8),
    (A, 0b11010000 ^ 0x55, 528, 8),
    (A, 0b11000000 ^ 0x55, 264, 8),
    (A, 0b10110000 ^ 0x55, 132, 8),
    (A, 0b10100000 ^ 0x55, 66, 8),
    (A, 0b10000000 ^ 0x55, 1, 8),
    (MU, 0b10000000, 8031, 4),
    (MU, 0b10001111, 4191, 4),
    (MU, 0b10011111, 2079, 4),
    (MU, 0b10101111, 1023, 4),
    (MU, 0b10111111, 495, 4),
    (MU, 0b11001111, 231, 4),
    (MU, 0b11011111, 99, 4),
    (MU, 0b11101111, 33, 4),
    (MU, 0b11111110, 2, 4),
    (MU, 0b11111111, 0, 4),
]
# law, printed decision value, scale: a sample just below takes the inner level, one just above the outer
DECISIONS = [(A, value, 8) for value in (64, 128, 256, 512, 1024, 2048)] + [
    (MU, value, 4) for value in (1, 3, 31, 95, 223, 479, 991, 2015, 4063)
]


@pytest.mark.parametrize(("law", "code", "printed", "scale"), PRINTED)
def test_a_level_is_as_printed_and_so_is_its_mirror(law: int, code: int, printed: int, scale: int) -> None:
    assert LEVELS[law][code] == printed * scale
    assert LEVELS[law][code ^ 0x80] == -printed * scale


@pytest.mark.parametrize(("law", "decision", "scale"), DECISIONS)
def test_a_decision_value_parts_two_neighbours(law: int, decision: int, scale: int) -> None:
    for sign in (1, -1):
        inner, outer = (int(LEVELS[law][CODES[law][sign * (decision * scale + step) & 0xFFFF]]) for step in (-1, 1))
        assert abs(inner) < decision * scale < abs(outer)


@pytest.mark.parametrize("law", [MU, A])
def test_each_code_comes_back_as_itself(law: int) -> None:
    codes = np.arange(256, dtype=np.uint8)[None, :]
    back = encode(decode(codes, np.array([law])), np.array([law]))[0]
    if law == MU:
        assert back[0x7F] == 0xFF  # minus zero is zero
        back[0x7F] = 0x7F
    assert (back == codes[0]).all()


@pytest.mark.parametrize("law", [MU, A])
def test_the_error_is_within_half_a_step(law: int) -> None:
    samples = np.arange(-32768, 32768).astype(np.int16)[None, :]
    error = np.abs(decode(encode(samples, np.array([law])), np.array([law])).astype(int) - samples)
    assert (error <= np.maximum(np.abs(samples.astype(int)) // 32 + 8, 8) + 600 * (np.abs(samples) > 32000)).all()


def test_silence_is_silent_and_legs_keep_their_own_law() -> None:
    codec = np.array([MU, A])
    coded = encode(np.zeros((2, 160), dtype=np.int16), codec)
    assert [set(row.tolist()) for row in coded] == [{code} for code in SILENCE]
    assert np.abs(decode(coded, codec)).max() <= 8
