"""Who hears whom, as a table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walletdesk.adapters.telephony.media.hearing import BridgeState, Party, hears, ranks, recorded

HELD, MUTED, SECRET, OPEN = Party(held=True), Party(muted=True), Party(secret=True), Party()
# members, listeners, parties, who hears whom, recorded with "a" on the left
TABLE = {
    "two": ("ab", {}, {}, "a:b b:a", "a|b"),
    "three": ("abc", {}, {}, "a:bc b:ac c:ab", "a|bc"),
    "one alone": ("a", {}, {}, "a:", "a|"),
    "one muted": ("ab", {}, {"a": MUTED}, "a:b b:", "|b"),
    "one held": ("ab", {}, {"b": HELD}, "a:", "a|"),
    "one keys a secret": ("ab", {}, {"a": SECRET}, "a:b b:", "|"),
    "a listener": ("ab", {"s": None}, {}, "a:b b:a s:ab", "a|b"),
    "a whisper": ("ab", {"s": "b"}, {}, "a:b b:as s:ab", "a|b"),
    "a muted whisper": ("ab", {"s": "b"}, {"s": MUTED}, "a:b b:a s:ab", "a|b"),
    "a held listener": ("ab", {"s": None}, {"s": HELD}, "a:b b:a", "a|b"),
    "a whisper to one who is held": ("ab", {"s": "b"}, {"b": HELD}, "a: s:a", "a|"),
    "a whisper to one who left": ("ab", {"s": "c"}, {}, "a:b b:a s:ab", "a|b"),
    "a consultation: the caller is held": ("abc", {}, {"a": HELD}, "b:c c:b", "|bc"),
}


@pytest.mark.parametrize("name", TABLE)
def test_who_hears_whom(name: str) -> None:
    members, listeners, special, expected, on_disk = TABLE[name]
    bridge = BridgeState(tuple(members), dict(listeners))
    parties = {each: special.get(each, OPEN) for each in "abcs"}
    heard = hears(bridge, parties)
    assert " ".join(f"{who}:{''.join(heard[who])}" for who in sorted(heard)) == expected
    left, right = recorded(bridge, parties, "a")
    assert f"{''.join(left)}|{''.join(right)}" == on_disk


@given(st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 9), max_size=5), max_size=10))
@settings(deadline=None)
def test_the_array_steps_add_up_to_the_sums(sums: dict[int, list[int]]) -> None:
    said = np.arange(1, 11)
    heard = np.zeros(10, dtype=int)
    for listeners, speakers in ranks(sums):
        assert len(set(listeners.tolist())) == len(listeners)
        heard[listeners] += said[speakers]
    assert heard.tolist() == [sum(said[speaker] for speaker in sums.get(row, [])) for row in range(10)]
