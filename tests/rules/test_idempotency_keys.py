"""What is a key, and when two requests are the same request."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from walletdesk.foundation.idempotency.rules import fingerprint, key_is_usable


@pytest.mark.parametrize(
    "key", ["a", "0", "!", "~", "x" * 255, "2f1c-{weird}\"'\\<>", "018f7c1e-0000-7000-8000-000000000000"]
)
def test_one_to_255_visible_ascii_characters(key):
    assert key_is_usable(key)


@pytest.mark.parametrize(
    "key", ["", None, " ", "a b", "a\n", "\ta", "x" * 256, "键", "é", "ａ", "a\x00", "a\x7f", "a\u200b", 5, b"a"]
)
def test_everything_else_is_not_a_key(key):
    assert not key_is_usable(key)


def test_the_order_of_names_does_not_matter_and_everything_else_does():
    same = fingerprint({"amount": 3800, "order": UUID(int=1), "note": "茶"})
    assert same == fingerprint({"note": "茶", "order": UUID(int=1), "amount": 3800})
    others = [
        {"amount": 3801, "order": UUID(int=1), "note": "茶"},
        {"amount": "3800", "order": UUID(int=1), "note": "茶"},
        {"amount": 3800, "order": UUID(int=2), "note": "茶"},
        {"amount": 3800, "order": UUID(int=1), "note": ""},
        {"amount": 3800, "order": UUID(int=1)},
        {"amount": 3800, "order": UUID(int=1), "note": "茶", "tip": None},
    ]
    assert len({same, *map(fingerprint, others)}) == len(others) + 1


@given(some.dictionaries(some.text(max_size=5), some.integers() | some.text(max_size=5), max_size=5))
def test_a_fingerprint_is_64_hex_digits(fields):
    assert len(bytes.fromhex(fingerprint(fields))) == 32


def test_what_is_not_a_number_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        fingerprint({"amount": float("nan")})
